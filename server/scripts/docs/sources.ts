import { readdirSync, readFileSync } from 'node:fs'
import { join, normalize, relative } from 'node:path'

/** The repository's root. */
export const root = join(import.meta.dirname, '../../..')

/** A page before it is rendered. */
export interface Source {
  /** Its file, from the root; null for a page that the server makes itself and no file speaks of. */
  readonly file: string | null
  /** Its address below `/docs/`. */
  readonly at: string
  readonly title: string
  readonly markdown: string
  /** Whether the server makes the page itself. */
  readonly isLive: boolean
  /** Whether the contents beside every page name it; else only other pages lead to it. */
  readonly isListed: boolean
}

export interface SourceGroup {
  readonly title: string
  readonly namesServer: boolean
  readonly weight: number
  readonly sources: readonly Source[]
}

interface Entry {
  readonly file?: string
  readonly folder?: string
  readonly at?: string
  readonly live?: string
  readonly title?: string
  readonly isListed?: boolean
}

interface Contents {
  readonly title: string
  readonly namesServer: boolean
  readonly weight?: number
  readonly pages: readonly Entry[]
}

/** Every page that docs/contents.json lists, in its order. @throws Error for a file that has no title */
export function readSources(): readonly SourceGroup[] {
  const contents: readonly Contents[] = JSON.parse(readFileSync(join(root, 'docs/contents.json'), 'utf8'))
  return contents.map(({ title, namesServer, weight = 1, pages }) => ({
    title,
    namesServer,
    weight,
    sources: pages.flatMap((entry) => sourcesOf(entry)),
  }))
}

function sourcesOf({ file, folder, at, live, title, isListed = true }: Entry): readonly Source[] {
  if (folder !== undefined)
    return readdirSync(join(root, 'docs', folder))
      .filter((name) => name.endsWith('.md') && name !== 'README.md')
      .map((name) => ({ ...sourceOf(`${folder}/${name}`, undefined, undefined), isListed }))
      .toSorted((one, other) => one.title.localeCompare(other.title))
  if (live !== undefined) {
    const path = file === undefined ? null : fromRoot(file)
    return [{ file: path, at: live, title: title ?? live, markdown: '', isLive: true, isListed }]
  }
  return file === undefined ? [] : [sourceOf(file, at, title)]
}

function sourceOf(file: string, at: string | undefined, title: string | undefined): Source {
  const path = fromRoot(file)
  const markdown = readFileSync(join(root, path), 'utf8')
  const heading = /^# (.+)$/m.exec(markdown)?.[1]
  if (heading === undefined) throw new Error(`${path} has no title: begin it with “# ”`)
  return {
    file: path,
    at: at ?? addressOf(file),
    title: title ?? plain(heading),
    markdown,
    isLive: false,
    isListed: true,
  }
}

const fromRoot = (file: string) => normalize(join('docs', file))

const addressOf = (file: string): string =>
  file
    .replace(/(?:\/README)?\.md$/, '')
    .replace('@stagedoor.sdk.', '')
    .replace('@stagedoor.sdk-in-', '')
    .replace('@stagedoor.sdk', 'sdk')
    .toLowerCase()

const plain = (heading: string): string => heading.replaceAll(/[`*_]/g, '')

/** The file that a link of another file leads to, from the root. */
export const linkedFile = (from: string, path: string): string =>
  relative(root, join(root, from, '..', decodeURIComponent(path)))

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WrittenDocs } from '../../src/http/docs-files.ts'
import { writeIndex } from '../../src/pages/docs/search-index.ts'
import { withFiles } from './embed.ts'
import { render } from './render.ts'
import { readSources } from './sources.ts'
import { splitLong } from './split.ts'

/** Pages whose parts are too many to be searched: they are found by their headings. */
const isLong = (markdown: string) => markdown.length > 60_000

/**
 * Makes the documentation site of docs/.
 * @throws Error naming every link that leads nowhere, and every page whose snippets are not those of the files they name
 */
export function buildDocs(): WrittenDocs & { readonly index: string } {
  const groups = readSources()
  const sources = groups.flatMap((group) => group.sources)
  const addresses = new Map(sources.flatMap(({ file, at }) => (file === null ? [] : [[file, at] as const])))
  const made = groups.flatMap(({ sources, namesServer, weight }) =>
    sources
      .filter(({ isLive }) => !isLive)
      .map((source) => ({ ...source, ...render(source, addresses, weight), namesServer })),
  )
  const live = new Set(sources.filter(({ isLive }) => isLive).map(({ at }) => at))
  const targets = new Set(
    made.flatMap(({ at, headings }) => [at, ...headings.map(({ id }) => `${at}#${id}`)]),
  )
  const dead = made.flatMap(({ file, links }) =>
    links
      .filter((link) => !targets.has(link) && !live.has(link.replace(/#.*/, '')))
      .map((link) => `${file} leads to /docs/${link}, which does not exist`),
  )
  const stale = made
    .filter(({ markdown }) => withFiles(markdown) !== markdown)
    .map(({ file }) => `${file} shows another snippet than its file has: run npm run docs`)
  const faults = [...dead, ...stale]
  if (faults.length > 0) throw new Error(faults.join('\n'))
  const pages = splitLong(
    made.map(({ at, title, html, markdown, headings, namesServer, sections }) => ({
      ...{ at, title, html, markdown, namesServer },
      headings: headings.filter(({ depth }) => depth === 2 || depth === 3),
      sections: isLong(markdown)
        ? sections.map((section) => ({ ...section, text: section.text.slice(0, 60) }))
        : sections,
    })),
  )
  return {
    groups: groups.map(({ title, sources }) => ({
      title,
      pages: sources.filter(({ isListed }) => isListed).map(({ at, title }) => ({ at, title })),
    })),
    pages: pages.map(({ sections: _, ...page }) => page),
    index: writeIndex(pages.flatMap(({ sections }) => sections)),
  }
}

/** Puts the site beside the server's build. */
export function writeDocs(folder: string): void {
  const { index, ...written } = buildDocs()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'pages.json'), JSON.stringify(written))
  writeFileSync(join(folder, 'search.json'), index)
}

import { readFileSync } from 'node:fs'

/** A heading of a page, by which it can be linked to. */
export interface Heading {
  readonly id: string
  readonly text: string
  readonly depth: number
}

/** A page of the documentation, as the build made it of its Markdown. */
export interface DocsPage {
  /** Its address below `/docs/`; empty for the first. */
  readonly at: string
  readonly title: string
  readonly html: string
  readonly markdown: string
  readonly headings: readonly Heading[]
  /** Whether its snippets have the address of a development server, in whose place a server puts its own. */
  readonly namesServer: boolean
}

/** A part of the documentation, with its pages in their order. */
export interface DocsGroup {
  readonly title: string
  readonly pages: readonly { readonly at: string; readonly title: string }[]
}

/** The documentation that a server shows. */
export interface DocsFiles {
  readonly groups: readonly DocsGroup[]
  readonly pages: ReadonlyMap<string, DocsPage>
  /** What a search looks in, as its library writes it. */
  readonly index: string
}

/** What the build writes of it, beside the index. */
export interface WrittenDocs {
  readonly groups: readonly DocsGroup[]
  readonly pages: readonly DocsPage[]
}

/**
 * Finds the documentation that the build put beside the server; it is read when somebody first asks.
 *
 * @param packageRoot The folder of the server's package.
 */
export function docsFiles(packageRoot: URL): () => DocsFiles {
  const folder = new URL('dist/docs/', packageRoot)
  let read: DocsFiles | undefined
  return () => {
    read ??= readDocs(folder)
    return read
  }
}

function readDocs(folder: URL): DocsFiles {
  const { groups, pages }: WrittenDocs = JSON.parse(readFileSync(new URL('pages.json', folder), 'utf8'))
  return {
    groups,
    pages: new Map(pages.map((page) => [page.at, page])),
    index: readFileSync(new URL('search.json', folder), 'utf8'),
  }
}

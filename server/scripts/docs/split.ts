import type { DocsPage } from '../../src/http/docs-files.ts'
import type { Section } from '../../src/pages/docs/search-index.ts'

/** A page that was made, and what a search finds of it. */
interface Made extends DocsPage {
  readonly sections: readonly Section[]
}

/** Characters of HTML from which on a chapter is shown by itself, and that one page holds at most. */
const longChapter = 60_000
const longest = 90_000

interface Piece {
  readonly html: string
  readonly markdown: string
  readonly heading: string
}

/**
 * Pages that are too long to load at once, each as several: a chapter (below a heading of the second depth) that is long
 * becomes pages of its own, in whose place its parts are listed. Links lead to where each part is then.
 * @throws Error for a page whose HTML and Markdown have other headings
 */
export function splitLong(pages: readonly Made[]): readonly Made[] {
  const split = pages.map((page) => (page.html.length > longChapter + longest ? partsOf(page) : [page]))
  const moved = new Map<string, string>()
  for (const [page, ...parts] of split)
    for (const part of parts) for (const id of idsOf(part.html)) moved.set(`${page?.at}#${id}`, part.at)
  return split.flatMap(([first, ...parts]) =>
    first === undefined ? [] : [first, ...parts].map((page) => relinked(page, first.at, moved)),
  )
}

function partsOf(page: Made): readonly Made[] {
  const pieces = piecesOf(page)
  const chapters: Piece[][] = []
  for (const piece of pieces)
    if (chapters.length === 0 || piece.html.startsWith('<h2')) chapters.push([piece])
    else chapters.at(-1)?.push(piece)
  const first: Piece[] = []
  const rest: Made[] = []
  for (const [head, ...parts] of chapters) {
    if (head === undefined) continue
    if (lengthOf([head, ...parts]) < longChapter) first.push(head, ...parts)
    else {
      const chunks = chunksOf(parts)
      const at = (index: number) =>
        `${page.at}/${head.heading.toLowerCase().replaceAll(/\W+/g, '-')}-${index + 1}`
      first.push(listOf(head, chunks, at))
      rest.push(...chunks.map((chunk, index) => chunkPage(page, chunk, head.heading, at(index))))
    }
  }
  return [{ ...page, ...written(first) }, ...rest]
}

function piecesOf({ at, html, markdown }: Made): readonly Piece[] {
  const htmls = html.split(/^(?=<h[23] )/m)
  const markdowns = markdown.split(/^(?=#{2,3} )/m)
  if (htmls.length !== markdowns.length)
    throw new Error(`${at} cannot be split: its code looks like headings`)
  return htmls.map((piece, index) => ({
    html: piece,
    markdown: markdowns[index] ?? '',
    heading: (/^#+ (.*)$/m.exec(markdowns[index] ?? '')?.[1] ?? '').replaceAll(/[\\`*]|\(.*/g, ''),
  }))
}

function chunksOf(parts: readonly Piece[]): readonly (readonly Piece[])[] {
  const chunks: Piece[][] = [[]]
  for (const part of parts) {
    if (lengthOf([...(chunks.at(-1) ?? []), part]) > longest) chunks.push([])
    chunks.at(-1)?.push(part)
  }
  return chunks
}

/** What stands in the place of a chapter: where each of its parts is. */
function listOf(head: Piece, chunks: readonly (readonly Piece[])[], at: (index: number) => string): Piece {
  const links = chunks.flatMap((chunk, index) =>
    chunk.map(({ heading, html }) => ({ heading, href: `/docs/${at(index)}#${idsOf(html)[0]}` })),
  )
  const items = links.map(({ heading, href }) => `<li><a href="${href}">${heading}</a></li>`)
  const lines = links.map(({ heading, href }) => `- [${heading}](${href})`)
  return {
    ...head,
    html: `${head.html}<ul>${items.join('')}</ul>\n`,
    markdown: `${head.markdown.trimEnd()}\n\n${lines.join('\n')}\n\n`,
  }
}

function chunkPage(page: Made, chunk: readonly Piece[], chapter: string, at: string): Made {
  const title = `${page.title}: ${chapter}, ${chunk[0]?.heading} to ${chunk.at(-1)?.heading}`
  const { html, markdown } = written(chunk)
  const back = `/docs/${page.at}`
  return {
    ...page,
    at,
    title,
    html: `<h1>${title}</h1>\n<p><a href="${back}">All of ${page.title}</a></p>\n${html}`,
    markdown: `# ${title}\n\n[All of ${page.title}](${back})\n\n${markdown}`,
    sections: [],
  }
}

function relinked(page: Made, whole: string, moved: ReadonlyMap<string, string>): Made {
  const own = new Set(idsOf(page.html))
  const html = page.html.replaceAll(
    /href="(\/docs\/([^"#]*))?#([^"]+)"/g,
    (link, address, at, id: string) => {
      const to = moved.get(`${address === undefined ? whole : at}#${id}`)
      if (address === undefined && own.has(id)) return link
      if (to !== undefined) return `href="/docs/${to}#${id}"`
      return address === undefined ? `href="/docs/${whole}#${id}"` : link
    },
  )
  return {
    ...page,
    html,
    headings: page.headings.filter(({ id }) => own.has(id)),
    sections: page.sections.map((section) => {
      const [, at = '', id = ''] = /^\/docs\/([^#]*)#(.*)$/.exec(section.href) ?? []
      const to = moved.get(`${at}#${id}`)
      return to === undefined ? section : { ...section, href: `/docs/${to}#${id}` }
    }),
  }
}

const written = (pieces: readonly Piece[]): Pick<Made, 'html' | 'markdown'> => ({
  html: pieces.map(({ html }) => html).join(''),
  markdown: pieces.map(({ markdown }) => markdown).join(''),
})

const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { html }) => sum + html.length, 0)

const idsOf = (html: string): readonly string[] =>
  Array.from(html.matchAll(/ id="([^"]+)"/g), ([, id = '']) => id)

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Marked, type Tokens } from 'marked'
import type { Heading } from '../../src/http/docs-files.ts'
import type { Section } from '../../src/pages/docs/search-index.ts'
import { escaped, highlight } from './highlight.ts'
import { slugger } from './slug.ts'
import { linkedFile, root, type Source } from './sources.ts'

/** A page as it is shown, and the places it leads to. */
export interface Rendered {
  readonly html: string
  readonly headings: readonly Heading[]
  readonly sections: readonly Section[]
  /** Addresses of pages of the documentation, with their fragments. */
  readonly links: readonly string[]
}

/** Headings below this depth are found with the one above them. */
const deepestSection = 3

/**
 * Renders a page.
 * @param addresses where each file that is a page is shown
 * @param weight how much a hit in it counts
 * @throws Error for a link to a file that does not exist
 */
export function render(source: Source, addresses: ReadonlyMap<string, string>, weight: number): Rendered {
  const file = source.file ?? ''
  const slug = slugger()
  const headings: Heading[] = []
  const links: string[] = []
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading): string {
        const words = plainText(text)
        const id = slug(words)
        headings.push({ id, text: words, depth })
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      code({ text, lang }: Tokens.Code): string {
        const language = lang?.split(/\s/)[0] ?? ''
        return `<pre tabindex="0"><code class="language-${escaped(language)}">${highlight(text, language)}</code></pre>\n`
      },
      table(token: Tokens.Table): string {
        const row = (cells: readonly Tokens.TableCell[], name: 'th' | 'td') =>
          `<tr>${cells
            .map((cell) => {
              // A heading without words heads nothing.
              const element = cell.text === '' ? 'td' : name
              return `<${element}>${this.parser.parseInline(cell.tokens)}</${element}>`
            })
            .join('')}</tr>`
        const head = token.header.some(({ text }) => text !== '') ? row(token.header, 'th') : ''
        return `<div class="table" tabindex="0"><table>${head && `<thead>${head}</thead>`}<tbody>${token.rows
          .map((cells) => row(cells, 'td'))
          .join('')}</tbody></table></div>\n`
      },
      link({ href, tokens }: Tokens.Link): string {
        const words = this.parser.parseInline(tokens)
        const to = addressOf(href)
        return to === null ? words : `<a href="${escaped(to)}">${words}</a>`
      },
      image({ href, text }: Tokens.Image): string {
        if (!href.endsWith('.svg')) return ''
        // What it looks like alone is its own matter, here it is the stylesheet's.
        const drawing = readFileSync(join(root, linkedFile(file, href)), 'utf8').replace(
          /<style>.*?<\/style>/s,
          '',
        )
        return `<div class="table" tabindex="0"><figure role="img" aria-label="${escaped(text)}">${drawing}</figure></div>`
      },
      html: ({ text }: Tokens.HTML | Tokens.Tag): string => (/^<a id="[\w-]+"><\/a>/.test(text) ? text : ''),
    },
  })
  function addressOf(href: string): string | null {
    if (/^[a-z]+:/.test(href) || href.startsWith('/')) return href
    const [path = '', fragment] = href.split('#')
    const hash = fragment === undefined ? '' : `#${fragment}`
    const to = path === '' ? file : linkedFile(file, path)
    const at = addresses.get(to)
    if (at !== undefined) {
      links.push(`${at}${hash}`)
      return path === '' ? hash : `/docs${at && `/${at}`}${hash}`
    }
    if (!existsSync(join(root, to))) throw new Error(`${file} leads to ${to}, which does not exist`)
    // A file of the repository that the site does not show.
    return null
  }
  const html = marked.parse(source.markdown, { async: false })
  return { html, headings, links, sections: sectionsOf(source, headings, weight) }
}

/** What stands below each heading, in words alone. */
function sectionsOf(
  { at, title, markdown }: Source,
  headings: readonly Heading[],
  weight: number,
): readonly Section[] {
  const parts = markdown.split(/^(?=#{1,6} )/m).filter((part) => /^#{1,6} /.test(part))
  const sections: { heading: Heading; text: string }[] = []
  // What looks like a heading within code is none.
  let next = 0
  for (const part of parts) {
    const [line = '', ...rest] = part.split('\n')
    const heading = headings[next]
    const isHeading = heading !== undefined && plainText(line.replace(/^#+ /, '')) === heading.text
    if (isHeading) next += 1
    const last = sections.at(-1)
    if (isHeading && (heading.depth <= deepestSection || last === undefined))
      sections.push({ heading, text: rest.join('\n') })
    else if (last) last.text += `\n${isHeading ? heading.text : line}\n${rest.join('\n')}`
  }
  return sections.map(({ heading, text }) => ({
    id: `${at}#${heading.id}`,
    href: `/docs${at && `/${at}`}${heading.depth === 1 ? '' : `#${heading.id}`}`,
    page: title,
    heading: heading.depth === 1 ? title : heading.text,
    text: plainText(text),
    weight,
  }))
}

const plainText = (markdown: string): string =>
  markdown
    .replaceAll(/^```\w*$/gm, '')
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\\([\\`*_{}[\]()#+.!<>|-])/g, '$1')
    .replaceAll(/[`*]/g, '')
    .replaceAll(/\||^#+ |<[^>]+>|(?:-{3,})/gm, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

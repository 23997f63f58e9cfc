import type { Page } from '../views/page.ts'
import { docsAddress, docsLayout, MarkdownTools, type Site } from './docs-layout.tsx'

interface Doc {
  readonly page: Page
  readonly site: Site
  readonly doc: {
    readonly at: string
    readonly title: string
    readonly html: string
    readonly headings: readonly { readonly id: string; readonly text: string; readonly depth: number }[]
  }
}

/** A page of the documentation. */
export function docPage({ page, site, doc }: Doc): string {
  const { at, title, html, headings } = doc
  const all = site.groups.flatMap(({ pages }) => pages)
  const here = all.findIndex((each) => each.at === at)
  const [before, next] = here < 0 ? [] : [all[here - 1], all[here + 1]]
  const parts = headings.filter(({ depth }) => depth === 2)
  return docsLayout({
    page,
    site,
    at,
    title,
    aside: parts.length > 1 && (
      <nav class="parts" aria-label="On this page">
        <h2>On this page</h2>
        <ul>
          {parts.map(({ id, text }) => (
            <li key={id}>
              <a href={`#${id}`}>{text}</a>
            </li>
          ))}
        </ul>
      </nav>
    ),
    children: (
      <>
        <MarkdownTools at={at} isKeyed={html.includes('YOUR_API_KEY')} />
        <article dangerouslySetInnerHTML={{ __html: html }} />
        <nav class="turn" aria-label="Before and after">
          {before && (
            <a rel="prev" href={docsAddress(before.at)}>
              {before.title}
            </a>
          )}
          {next && (
            <a rel="next" href={docsAddress(next.at)}>
              {next.title}
            </a>
          )}
        </nav>
      </>
    ),
  })
}

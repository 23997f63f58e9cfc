import type { Page } from '../views/page.ts'
import { docsLayout, type Site } from './docs-layout.tsx'

interface Found {
  readonly page: Page
  readonly site: Site
  readonly words: string
  readonly hits: readonly {
    readonly href: string
    readonly page: string
    readonly heading: string
    readonly begins: string
  }[]
}

/** What a search of the documentation found. */
export function searchPage({ page, site, words, hits }: Found): string {
  return docsLayout({
    page,
    site,
    at: null,
    title: 'Search',
    words,
    children: (
      <article>
        <h1>Search</h1>
        {words !== '' && hits.length === 0 && (
          <p>Nothing fits “{words}”. Try fewer words, or the code of the error.</p>
        )}
        {hits.length > 0 && (
          <ol class="hits">
            {hits.map(({ href, page, heading, begins }) => (
              <li key={href}>
                <a href={href}>{heading}</a> {heading !== page && <span class="quiet">{page}</span>}
                <p class="quiet">{begins}</p>
              </li>
            ))}
          </ol>
        )}
      </article>
    ),
  })
}

import type { ComponentChildren } from 'preact'
import { layout } from '../views/layout.tsx'
import type { Page } from '../views/page.ts'

/** A part of the documentation, with its pages in their order. */
interface Group {
  readonly title: string
  readonly pages: readonly { readonly at: string; readonly title: string }[]
}

/** What every page of the documentation shows around its own words. */
export interface Site {
  readonly groups: readonly Group[]
  readonly stylesheet: string
  readonly script: string
}

interface DocsFrame {
  readonly page: Page
  readonly site: Site
  readonly title: string
  /** The address of this page below `/docs/`; null for one that the contents do not list. */
  readonly at: string | null
  /** What the search field holds already. */
  readonly words?: string
  /** The contents of this page. */
  readonly aside?: ComponentChildren
  readonly children: ComponentChildren
}

/** The address of a page of the documentation. */
export const docsAddress = (at: string): string => (at === '' ? '/docs' : `/docs/${at}`)

/** Renders a page of the documentation, with the way to the others and the search beside it. */
export function docsLayout({ page, site, title, at, words = '', aside, children }: DocsFrame): string {
  return layout({
    page,
    title,
    kind: 'docs',
    head: (
      <>
        <link rel="stylesheet" href={site.stylesheet} />
        <script src={site.script} type="module" />
      </>
    ),
    bar: (
      <div class="bar">
        <a class="skip" href="#content">
          Skip to the page
        </a>
        <a class="home" href="/docs">
          {page.brand} docs
        </a>
        <search>
          <form action="/docs/search" method="get">
            <label class="unseen" for="q">
              Search the documentation
            </label>
            <input id="q" name="q" type="search" value={words} placeholder="Search" autocomplete="off" />
            <div id="found" class="found" hidden />
          </form>
        </search>
        <nav aria-label="Your pages">
          <a href="/developers">Your apps</a>
          <a href="/account">Account</a>
        </nav>
      </div>
    ),
    before: (
      <nav class="contents" aria-label="Documentation">
        <details>
          <summary>All pages</summary>
          <Groups groups={site.groups} at={at} />
        </details>
        <Groups groups={site.groups} at={at} />
      </nav>
    ),
    children,
    after: aside,
  })
}

/** The ways to a page as Markdown. */
export function MarkdownTools({ at, isKeyed = false }: { at: string; isKeyed?: boolean }) {
  const address = `/docs/${at || 'index'}.md`
  return (
    <p class={isKeyed ? 'tools keyed' : 'tools'}>
      <button type="button" data-copy-page={address} hidden>
        Copy for an assistant
      </button>
      <a href={address}>As Markdown</a>
    </p>
  )
}

function Groups({ groups, at }: { groups: readonly Group[]; at: string | null }) {
  return (
    <div class="groups">
      {groups.map(({ title, pages }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {pages.map((each) => (
              <li key={each.at}>
                <a href={docsAddress(each.at)} aria-current={each.at === at ? 'page' : undefined}>
                  {each.title}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Page } from './page.ts'

interface Frame {
  readonly page: Page
  /** Names the page in the browser's tab; never text that an app chose. */
  readonly title: string
  /** For what is read like a book; a form is narrow. */
  readonly isWide?: boolean
  /** What this page needs beyond what all need. */
  readonly head?: ComponentChildren
  /** The way to other pages. */
  readonly bar?: ComponentChildren
  readonly children: ComponentChildren
}

/** Renders a whole HTML document around a page's content. */
export function layout({ page, title, isWide = false, head, bar, children }: Frame): string {
  return `<!doctype html>${renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{`${title} · ${page.brand}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={page.stylesheet} />
        {head}
      </head>
      <body>
        <header>
          {page.development && <p class="banner">Development server: sample accounts, not for production</p>}
          {bar}
        </header>
        <main class={isWide ? 'wide' : undefined}>
          <p class="brand">{page.brand}</p>
          {children}
        </main>
      </body>
    </html>,
  )}`
}

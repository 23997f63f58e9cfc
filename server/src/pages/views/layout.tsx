import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Page } from './page.ts'

interface Frame {
  readonly page: Page
  /** Names the page in the browser's tab; never text that an app chose. */
  readonly title: string
  /** For what is read like a book, and for what has the way to other pages beside it; a form is narrow. */
  readonly kind?: 'wide' | 'docs'
  /** What this page needs beyond what all need. */
  readonly head?: ComponentChildren
  /** The way to other pages. */
  readonly bar?: ComponentChildren
  /** What stands beside the content, in the order in which it is read. */
  readonly before?: ComponentChildren
  readonly children: ComponentChildren
  readonly after?: ComponentChildren
}

/** Renders a whole HTML document around a page's content. */
export function layout({ page, title, kind, head, bar, before, children, after }: Frame): string {
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
      <body class={kind === 'docs' ? 'docs' : undefined}>
        <header>
          {page.development && <p class="banner">Development server: sample accounts, not for production</p>}
          {bar}
        </header>
        {before}
        <main class={kind === 'wide' ? 'wide' : undefined} id="content">
          {kind !== 'docs' && <p class="brand">{page.brand}</p>}
          {children}
        </main>
        {after}
        {page.links.length > 0 && (
          <footer>
            {page.links.map(({ href, text }) => (
              <a key={href} href={href}>
                {text}
              </a>
            ))}
          </footer>
        )}
      </body>
    </html>,
  )}`
}

import type { Page } from '../views/page.ts'
import { docsLayout, MarkdownTools, type Site } from './docs-layout.tsx'

/** What an error code means to the developer who meets it, and what to do about it. */
export interface ErrorWords {
  readonly code: string
  /** Where it is met. */
  readonly where: string
  readonly means: string
  readonly next: string
}

interface ErrorDocs {
  readonly page: Page
  readonly site: Site
  readonly server: readonly ErrorWords[]
  readonly sdk: readonly ErrorWords[]
}

/** The page that explains every error code: one anchor a code, also where server and SDK share it. */
export function errorDocsPage({ page, site, server, sdk }: ErrorDocs): string {
  const shared = new Set(server.map(({ code }) => code))
  return docsLayout({
    page,
    site,
    at: 'errors',
    title: 'Errors',
    children: (
      <>
        <MarkdownTools at="errors" />
        <article>
          <h1>Errors</h1>
          <ul class="links">
            <li>
              <a href="#server">What the server answers</a>
            </li>
            <li>
              <a href="#sdk">What the SDK rejects with</a>
            </li>
          </ul>
          <h2 id="server">What the server answers</h2>
          <p>
            By <code>error</code>. <code>error_description</code> says what was wrong with the one request.
          </p>
          {server.map((words) => (
            <Explained key={words.code} {...words} inSdk={sdk.find(({ code }) => code === words.code)} />
          ))}
          <h2 id="sdk">What the SDK rejects with</h2>
          <p>
            By <code>code</code>; <code>reason</code> says what was wrong in the one case. Codes that the
            server has as well are explained above.
          </p>
          {sdk
            .filter(({ code }) => !shared.has(code))
            .map((words) => (
              <Explained key={words.code} {...words} inSdk={undefined} />
            ))}
        </article>
      </>
    ),
  })
}

function Explained({ code, where, means, next, inSdk }: ErrorWords & { inSdk: ErrorWords | undefined }) {
  return (
    <section id={code} class="difference">
      <h3>
        <code>{code}</code>
      </h3>
      <p class="quiet">{where}</p>
      <p>{means}</p>
      <p>
        <strong>{next}</strong>
      </p>
      {inSdk && (
        <p>
          In the SDK, as <code>{inSdk.where}</code>: {inSdk.means} <strong>{inSdk.next}</strong>
        </p>
      )}
    </section>
  )
}

import { layout } from '../views/layout.tsx'
import type { Page } from '../views/page.ts'

interface ErrorDocs {
  readonly page: Page
  readonly errors: readonly {
    readonly code: string
    readonly where: string
    readonly means: string
    readonly next: string
  }[]
}

/** The page that explains every error code. */
export function errorDocsPage({ page, errors }: ErrorDocs): string {
  return layout({
    page,
    title: 'Errors',
    isWide: true,
    children: (
      <>
        <h1>Errors</h1>
        <p>
          What the server answers when it refuses, by <code>error</code>. <code>error_description</code> says
          what was wrong with the one request.
        </p>
        {errors.map(({ code, where, means, next }) => (
          <section key={code} id={code} class="difference">
            <h2>
              <code>{code}</code>
            </h2>
            <p class="quiet">{where}</p>
            <p>{means}</p>
            <p>
              <strong>{next}</strong>
            </p>
          </section>
        ))}
      </>
    ),
  })
}

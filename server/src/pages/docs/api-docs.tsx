import type { Page } from '../views/page.ts'
import { docsLayout, MarkdownTools, type Site } from './docs-layout.tsx'

export interface FieldWords {
  readonly name: string
  readonly isRequired: boolean
  readonly words: string
}

/** A call of the API as its page shows it. */
export interface CallWords {
  readonly method: string
  readonly path: string
  readonly name: string
  readonly group: string
  readonly summary: string
  readonly access: keyof typeof needs
  readonly parameters: readonly FieldWords[]
  readonly body: readonly FieldWords[]
  readonly answer: string
  readonly curl: string
}

export interface SchemaWords {
  readonly name: string
  readonly fields: readonly FieldWords[]
}

interface ApiDocs {
  readonly page: Page
  readonly site: Site
  readonly calls: readonly CallWords[]
  /** The parameters that every call takes. */
  readonly everywhere: readonly FieldWords[]
  readonly schemas: readonly SchemaWords[]
  readonly problems: readonly (readonly [code: string, title: string])[]
}

/** What a call needs of who makes it, in words. */
export const needs = {
  anyone: 'Needs no access token; with one, it answers for its user.',
  read: 'Needs an access token.',
  write: 'Needs an access token with scope write.',
  'own-app': 'Needs an access token of this very app with scope write or, for any app, a management token.',
  management: 'Needs a management token. An access token of an app is refused.',
}

/** The page that lists every call of the API. */
export function apiDocsPage({ page, site, calls, everywhere, schemas, problems }: ApiDocs): string {
  const groups = [...new Set(calls.map(({ group }) => group))]
  return docsLayout({
    page,
    site,
    at: 'api',
    title: 'API',
    children: (
      <>
        <MarkdownTools at="api" />
        <article>
          <h1>{page.brand} API</h1>
          <p>
            Answers are JSON. Send the access token as <code>Authorization: Bearer …</code>; whoever it
            belongs to is who acts. Apps are managed with a <a href="/developers/tokens">management token</a>{' '}
            in its place. <a href="/v1/openapi.json">The same as an OpenAPI document</a>
          </p>
          <details>
            <summary>Parameters that every call takes</summary>
            <Fields fields={everywhere} />
          </details>
          <nav aria-label="Calls">
            {groups.map((group) => (
              <section key={group}>
                <h2>{group}</h2>
                <ul class="links">
                  {calls
                    .filter((call) => call.group === group)
                    .map(({ name, method, path }) => (
                      <li key={name}>
                        <a href={`#${name}`}>
                          <code>
                            {method} {path}
                          </code>
                        </a>
                      </li>
                    ))}
                </ul>
              </section>
            ))}
          </nav>
          {calls.map((call) => (
            <Call key={call.name} call={call} />
          ))}
          <section class="difference">
            <h2>What answers hold</h2>
            {schemas.map(({ name, fields }) => (
              <details key={name} id={name}>
                <summary>
                  <code>{name}</code>
                </summary>
                <Fields fields={fields} />
              </details>
            ))}
          </section>
          <section class="difference">
            <h2>Problems</h2>
            <p>
              A refusal is <code>application/problem+json</code> (RFC 9457). <code>errors</code> names each
              field that is wrong; <code>error</code> is one of these:
            </p>
            <dl>
              {problems.map(([code, title]) => (
                <div key={code} id={code}>
                  <dt>
                    <code>{code}</code>
                  </dt>
                  <dd>{title}</dd>
                </div>
              ))}
            </dl>
          </section>
        </article>
      </>
    ),
  })
}

function Call({ call }: { call: CallWords }) {
  const { name, method, path, summary, access, parameters, body, answer, curl } = call
  return (
    <section class="difference" id={name}>
      <h2>
        <code>
          {method} {path}
        </code>
      </h2>
      <p>{summary}.</p>
      <p class="quiet">{needs[access]}</p>
      {parameters.length > 0 && (
        <details>
          <summary>Parameters</summary>
          <Fields fields={parameters} />
        </details>
      )}
      {body.length > 0 && (
        <details>
          <summary>Body</summary>
          <Fields fields={body} />
        </details>
      )}
      <p>
        Answers <code>{answer}</code>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0}>
        <code>{curl}</code>
      </pre>
    </section>
  )
}

function Fields({ fields }: { fields: readonly FieldWords[] }) {
  return (
    <dl>
      {fields.map(({ name, isRequired, words }) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
            {isRequired && ' required'}
          </dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}

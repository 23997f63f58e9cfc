import type { Part, RedirectDifference } from '../difference.ts'
import { layout } from './layout.tsx'
import type { Page } from './page.ts'
import { visible } from './visible.ts'

export type { Part, RedirectDifference } from '../difference.ts'

interface Problem {
  readonly page: Page
  readonly heading: string
  /** What happened. */
  readonly what: string
  readonly fault: 'app' | 'server' | 'person'
  /** What to do now. */
  readonly next: string
  /** Joins the page to its log line. */
  readonly requestId: string
  readonly redirect: RedirectDifference | null
}

const blame = {
  app: 'The fault is in the app, not with you.',
  server: 'The fault is in this server, not with you.',
  person: 'Nothing is broken, and you can put this right yourself.',
}

/** The page that says what went wrong, whose fault it is and what to do. */
export function errorPage({ page, heading, what, fault, next, requestId, redirect }: Problem): string {
  return layout({
    page,
    title: heading,
    children: (
      <>
        <h1>{heading}</h1>
        <p>{visible(what)}</p>
        <p>{blame[fault]}</p>
        <h2>What to do next</h2>
        <p>{next}</p>
        {redirect && <Difference difference={redirect} />}
        <p class="trace">
          Request id <code>{requestId}</code>
        </p>
      </>
    ),
  })
}

function Difference({ difference: { nearest, parts, explanations } }: { difference: RedirectDifference }) {
  return (
    <section class="difference">
      <h2>For the app’s developer</h2>
      <dl>
        <dt>The redirect URI sent</dt>
        <dd>
          <Uri parts={parts.given} />
        </dd>
        {nearest !== null && (
          <>
            <dt>The nearest registered</dt>
            <dd>
              <Uri parts={parts.nearest} />
            </dd>
          </>
        )}
      </dl>
      <ul>
        {explanations.map((sentence) => (
          <li key={sentence}>{visible(sentence)}</li>
        ))}
      </ul>
    </section>
  )
}

function Uri({ parts }: { parts: readonly Part[] }) {
  return (
    <code dir="ltr">
      {parts.map(({ text, differs }) => (differs ? <mark>{visible(text)}</mark> : visible(text)))}
    </code>
  )
}

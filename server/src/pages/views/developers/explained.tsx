import { visible } from '../escape-invisible.ts'
import { layout } from '../layout.tsx'
import { Name } from '../name.tsx'
import type { Page } from '../page.ts'
import { type EventFacts, outcomes, steps } from './flow-log.tsx'

interface Explained {
  readonly page: Page
  readonly appName: string
  readonly event: EventFacts
  /** What to do about it. */
  readonly next: string | null
  readonly sent: { readonly route: string; readonly parameters: Readonly<Record<string, string>> } | null
  /** Where the same is asked for anew. */
  readonly replay: string | null
  /** Until when the page can be read, in words. */
  readonly until: string
}

/** The page that explains one request to whoever has its address. */
export function explainedPage({ page, appName, event, next, sent, replay, until }: Explained): string {
  const { step, outcome, code, reason, requestId, iso, at } = event
  return layout({
    page,
    title: 'A request explained',
    kind: 'wide',
    children: (
      <>
        <h1>
          {steps[step]}: {outcomes[outcome].toLowerCase()}
        </h1>
        <p>
          A request of <Name text={appName} />, on <time dateTime={iso}>{at}</time>.
        </p>
        {(reason !== null || code !== null) && (
          <>
            <h2>Why</h2>
            {reason !== null && <p>{visible(reason)}</p>}
            {code !== null && (
              <p>
                Error{' '}
                <a href={`/docs/errors#${code}`}>
                  <code>{code}</code>
                </a>
              </p>
            )}
          </>
        )}
        {next !== null && (
          <>
            <h2>What to do</h2>
            <p>{next}</p>
          </>
        )}
        <h2>What was sent</h2>
        {sent === null ? (
          <p>Nothing of it is kept: this step says no more than what stands above.</p>
        ) : (
          <>
            <p>
              <code>{visible(sent.route)}</code>
            </p>
            <dl>
              {Object.entries(sent.parameters).map(([name, shown]) => (
                <div key={name}>
                  <dt>
                    <code>{name}</code>
                  </dt>
                  <dd>
                    <code>{visible(shown)}</code>
                  </dd>
                </div>
              ))}
            </dl>
            <p class="quiet">Of what could be secret or name a person only the length is kept.</p>
          </>
        )}
        {replay !== null && (
          <>
            <h2>Try it again</h2>
            <p>
              <a href={replay} rel="noreferrer">
                Begin the same authorization
              </a>
              . What is not kept is filled up with letters, so the app can use nothing of what it is sent.
            </p>
          </>
        )}
        <p class="quiet">
          Request id <code>{requestId}</code>. Whoever has the address of this page can read it, until {until}
          . It names no person and holds no secret.
        </p>
      </>
    ),
  })
}

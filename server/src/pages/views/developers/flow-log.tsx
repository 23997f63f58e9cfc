import { visible } from '../escape-invisible.ts'
import { Name } from '../name.tsx'
import type { Page } from '../page.ts'
import { appLayout } from './app-layout.tsx'
import type { ListedApp } from './apps.tsx'

/** One thing that a login came to, in words. */
export interface EventFacts {
  readonly id: number
  /** When, for programs and for people. */
  readonly iso: string
  readonly at: string
  readonly step: keyof typeof steps
  readonly outcome: keyof typeof outcomes
  readonly code: string | null
  readonly reason: string | null
  readonly requestId: string
}

/** An event with where it stands and leads. */
export interface EventWords extends EventFacts {
  /** Where the events of several apps stand together. */
  readonly app?: string
  /** Where it is explained to whoever has the address. */
  readonly explained?: string
  /** Where it is compared with another one. */
  readonly compared?: string
}

/** Something that logins were refused for. */
export interface CauseWords {
  readonly code: string
  readonly reason: string | null
  readonly count: number
  /** What to do about it. */
  readonly next: string | null
}

interface FlowLog {
  readonly page: Page
  readonly app: ListedApp
  /** The one that is shown alone. */
  readonly outcome: keyof typeof outcomes | null
  /** What was searched for; empty where nothing was. */
  readonly words: string
  readonly events: readonly EventWords[]
  readonly causes: readonly CauseWords[]
  readonly isNewest: boolean
  /** The id that older events come before; null when there are none. */
  readonly older: number | null
}

export const steps = {
  authorize: 'Authorization',
  consent: 'Consent',
  token: 'Code exchange',
  refresh: 'Refresh',
  revoke: 'Revocation',
} as const

export const outcomes = { done: 'Done', refused: 'Refused', cancelled: 'Cancelled' } as const

/** The page of what an app's logins came to. */
export function flowLogPage({ page, app, outcome, words, events, causes, isNewest, older }: FlowLog): string {
  const path = `/developers/${app.apiKey}/log`
  const filter = [
    ...(outcome === null ? [] : [`outcome=${outcome}`]),
    ...(words === '' ? [] : [`q=${encodeURIComponent(words)}`]),
  ].join('&')
  return appLayout({
    page,
    app,
    tab: 'Log',
    children: (
      <>
        <p>What the logins of the last 7 days came to, newest first. It names no user and holds no secret.</p>
        <nav class="choices" aria-label="Outcome">
          <a href={path} aria-current={outcome === null ? 'true' : undefined}>
            All
          </a>
          {Object.entries(outcomes).map(([name, words]) => (
            <a
              key={name}
              href={`${path}?outcome=${name}`}
              aria-current={outcome === name ? 'true' : undefined}
            >
              {words}
            </a>
          ))}
        </nav>
        <form class="search" action={path} method="get">
          {outcome !== null && <input type="hidden" name="outcome" value={outcome} />}
          <label for="q">Search by request id, error or reason</label>
          <input id="q" name="q" type="search" value={words} />
          <button type="submit">Search</button>
        </form>
        {causes.length > 0 && <Causes causes={causes} />}
        {isNewest && (
          <p class="quiet" role="status" data-live-words="Live: what is new appears by itself.">
            Reload the page to see what is new.
          </p>
        )}
        <div id="events" data-live={isNewest ? `${path}/events` : undefined}>
          {events.length === 0 ? (
            <p>{nothingOf(outcome, words)}</p>
          ) : (
            <ol class="log">
              {events.map((event) => (
                <Event key={event.id} event={event} />
              ))}
            </ol>
          )}
        </div>
        {events.length > 0 && (
          <p>
            <a href={`${path}.csv${filter && `?${filter}`}`} download>
              The log as CSV
            </a>
          </p>
        )}
        {(older !== null || !isNewest) && (
          <nav class="choices" aria-label="Pages">
            {!isNewest && <a href={`${path}${filter && `?${filter}`}`}>Newest</a>}
            {older !== null && <a href={`${path}?${filter && `${filter}&`}before=${older}`}>Older</a>}
          </nav>
        )}
      </>
    ),
  })
}

function nothingOf(outcome: FlowLog['outcome'], words: string): string {
  if (words !== '') return `Nothing in the last 7 days has “${words}” in it.`
  return outcome === null
    ? 'Nothing has happened yet. Send somebody to log in with your app, and it appears here.'
    : `Nothing was ${outcome} in the last 7 days.`
}

/** Why requests were refused, with what to do about each. */
export function Causes({ causes }: { causes: readonly CauseWords[] }) {
  return (
    <section aria-labelledby="causes">
      <h2 id="causes">What was refused, by cause</h2>
      <ol class="log">
        {causes.map(({ code, reason, count, next }) => (
          <li key={`${code} ${reason}`} class="cause">
            <p class="event">
              <a href={`/docs/errors#${code}`}>
                <code>{code}</code>
              </a>
              <span class="quiet">{count === 1 ? 'once' : `${count} times`}</span>
            </p>
            {reason !== null && (
              <p>
                <Name text={visible(reason)} />
              </p>
            )}
            {next !== null && (
              <p>
                <strong>{next}</strong>
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** One thing that a login came to. */
export function Event({ event }: { event: EventWords }) {
  const { iso, at, step, outcome, code, reason, requestId, app, explained, compared } = event
  return (
    <li class="moment">
      <p class="event">
        <strong>{steps[step]}</strong>
        <span class={`outcome outcome-${outcome}`}>{outcomes[outcome]}</span>
        <time class="quiet" dateTime={iso}>
          {at}
        </time>
      </p>
      {reason !== null && (
        <p>
          <Name text={visible(reason)} />
        </p>
      )}
      <p class="trace">
        {code !== null && (
          <>
            <a href={`/docs/errors#${code}`}>
              <code>{code}</code>
            </a>
            {' · '}
          </>
        )}
        {app !== undefined && (
          <>
            <Name text={app} />
            {' · '}
          </>
        )}
        Request id <code>{requestId}</code>
        {explained !== undefined && (
          <>
            {' · '}
            <a href={explained}>
              Explain<span class="aside"> request {requestId}</span>
            </a>
          </>
        )}
        {compared !== undefined && (
          <>
            {' · '}
            <a href={compared}>
              Compare<span class="aside"> request {requestId}</span>
            </a>
          </>
        )}
      </p>
    </li>
  )
}

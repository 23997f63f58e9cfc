import { visible } from '../escape-invisible.ts'
import { Name } from '../name.tsx'
import type { Page } from '../page.ts'
import { appLayout } from './app-layout.tsx'
import type { ListedApp } from './apps.tsx'

export interface EventWords {
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

interface FlowLog {
  readonly page: Page
  readonly app: ListedApp
  /** The one that is shown alone. */
  readonly outcome: keyof typeof outcomes | null
  readonly events: readonly EventWords[]
  readonly isNewest: boolean
  /** The id that older events come before; null when there are none. */
  readonly older: number | null
}

const steps = {
  authorize: 'Authorization',
  consent: 'Consent',
  token: 'Code exchange',
  refresh: 'Refresh',
  revoke: 'Revocation',
} as const

const outcomes = { done: 'Done', refused: 'Refused', cancelled: 'Cancelled' } as const

/** The page of what an app's logins came to. */
export function flowLogPage({ page, app, outcome, events, isNewest, older }: FlowLog): string {
  const path = `/developers/${app.apiKey}/log`
  const filter = outcome === null ? '' : `outcome=${outcome}`
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
        {isNewest && (
          <p class="quiet" role="status" data-live-words="Live: what is new appears by itself.">
            Reload the page to see what is new.
          </p>
        )}
        <div id="events" data-live={isNewest ? `${path}/events` : undefined}>
          {events.length === 0 ? (
            <p>{outcome === null ? nothing : `Nothing was ${outcome} in the last 7 days.`}</p>
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

const nothing = 'Nothing has happened yet. Send somebody to log in with your app, and it appears here.'

function Event({ event }: { event: EventWords }) {
  const { iso, at, step, outcome, code, reason, requestId } = event
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
        Request id <code>{requestId}</code>
      </p>
    </li>
  )
}

import { visible } from '../escape-invisible.ts'
import { Name } from '../name.tsx'
import type { Page } from '../page.ts'
import { appLayout } from './app-layout.tsx'
import type { ListedApp } from './apps.tsx'
import { type EventFacts, outcomes, steps } from './flow-log.tsx'

/** An event of the log with what was sent. */
export interface ComparedEvent extends EventFacts {
  readonly sent: { readonly route: string; readonly parameters: Readonly<Record<string, string>> } | null
}

interface Comparison {
  readonly page: Page
  readonly app: ListedApp
  readonly one: ComparedEvent
  /** Null while the log has no other of this step. */
  readonly other: ComparedEvent | null
  /** What it can be compared with, the newest first. */
  readonly others: readonly EventFacts[]
}

/** The page that shows two events of an app's log side by side. */
export function comparePage({ page, app, one, other, others }: Comparison): string {
  const log = `/developers/${app.apiKey}/log`
  return appLayout({
    page,
    app,
    tab: 'Log',
    children: (
      <>
        <h2>{steps[one.step]}: two requests side by side</h2>
        {other === null ? (
          <p>There is no other of this step in the last 7 days to compare it with.</p>
        ) : (
          <SideBySide one={one} other={other} />
        )}
        {others.length > 0 && (
          <section aria-labelledby="others">
            <h2 id="others">Compare with another</h2>
            <ul class="log">
              {others.map((event) => (
                <li key={event.id} class="moment">
                  <p class="event">
                    <a
                      href={`${log}/compare?one=${one.id}&other=${event.id}`}
                      aria-current={event.id === other?.id ? 'true' : undefined}
                    >
                      {outcomes[event.outcome]}
                      <span class="aside"> request {event.requestId}</span>
                    </a>
                    {event.code !== null && <code>{event.code}</code>}
                    <time class="quiet" dateTime={event.iso}>
                      {event.at}
                    </time>
                  </p>
                </li>
              ))}
            </ul>
          </section>
        )}
        <p>
          <a href={log}>The whole log</a>
        </p>
      </>
    ),
  })
}

/** What the two say in each of their parts. */
function SideBySide({ one, other }: { one: ComparedEvent; other: ComparedEvent }) {
  const [parts, others] = [partsOf(one), partsOf(other)]
  const names = [...new Set([...parts.keys(), ...others.keys()])]
  return (
    <>
      <p class="quiet">
        What differs is marked. Of what could be secret or name a person only the length is kept.
      </p>
      <dl class="comparison">
        {names.map((name) => {
          const [left, right] = [parts.get(name), others.get(name)]
          // Each has a time and an id of its own: that says nothing.
          const differs = left !== right && !ownParts.includes(name)
          return (
            <div key={name} class={differs ? 'differs' : undefined}>
              <dt>
                {name}
                {differs && <strong> differs</strong>}
              </dt>
              <dd>
                <Part text={left} />
              </dd>
              <dd>
                <Part text={right} />
              </dd>
            </div>
          )
        })}
      </dl>
    </>
  )
}

const Part = ({ text }: { text: string | undefined }) =>
  text === undefined ? <span class="quiet">–</span> : <Name text={visible(text)} />

const ownParts = ['Time', 'Request id']

function partsOf({ outcome, reason, code, at, requestId, sent }: ComparedEvent): ReadonlyMap<string, string> {
  return new Map([
    ['Outcome', outcomes[outcome]],
    ...(code === null ? [] : [['Error', code] as const]),
    ...(reason === null ? [] : [['Reason', reason] as const]),
    ['Time', at],
    ['Request id', requestId],
    ...(sent === null ? [] : [['Route', sent.route] as const, ...Object.entries(sent.parameters)]),
  ])
}

import { Minute } from './account/day.tsx'
import { visible } from './escape-invisible.ts'
import { Name } from './name.tsx'

/** Something that was done, in words. */
export interface ActivityWords {
  readonly id: number
  readonly what: string
  readonly appName: string | null
  /** A browser, a redirect URI, the names of what was changed. */
  readonly detail: string | null
  readonly network: string | null
  readonly isByOperator: boolean
  readonly count: number
  readonly at: number
}

/** What the audit log has, as a list; the newest first. */
export function Activity({ entries, now }: { entries: readonly ActivityWords[]; now: number }) {
  return (
    <ul class="entries">
      {entries.map((entry) => (
        <li key={entry.id}>
          <Entry entry={entry} now={now} />
        </li>
      ))}
    </ul>
  )
}

function Entry({ entry, now }: { entry: ActivityWords; now: number }) {
  const { what, appName, detail, network, isByOperator, count, at } = entry
  const place = [detail && visible(detail), network && `from ${network}`].filter(Boolean).join(', ')
  return (
    <>
      <p>
        <strong>{what}</strong>
        {appName !== null && (
          <>
            {': '}
            <Name text={appName} />
          </>
        )}
        {count > 1 && `, ${count} times`}
      </p>
      <p class="quiet">
        <Minute at={at} now={now} />
        {place !== '' && `, ${place}`}
        {isByOperator && ', by whoever runs this server'}
      </p>
    </>
  )
}

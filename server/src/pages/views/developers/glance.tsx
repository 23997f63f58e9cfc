import { Causes, type CauseWords } from './flow-log.tsx'

/** How an app has done in the last 7 days. */
export interface GlanceWords {
  /** Nothing where nothing has happened. */
  readonly sentences: readonly string[]
  readonly causes: readonly CauseWords[]
}

/** The state of an app at a glance. */
export function Glance({ apiKey, glance }: { apiKey: string; glance: GlanceWords }) {
  const { sentences, causes } = glance
  const path = `/developers/${apiKey}`
  return (
    <section class="entry" aria-labelledby="glance">
      <h2 id="glance">The last 7 days</h2>
      {sentences.length === 0 ? (
        <p>
          Nobody has used this app. Once somebody logs in with it, that is counted here:{' '}
          <a href={`${path}/quickstart`}>how to begin</a>.
        </p>
      ) : (
        <>
          <ul class="entries">
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <p>
            <a href={`${path}/usage?period=7d`}>In charts</a>, <a href={`${path}/log`}>each login</a>
          </p>
        </>
      )}
      {causes.length > 0 && <Causes causes={causes} />}
    </section>
  )
}

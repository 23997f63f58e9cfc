import type { Instant } from '../../contract/types.ts'
import { endWhatIsUnderWay } from '../apps/redirect-uris.ts'
import { revokeFamiliesOfApp } from '../oauth/tokens.ts'
import { tellApps } from '../outbox/tell-apps.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, type Verb } from '../transaction.ts'

type OfApp = { apiKey: string; now: Instant }

const setSuspended = statement((p: Placeholder<OfApp>) =>
  query
    .updateTable('apps')
    .set({ suspended_at: p('now'), updated_at: p('now') })
    .where('api_key', '=', p('apiKey'))
    .where('deleted_at', 'is', null)
    .where('suspended_at', 'is', null),
)

const setResumed = statement((p: Placeholder<OfApp>) =>
  query
    .updateTable('apps')
    .set((set) => ({ suspended_at: set.lit(null), updated_at: p('now') }))
    .where('api_key', '=', p('apiKey'))
    .where('deleted_at', 'is', null)
    .where('suspended_at', 'is not', null),
)

/** Suspends an app. Codes go before families: a redemption that got ahead of them has its family found after them. */
export function* suspendApp(apiKey: string, now: Instant): Verb<boolean> {
  if ((yield* change(setSuspended, { apiKey, now })) === 0) return false
  yield* endWhatIsUnderWay(apiKey, now)
  yield* tellApps('access.ended', { apiKey }, now)
  yield* change(revokeFamiliesOfApp, { apiKey, now })
  return true
}

/** Lets people log in to an app again. */
export function* resumeApp(apiKey: string, now: Instant): Verb<boolean> {
  return (yield* change(setResumed, { apiKey, now })) > 0
}

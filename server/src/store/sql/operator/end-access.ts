import type { AccessOf, EndedAccess } from '../../contract/operator.ts'
import type { Instant } from '../../contract/types.ts'
import { endRequestsOfApp } from '../oauth/requests.ts'
import { tellApps } from '../outbox/tell-apps.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, type Verb } from '../transaction.ts'

type Of = { before: Instant | null; userId: number | null; apiKey: string | null }
type At = Of & { now: Instant }

/** Any of the three that is not null narrows what is meant; exactly one of them is not. */
const values = (access: AccessOf): Of => ({ before: null, userId: null, apiKey: null, ...access })

const deleteCodes = statement((p: Placeholder<Of>) =>
  query
    .deleteFrom('codes')
    .where((is) => is.or([is('created_at', '<', p('before')), is(p('before'), 'is', null)]))
    .where((is) => is.or([is('user_id', '=', p('userId')), is(p('userId'), 'is', null)]))
    .where((is) => is.or([is('api_key', '=', p('apiKey')), is(p('apiKey'), 'is', null)])),
)

const revokeFamilies = statement((p: Placeholder<At>) =>
  query
    .updateTable('families')
    .set({ revoked_at: p('now') })
    .where('revoked_at', 'is', null)
    .where((is) => is.or([is('created_at', '<', p('before')), is(p('before'), 'is', null)]))
    .where((is) => is.or([is('user_id', '=', p('userId')), is(p('userId'), 'is', null)]))
    .where((is) => is.or([is('api_key', '=', p('apiKey')), is(p('apiKey'), 'is', null)])),
)

const deleteGrants = statement((p: Placeholder<Of>) =>
  query
    .deleteFrom('grants')
    .where((is) => is.or([is('created_at', '<', p('before')), is(p('before'), 'is', null)]))
    .where((is) => is.or([is('user_id', '=', p('userId')), is(p('userId'), 'is', null)]))
    .where((is) => is.or([is('api_key', '=', p('apiKey')), is(p('apiKey'), 'is', null)])),
)

const deleteSessions = statement((p: Placeholder<Omit<Of, 'apiKey'>>) =>
  query
    .deleteFrom('sessions')
    .where((is) => is.or([is('created_at', '<', p('before')), is(p('before'), 'is', null)]))
    .where((is) => is.or([is('user_id', '=', p('userId')), is(p('userId'), 'is', null)])),
)

const revokeManagementTokens = statement((p: Placeholder<Omit<At, 'apiKey'>>) =>
  query
    .updateTable('management_tokens')
    .set({ revoked_at: p('now') })
    .where('revoked_at', 'is', null)
    .where((is) => is.or([is('created_at', '<', p('before')), is(p('before'), 'is', null)]))
    .where((is) => is.or([is('user_id', '=', p('userId')), is(p('userId'), 'is', null)])),
)

/** Ends access. Codes go before families: a redemption that got ahead of the first has its family found by the second. */
export function* endAccess(access: AccessOf, now: Instant): Verb<EndedAccess> {
  const of = values(access)
  if (of.apiKey !== null) yield* change(endRequestsOfApp, { apiKey: of.apiKey, now })
  yield* change(deleteCodes, of)
  yield* tellApps('access.ended', of, now)
  const logins = yield* change(revokeFamilies, { ...of, now })
  const consents = yield* change(deleteGrants, of)
  if (of.apiKey !== null) return { logins, sessions: 0, consents }
  const { before, userId } = of
  yield* change(revokeManagementTokens, { before, userId, now })
  return { logins, sessions: yield* change(deleteSessions, { before, userId }), consents }
}

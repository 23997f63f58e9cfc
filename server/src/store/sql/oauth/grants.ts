import type { AuthorizedApp } from '../../contract/music.ts'
import type { Consent } from '../../contract/oauth.ts'
import type { Instant } from '../../contract/store.ts'
import { findApp } from '../apps/apps.ts'
import { tellApps } from '../outbox/tell-apps.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, type Verb } from '../transaction.ts'

type Pair = { userId: number; apiKey: string }

const selectGrants = statement((p: Placeholder<{ userId: number }>) =>
  query
    .selectFrom('grants')
    .select(['api_key', 'scope', 'created_at', 'updated_at'])
    .where('user_id', '=', p('userId')),
)

const selectConsent = statement((p: Placeholder<Pair>) =>
  query
    .selectFrom('grants')
    .leftJoin('allowed_redirect_uris as allowed', (on) =>
      on.onRef('allowed.user_id', '=', 'grants.user_id').onRef('allowed.api_key', '=', 'grants.api_key'),
    )
    .select(['grants.scope', 'grants.app_name', 'grants.shares_email', 'allowed.uri'])
    .where('grants.user_id', '=', p('userId'))
    .where('grants.api_key', '=', p('apiKey')),
)

const selectLiveFamilies = statement((p: Placeholder<{ userId: number; now: Instant }>) =>
  query
    .selectFrom('families')
    .select((of) => [
      'api_key',
      // 'write' is the greater of the two words as well.
      of.fn.max('scope').as('scope'),
      of.fn.min('created_at').as('created_at'),
      of.fn.max('created_at').as('updated_at'),
    ])
    .where('user_id', '=', p('userId'))
    .where('api_key', 'is not', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', p('now'))
    .groupBy('api_key'),
)

const deleteGrant = statement((p: Placeholder<Pair>) =>
  query.deleteFrom('grants').where('user_id', '=', p('userId')).where('api_key', '=', p('apiKey')),
)

const deleteCodes = statement((p: Placeholder<Pair>) =>
  query
    .deleteFrom('codes')
    .where('user_id', '=', p('userId'))
    .where('api_key', '=', p('apiKey'))
    .where((is) => is.or([is('used_at', 'is', null), is('replayed_at', 'is not', null)])),
)

const revokeFamilies = statement((p: Placeholder<Pair & { now: Instant }>) =>
  query
    .updateTable('families')
    .set({ revoked_at: p('now') })
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', p('now'))
    .where('user_id', '=', p('userId'))
    .where('api_key', '=', p('apiKey')),
)

/** What a user has allowed an app for good. */
export function* findConsent(userId: number, apiKey: string): Verb<Consent | undefined> {
  const rows = yield* all(selectConsent, { userId, apiKey })
  const [first] = rows
  if (first === undefined) return undefined
  const redirectUris = rows.flatMap(({ uri }) => uri ?? [])
  const sharesEmail = first.shares_email === null ? null : first.shares_email === 1
  return { scope: first.scope, appName: first.app_name, redirectUris, sharesEmail }
}

/** The apps that may act for a user, the newest first. */
export function* listAuthorizedApps(userId: number, now: Instant): Verb<readonly AuthorizedApp[]> {
  const grants = yield* all(selectGrants, { userId })
  const families = yield* all(selectLiveFamilies, { userId, now })
  const authorized: AuthorizedApp[] = []
  const keys = new Set([...grants, ...families].flatMap(({ api_key }) => api_key ?? []))
  for (const apiKey of keys) {
    const app = yield* findApp(apiKey)
    // Consent that was given once has no grant, and a grant is never less than what a family got by it.
    const row = [...grants, ...families].find(({ api_key }) => api_key === apiKey)
    if (!app || !row) continue
    authorized.push({ app, scope: row.scope, createdAt: row.created_at, updatedAt: row.updated_at })
  }
  return authorized.sort((one, other) => other.createdAt - one.createdAt)
}

/**
 * Ends an app's access to a user. Codes go before families: a redemption that got ahead of the first statement has its
 * family found by the second.
 */
export function* withdrawGrant(userId: number, apiKey: string, now: Instant): Verb<boolean> {
  yield* tellApps('access.ended', { userId, apiKey }, now)
  const grants = yield* change(deleteGrant, { userId, apiKey })
  const codes = yield* change(deleteCodes, { userId, apiKey })
  const families = yield* change(revokeFamilies, { userId, apiKey, now })
  return grants + codes + families > 0
}

import type { ConnectedApp } from '../../contract/account.ts'
import type { Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { listAuthorizedApps } from './grants.ts'
import { toIdentity } from './identity.ts'

type Of = { userId: number; apiKey: string }
type Unregistered = { userId: number; name: string; redirectUri: string; now: Instant }

const selectUse = statement((p: Placeholder<Of>) =>
  query
    .selectFrom('families')
    .leftJoin('refresh_tokens', 'refresh_tokens.family_id', 'families.id')
    .select(({ fn }) => [
      fn.max('families.created_at').as('issued_at'),
      fn.max('refresh_tokens.used_at').as('refreshed_at'),
    ])
    .where('user_id', '=', p('userId'))
    .where('api_key', '=', p('apiKey')),
)

const selectIdentities = statement((p: Placeholder<Of & { now: Instant }>) =>
  query
    .selectFrom('families')
    .select('identity')
    .where('user_id', '=', p('userId'))
    .where('api_key', '=', p('apiKey'))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', p('now'))
    .where('identity', 'is not', null),
)

const countTracks = statement((p: Placeholder<Of>) =>
  query
    .selectFrom('tracks')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', p('userId'))
    .where('api_key', '=', p('apiKey'))
    .where('deleted_at', 'is', null),
)

const countSaved = statement((p: Placeholder<Of>) =>
  query
    .selectFrom('favorites')
    .innerJoin('tracks', 'tracks.id', 'favorites.track_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('favorites.user_id', '=', p('userId'))
    .where('favorites.api_key', '=', p('apiKey'))
    .where('tracks.deleted_at', 'is', null),
)

const selectUnregistered = statement((p: Placeholder<{ userId: number; now: Instant }>) =>
  query
    .selectFrom('families')
    .innerJoin('refresh_tokens', 'refresh_tokens.family_id', 'families.id')
    .select(['app_name', 'redirect_uri'])
    .select(({ fn }) => [
      fn.min('families.created_at').as('created_at'),
      fn.max('families.created_at').as('issued_at'),
      fn.max('refresh_tokens.used_at').as('refreshed_at'),
    ])
    .where('user_id', '=', p('userId'))
    .where('api_key', 'is', null)
    .where('revoked_at', 'is', null)
    .where('families.expires_at', '>', p('now'))
    .where('refresh_tokens.expires_at', '>', p('now'))
    .groupBy(['app_name', 'redirect_uri']),
)

const revokeUnregistered = statement((p: Placeholder<Unregistered>) =>
  query
    .updateTable('families')
    .set({ revoked_at: p('now') })
    .where('revoked_at', 'is', null)
    .where('user_id', '=', p('userId'))
    .where('api_key', 'is', null)
    .where('app_name', '=', p('name'))
    .where('redirect_uri', '=', p('redirectUri')),
)

const deleteUnregisteredCodes = statement((p: Placeholder<Omit<Unregistered, 'now'>>) =>
  query
    .deleteFrom('codes')
    .where((is) => is.or([is('used_at', 'is', null), is('replayed_at', 'is not', null)]))
    .where('user_id', '=', p('userId'))
    .where('api_key', 'is', null)
    .where('app_name', '=', p('name'))
    .where('redirect_uri', '=', p('redirectUri')),
)

/** The apps that may act for a user, with what they did. */
export function* listConnectedApps(userId: number, now: Instant): Verb<readonly ConnectedApp[]> {
  const connected: ConnectedApp[] = []
  for (const { app, scope, createdAt } of yield* listAuthorizedApps(userId, now)) {
    const use = yield* one(selectUse, { userId, apiKey: app.apiKey })
    const tracks = yield* one(countTracks, { userId, apiKey: app.apiKey })
    const identities = yield* all(selectIdentities, { userId, apiKey: app.apiKey, now })
    const saved = yield* one(countSaved, { userId, apiKey: app.apiKey })
    const usedAt = Math.max(createdAt, use?.issued_at ?? 0, use?.refreshed_at ?? 0)
    const [redirectUri = ''] = app.redirectUris
    connected.push({
      app,
      name: app.name,
      redirectUri,
      scope,
      knowsEmail: identities.some(({ identity }) => toIdentity(identity)?.email),
      createdAt,
      usedAt,
      trackCount: tracks?.count ?? 0,
      savedCount: saved?.count ?? 0,
    })
  }
  for (const row of yield* all(selectUnregistered, { userId, now }))
    connected.push({
      app: null,
      name: row.app_name,
      redirectUri: row.redirect_uri,
      scope: 'read',
      knowsEmail: false,
      createdAt: row.created_at,
      usedAt: Math.max(row.issued_at, row.refreshed_at ?? 0),
      trackCount: 0,
      savedCount: 0,
    })
  return connected.sort((one, other) => other.createdAt - one.createdAt)
}

/** Ends what an app without a key got; codes go before families, as in `withdrawGrant`. */
export function* endUnregisteredApp(
  userId: number,
  name: string,
  redirectUri: string,
  now: Instant,
): Verb<boolean> {
  const codes = yield* change(deleteUnregisteredCodes, { userId, name, redirectUri })
  return codes + (yield* change(revokeUnregistered, { userId, name, redirectUri, now })) > 0
}

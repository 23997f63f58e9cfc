import type { AccessToken, IssuedPair, NewToken } from '../../contract/oauth.ts'
import type { Digest, Instant, Scope } from '../../contract/store.ts'
import { toUser, userColumns } from '../accounts/user-row.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { toIdentity } from './identity.ts'

const insertRefresh = statement(
  (
    p: Placeholder<{
      digest: Digest
      familyId: number
      expiresAt: Instant
      accessScope: Scope
      accessExpiresAt: Instant
      isUnseen: 0 | 1
    }>,
  ) =>
    query.insertInto('refresh_tokens').values({
      digest: p('digest'),
      family_id: p('familyId'),
      expires_at: p('expiresAt'),
      access_scope: p('accessScope'),
      access_expires_at: p('accessExpiresAt'),
      is_unseen: p('isUnseen'),
    }),
)

const insertAccess = statement(
  (
    p: Placeholder<{
      digest: Digest
      familyId: number
      scope: Scope
      expiresAt: Instant
      unseenRefresh: Digest | null
    }>,
  ) =>
    query.insertInto('access_tokens').values({
      digest: p('digest'),
      family_id: p('familyId'),
      scope: p('scope'),
      expires_at: p('expiresAt'),
      unseen_refresh: p('unseenRefresh'),
    }),
)

const selectAccess = statement((p: Placeholder<{ digest: Digest; now: Instant }>) =>
  query
    .selectFrom('access_tokens')
    .innerJoin('families', 'families.id', 'access_tokens.family_id')
    .innerJoin('users', 'users.id', 'families.user_id')
    .leftJoin('apps', 'apps.api_key', 'families.api_key')
    .select(userColumns)
    .select([
      'families.api_key',
      'families.identity',
      'families.key_thumbprint',
      'access_tokens.scope',
      'access_tokens.expires_at',
    ])
    .select('access_tokens.unseen_refresh')
    .where('access_tokens.digest', '=', p('digest'))
    .where('access_tokens.expires_at', '>', p('now'))
    .where('families.expires_at', '>', p('now'))
    .where('families.revoked_at', 'is', null)
    .where('users.disabled_at', 'is', null)
    .where('apps.deleted_at', 'is', null),
)

const selectUnseenRefresh = statement((p: Placeholder<{ digest: Digest }>) =>
  query.selectFrom('access_tokens').select('unseen_refresh').where('digest', '=', p('digest')),
)

const seeAccess = statement((p: Placeholder<{ digest: Digest }>) =>
  query
    .updateTable('access_tokens')
    .set(({ lit }) => ({ unseen_refresh: lit(null) }))
    .where('digest', '=', p('digest')),
)

/** Records that something of a refresh token's pair has reached the server. */
export const seeRefresh = statement((p: Placeholder<{ digest: Digest }>) =>
  query
    .updateTable('refresh_tokens')
    .set({ is_unseen: 0 })
    .where('digest', '=', p('digest'))
    .where('is_unseen', '=', 1),
)

const revokeByToken = statement((p: Placeholder<{ token: Digest; now: Instant }>) =>
  revoke(p)
    .where('id', 'in', (from) =>
      from
        .selectFrom('access_tokens')
        .select('family_id')
        .where('digest', '=', p('token'))
        .unionAll(from.selectFrom('refresh_tokens').select('family_id').where('digest', '=', p('token'))),
    )
    .returning('api_key'),
)

const revokeByTokenOf = statement((p: Placeholder<{ token: Digest; apiKey: string; now: Instant }>) =>
  revoke(p)
    .where('api_key', '=', p('apiKey'))
    .where('id', 'in', (from) =>
      from
        .selectFrom('access_tokens')
        .select('family_id')
        .where('digest', '=', p('token'))
        .unionAll(from.selectFrom('refresh_tokens').select('family_id').where('digest', '=', p('token'))),
    )
    .returning('api_key'),
)

/** Revokes one family. */
export const revokeFamily = statement((p: Placeholder<{ id: number; now: Instant }>) =>
  revoke(p).where('id', '=', p('id')),
)

/** Revokes the family that was issued from a code. */
export const revokeFamilyOfCode = statement((p: Placeholder<{ digest: Digest; now: Instant }>) =>
  revoke(p).where('code_digest', '=', p('digest')),
)

const revokeBySid = statement((p: Placeholder<{ sid: string; apiKey: string; now: Instant }>) =>
  revoke(p).where('sid', '=', p('sid')).where('api_key', '=', p('apiKey')),
)

/** Revokes every family of a user. */
export const revokeFamiliesOfUser = statement((p: Placeholder<{ userId: number; now: Instant }>) =>
  revoke(p).where('user_id', '=', p('userId')),
)

/** Revokes every family of an app. */
export const revokeFamiliesOfApp = statement((p: Placeholder<{ apiKey: string; now: Instant }>) =>
  revoke(p).where('api_key', '=', p('apiKey')),
)

/**
 * Stores an access token of this scope and a refresh token, neither outliving the family. `isUnseen` for a pair whose
 * answer can be asked for again: its first sighting is to be recorded.
 */
export function* issuePair(
  family: { readonly id: number; readonly expiresAt: Instant; readonly key_thumbprint: string | null },
  scope: Scope,
  pair: { readonly access: NewToken; readonly refresh: NewToken },
  isUnseen: boolean,
): Verb<IssuedPair> {
  const accessExpiresAt = Math.min(pair.access.expiresAt, family.expiresAt)
  const refreshExpiresAt = Math.min(pair.refresh.expiresAt, family.expiresAt)
  yield* change(insertRefresh, {
    digest: pair.refresh.digest,
    familyId: family.id,
    expiresAt: refreshExpiresAt,
    accessScope: scope,
    accessExpiresAt,
    isUnseen: isUnseen ? 1 : 0,
  })
  yield* change(insertAccess, {
    digest: pair.access.digest,
    familyId: family.id,
    scope,
    expiresAt: accessExpiresAt,
    unseenRefresh: isUnseen ? pair.refresh.digest : null,
  })
  return { scope, accessExpiresAt, refreshExpiresAt, isBound: family.key_thumbprint !== null }
}

/** Revokes the family of a token of this client, or of any (RFC 7009 §2.1). */
export function* revokeToken(
  token: Digest,
  client: string | null,
  now: Instant,
): Verb<{ readonly apiKey: string | null } | undefined> {
  const row =
    client === null
      ? yield* one(revokeByToken, { token, now })
      : yield* one(revokeByTokenOf, { token, apiKey: client, now })
  return row && { apiKey: row.api_key }
}

/** Revokes what an app was given in one session of a person. */
export function* endLoginsOf(sid: string, apiKey: string, now: Instant): Verb<number> {
  return yield* change(revokeBySid, { sid, apiKey, now })
}

/** An access token that was looked for, and whether this is the first that the server sees of its pair. */
interface FoundAccess {
  readonly token: AccessToken | undefined
  readonly isFirstSighting: boolean
}

/** An access token whose expiry, family, user and app are all live. A dead one is a sighting as well. */
export function* findAccessToken(digest: Digest, now: Instant): Verb<FoundAccess> {
  const row = yield* one(selectAccess, { digest, now })
  if (row) return { token: toAccessToken(row), isFirstSighting: row.unseen_refresh !== null }
  const dead = yield* one(selectUnseenRefresh, { digest })
  return { token: undefined, isFirstSighting: dead !== undefined && dead.unseen_refresh !== null }
}

/** Records that the pair of an access token was seen, and answers the token as it is then. */
export function* seeAccessToken(digest: Digest, now: Instant): Verb<AccessToken | undefined> {
  const unseen = yield* one(selectUnseenRefresh, { digest })
  if (unseen && unseen.unseen_refresh !== null) {
    yield* change(seeRefresh, { digest: unseen.unseen_refresh })
    yield* change(seeAccess, { digest })
  }
  const row = yield* one(selectAccess, { digest, now })
  return row && toAccessToken(row)
}

function toAccessToken(
  row: Parameters<typeof toUser>[0] & {
    api_key: string | null
    identity: string | null
    key_thumbprint: string | null
    scope: Scope
    expires_at: Instant
  },
): AccessToken {
  const { api_key: apiKey, scope, key_thumbprint: thumbprint, expires_at: expiresAt } = row
  const identity = toIdentity(row.identity)
  return { user: toUser(row), apiKey, scope, identity, thumbprint, expiresAt }
}

function revoke(p: Placeholder<{ now: Instant }>) {
  return query
    .updateTable('families')
    .set({ revoked_at: p('now') })
    .where('revoked_at', 'is', null)
}

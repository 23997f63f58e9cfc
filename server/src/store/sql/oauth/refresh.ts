import type { RefreshOutcome, RefreshRotation } from '../../contract/oauth.ts'
import type { Digest, Instant, Scope } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import type { Flag } from '../tables/flag.ts'
import { change, one, type Verb } from '../transaction.ts'
import { issued } from './identity.ts'
import { issuePair, revokeFamily, seeRefresh } from './tokens.ts'

const claim = statement(
  (
    p: Placeholder<{
      digest: Digest
      apiKey: string | null
      thumbprint: string | null
      scope: Scope
      now: Instant
      successor: Digest
      successorSalt: Uint8Array
    }>,
  ) =>
    query
      .updateTable('refresh_tokens')
      .set({ used_at: p('now'), successor: p('successor'), sealed_pair: p('successorSalt'), is_unseen: 0 })
      .where('digest', '=', p('digest'))
      .where('used_at', 'is', null)
      .where('expires_at', '>', p('now'))
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('families')
            .innerJoin('users', 'users.id', 'families.user_id')
            .leftJoin('apps', 'apps.api_key', 'families.api_key')
            .select('families.id')
            .whereRef('families.id', '=', 'refresh_tokens.family_id')
            .where('families.api_key', 'is not distinct from', p('apiKey'))
            .where('families.revoked_at', 'is', null)
            .where('families.expires_at', '>', p('now'))
            .where((is) => is.or([is('families.scope', '=', 'write'), is(p('scope'), '=', 'read')]))
            .where((is) =>
              is.or([
                is('families.key_thumbprint', '=', p('thumbprint')),
                is.and([
                  is('families.key_thumbprint', 'is', null),
                  is.or([is('apps.binds_tokens', 'is', null), is('apps.binds_tokens', '=', 0)]),
                ]),
              ]),
            )
            .where('users.disabled_at', 'is', null)
            .where('apps.deleted_at', 'is', null),
        ),
      )
      .returning(({ selectFrom }) => {
        const family = selectFrom('families').whereRef('families.id', '=', 'refresh_tokens.family_id')
        return [
          'family_id as id',
          family.select('families.scope').$asScalar().$notNull().as('scope'),
          family.select('families.expires_at').$asScalar().$notNull().as('expiresAt'),
          family.select('families.user_id').$asScalar().$notNull().as('user_id'),
          family.select('families.identity').as('identity'),
          family.select('families.key_thumbprint').as('key_thumbprint'),
        ]
      }),
)

const selectRefresh = statement((p: Placeholder<{ digest: Digest }>) =>
  query
    .selectFrom('refresh_tokens as token')
    .innerJoin('families as family', 'family.id', 'token.family_id')
    .innerJoin('users', 'users.id', 'family.user_id')
    .leftJoin('apps', 'apps.api_key', 'family.api_key')
    .leftJoin('refresh_tokens as successor', (join) =>
      join.onRef('successor.digest', '=', 'token.successor').on('successor.used_at', 'is', null),
    )
    .select(['token.used_at', 'token.expires_at', 'token.sealed_pair', 'token.is_unseen'])
    .select(['family.id', 'family.api_key', 'family.scope', 'family.revoked_at'])
    .select(['family.user_id', 'family.identity', 'family.key_thumbprint', 'apps.binds_tokens'])
    .select(['family.expires_at as family_expires_at', 'users.disabled_at', 'apps.deleted_at'])
    .select([
      'successor.expires_at as successor_expires_at',
      'successor.access_scope',
      'successor.access_expires_at',
      'successor.is_unseen as is_successor_unseen',
    ])
    .where('token.digest', '=', p('digest')),
)

/** Replaces a refresh token by its successor pair, or says why not (RFC 6749 §6, RFC 9700 §4.14.2). */
export function* rotateRefresh(rotation: RefreshRotation): Verb<RefreshOutcome> {
  const { digest, apiKey, thumbprint, now, successorSalt } = rotation
  const family = yield* one(claim, {
    digest,
    apiKey,
    thumbprint,
    now,
    successorSalt,
    scope: rotation.scope ?? 'read',
    successor: rotation.refresh.digest,
  })
  if (!family) return yield* repeatOrRefuse(rotation)
  const pair = yield* issuePair(family, rotation.scope ?? family.scope, rotation, rotation.graceMs > 0)
  return { outcome: 'rotated', ...pair, ...issued(family.identity, family.user_id) }
}

function* repeatOrRefuse(rotation: RefreshRotation): Verb<RefreshOutcome> {
  const { digest, apiKey, scope, now, graceMs } = rotation
  const token = yield* one(selectRefresh, { digest })
  if (!token) return refused('unknown')
  // Whatever is wrong with the request, its answer has arrived.
  if (token.is_unseen === 1) yield* change(seeRefresh, { digest })
  if (token.api_key !== apiKey) return refused('client')
  if (token.revoked_at !== null) return refused('revoked')
  if (token.disabled_at !== null || token.deleted_at !== null) return refused('withdrawn')
  // Whoever has the token alone, and not its key, ends nothing by it.
  const key = keyRefusal(token, rotation.thumbprint)
  if (key !== undefined) return refused(key)
  if (scope === 'write' && token.scope === 'read') return refused('scope')
  if (token.family_expires_at <= now) return refused('expired')
  if (token.used_at === null) {
    // Neither used nor expired: it came between the two statements and was not there when it was asked for.
    return refused(token.expires_at <= now ? 'expired' : 'unknown')
  }
  const { sealed_pair: successorSalt, access_scope, access_expires_at, successor_expires_at } = token
  // A clock that was set back puts `now` before the first use, which is no sign of theft.
  const isInWindow = now < token.used_at + graceMs
  const isExcusable = graceMs > 0 && (isInWindow || token.is_successor_unseen === 1)
  const isSuccessorUnused = successor_expires_at !== null && access_expires_at !== null
  if (!isExcusable || !isSuccessorUnused || access_scope === null || successorSalt === null) {
    // Of several reuses at once one revokes, and the others come after it.
    return (yield* change(revokeFamily, { id: token.id, now })) > 0
      ? { outcome: 'reused' }
      : refused('revoked')
  }
  if (successor_expires_at <= now) return refused('expired')
  if ((scope ?? token.scope) !== access_scope) return refused('scope')
  return {
    outcome: 'repeated',
    successorSalt,
    scope: access_scope,
    accessExpiresAt: access_expires_at,
    refreshExpiresAt: successor_expires_at,
    isBound: token.key_thumbprint !== null,
    ...issued(token.identity, token.user_id),
  }
}

function keyRefusal(
  token: { readonly key_thumbprint: string | null; readonly binds_tokens: Flag | null },
  thumbprint: string | null,
): 'no_key' | 'other_key' | 'unbound' | undefined {
  const isBound = token.key_thumbprint !== null
  if (!isBound && token.binds_tokens !== 1) return undefined
  if (thumbprint === null) return 'no_key'
  if (!isBound) return 'unbound'
  return token.key_thumbprint === thumbprint ? undefined : 'other_key'
}

function refused(reason: Extract<RefreshOutcome, { outcome: 'refused' }>['reason']): RefreshOutcome {
  return { outcome: 'refused', reason }
}

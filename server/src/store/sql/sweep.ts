import type { Instant } from '../contract/store.ts'
import { type Placeholder, query, statement } from './statement.ts'
import { change, type Verb } from './transaction.ts'
import { sweepUsage } from './usage/usage-sweep.ts'

/** Milliseconds for which what has ended still explains itself: a replayed code, a token of a revoked family. */
const remembrance = 24 * 60 * 60 * 1000

/** Milliseconds for which an approval can be asked for again, which may outlast its request. */
const repeatable = 2 * 60 * 1000

type Bounds = { before: Instant; limit: number }

const deleteRequests = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('authorization_requests')
    .where('digest', 'in', (from) =>
      from
        .selectFrom('authorization_requests')
        .select('digest')
        .where('expires_at', '<=', p('before'))
        .limit(p('limit')),
    ),
)

const deleteSessions = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('sessions')
    .where('digest', 'in', (from) =>
      from.selectFrom('sessions').select('digest').where('expires_at', '<=', p('before')).limit(p('limit')),
    ),
)

/** How long a browser is known after its last sign-in, in milliseconds. */
const acquaintance = 180 * 24 * 60 * 60 * 1000

const deleteBrowsers = statement((p: Placeholder<Pick<Bounds, 'before'>>) =>
  query.deleteFrom('known_browsers').where('used_at', '<=', p('before')),
)

const deleteChallenges = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('passkey_challenges')
    .where('digest', 'in', (from) =>
      from
        .selectFrom('passkey_challenges')
        .select('digest')
        .where('expires_at', '<=', p('before'))
        .limit(p('limit')),
    ),
)

/** How long links to a new password are counted after they were made, in milliseconds; none works for longer. */
const counting = 60 * 60 * 1000

const deleteResets = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('password_resets')
    .where('digest', 'in', (from) =>
      from
        .selectFrom('password_resets')
        .select('digest')
        .where('created_at', '<=', p('before'))
        .limit(p('limit')),
    ),
)

const deleteEmailChanges = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('email_changes')
    .where('digest', 'in', (from) =>
      from
        .selectFrom('email_changes')
        .select('digest')
        .where('expires_at', '<=', p('before'))
        .limit(p('limit')),
    ),
)

const deleteManagementTokens = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('management_tokens')
    .where('digest', 'in', (from) =>
      from
        .selectFrom('management_tokens')
        .select('digest')
        .where('expires_at', '<=', p('before'))
        .limit(p('limit')),
    ),
)

const deleteCodes = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('codes')
    .where('digest', 'in', (from) =>
      from.selectFrom('codes').select('digest').where('expires_at', '<=', p('before')).limit(p('limit')),
    ),
)

const deleteAccessTokens = statement((p: Placeholder<Bounds & { endedBefore: Instant }>) =>
  query.deleteFrom('access_tokens').where('digest', 'in', (from) =>
    from
      .selectFrom('access_tokens')
      .select('digest')
      .where('expires_at', '<=', p('before'))
      .unionAll(
        from
          .selectFrom('families')
          .innerJoin('access_tokens', 'access_tokens.family_id', 'families.id')
          .select('access_tokens.digest')
          .where('families.revoked_at', '<=', p('endedBefore')),
      )
      .limit(p('limit')),
  ),
)

/** A used refresh token stays until its own expiry, so that its reuse is known for what it is. */
const deleteRefreshTokens = statement((p: Placeholder<Bounds>) =>
  query.deleteFrom('refresh_tokens').where('digest', 'in', (from) =>
    from
      .selectFrom('refresh_tokens')
      .select('digest')
      .where('expires_at', '<=', p('before'))
      .unionAll(
        from
          .selectFrom('families')
          .innerJoin('refresh_tokens', 'refresh_tokens.family_id', 'families.id')
          .select('refresh_tokens.digest')
          .where('families.revoked_at', '<=', p('before')),
      )
      .limit(p('limit')),
  ),
)

const deleteFamilies = statement((p: Placeholder<Bounds>) =>
  query.deleteFrom('families').where('id', 'in', (from) =>
    from
      .selectFrom('families')
      .select('id')
      .where((is) => is.or([is('expires_at', '<=', p('before')), is('revoked_at', '<=', p('before'))]))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('access_tokens')
              .select('digest')
              .whereRef('access_tokens.family_id', '=', 'families.id'),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('refresh_tokens')
              .select('digest')
              .whereRef('refresh_tokens.family_id', '=', 'families.id'),
          ),
        ),
      )
      .limit(p('limit')),
  ),
)

/** Deletes what can never matter again, children before parents, at most `limit` rows a table. */
export function* sweep(now: Instant, limit: number): Verb<number> {
  const endedBefore = now - remembrance
  let deleted = yield* change(deleteRequests, { before: now - repeatable, limit })
  deleted += yield* change(deleteSessions, { before: now, limit })
  deleted += yield* change(deleteBrowsers, { before: now - acquaintance })
  deleted += yield* change(deleteChallenges, { before: now, limit })
  deleted += yield* change(deleteResets, { before: now - counting, limit })
  deleted += yield* change(deleteEmailChanges, { before: now, limit })
  deleted += yield* change(deleteManagementTokens, { before: now, limit })
  deleted += yield* change(deleteCodes, { before: endedBefore, limit })
  deleted += yield* change(deleteAccessTokens, { before: now, endedBefore, limit })
  deleted += yield* change(deleteRefreshTokens, { before: endedBefore, limit })
  deleted += yield* change(deleteFamilies, { before: endedBefore, limit })
  return deleted + (yield* sweepUsage(now, limit))
}

import { lifetimes } from '../../limits.ts'
import type { Instant } from '../contract/store.ts'
import { type Bounds, countDue, type Sweep } from './due.ts'
import { mailSweep } from './outbox/mails.ts'
import { outboxSweep } from './outbox/sweep.ts'
import { type Placeholder, query, statement } from './statement.ts'
import { change, one, type Verb } from './transaction.ts'
import { usageSweeps } from './usage/usage-sweep.ts'

/** Milliseconds for which what has ended still explains itself: a replayed code, a token of a revoked family. */
const endedTtlMs = 24 * 60 * 60 * 1000

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

const deleteBrowsers = statement((p: Placeholder<Bounds>) =>
  query.deleteFrom('known_browsers').where(
    ({ refTuple }) => refTuple('user_id', 'browser'),
    'in',
    (from) =>
      from
        .selectFrom('known_browsers')
        .select(['user_id', 'browser'])
        .where('used_at', '<=', p('before'))
        .limit(p('limit'))
        .$asTuple('user_id', 'browser'),
  ),
)

const deleteDeviceLogins = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('device_logins')
    .where('digest', 'in', (from) =>
      from
        .selectFrom('device_logins')
        .select('digest')
        .where('expires_at', '<=', p('before'))
        .limit(p('limit')),
    ),
)

const deleteChallenges = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('used_challenges')
    .where('digest', 'in', (from) =>
      from
        .selectFrom('used_challenges')
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

const deletePlays = statement((p: Placeholder<Bounds>) =>
  query.deleteFrom('plays').where(
    ({ refTuple }) => refTuple('track_id', 'listener'),
    'in',
    (from) =>
      from
        .selectFrom('plays')
        .select(['track_id', 'listener'])
        .where('expires_at', '<=', p('before'))
        .limit(p('limit'))
        .$asTuple('track_id', 'listener'),
  ),
)

const deleteDailyPlays = statement((p: Placeholder<Bounds>) =>
  query.deleteFrom('daily_plays').where(
    ({ refTuple }) => refTuple('day', 'track_id'),
    'in',
    (from) =>
      from
        .selectFrom('daily_plays')
        .select(['day', 'track_id'])
        .where('day', '<=', p('before'))
        .limit(p('limit'))
        .$asTuple('day', 'track_id'),
  ),
)

const deleteIdempotencyKeys = statement((p: Placeholder<Bounds>) =>
  query.deleteFrom('idempotency_keys').where(
    ({ refTuple }) => refTuple('user_id', 'digest'),
    'in',
    (from) =>
      from
        .selectFrom('idempotency_keys')
        .select(['user_id', 'digest'])
        .where('expires_at', '<=', p('before'))
        .limit(p('limit'))
        .$asTuple('user_id', 'digest'),
  ),
)

const deleteCodes = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('codes')
    .where('digest', 'in', (from) =>
      from.selectFrom('codes').select('digest').where('expires_at', '<=', p('before')).limit(p('limit')),
    ),
)

const deleteAccessTokens = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('access_tokens')
    .where('digest', 'in', (from) =>
      from
        .selectFrom('access_tokens')
        .select('digest')
        .where('expires_at', '<=', p('before'))
        .limit(p('limit')),
    ),
)

// As many as rows are deleted: the tokens of each are found by its id, and those that have none left go in the same sweep.
const endedFamilies = (p: Placeholder<Bounds>) =>
  query.selectFrom('families').select('id').where('revoked_at', '<=', p('before')).limit(p('limit'))

const deleteEndedAccessTokens = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('access_tokens')
    .where('digest', 'in', (from) =>
      from
        .selectFrom('access_tokens')
        .select('digest')
        .where('family_id', 'in', endedFamilies(p))
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
      .unionAll(from.selectFrom('refresh_tokens').select('digest').where('family_id', 'in', endedFamilies(p)))
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

/** What is kept until when, and goes in this order: children before parents. */
const sweeps: readonly Sweep[] = [
  { table: 'authorization_requests', due: 'expires_at', kept: lifetimes.repeat, remove: deleteRequests },
  { table: 'sessions', due: 'expires_at', kept: 0, remove: deleteSessions },
  { table: 'known_browsers', due: 'used_at', kept: lifetimes.knownBrowser, remove: deleteBrowsers },
  { table: 'device_logins', due: 'expires_at', kept: 10 * 60_000, remove: deleteDeviceLogins },
  { table: 'used_challenges', due: 'expires_at', kept: 0, remove: deleteChallenges },
  { table: 'password_resets', due: 'created_at', kept: counting, remove: deleteResets },
  { table: 'email_changes', due: 'expires_at', kept: 0, remove: deleteEmailChanges },
  { table: 'management_tokens', due: 'expires_at', kept: 0, remove: deleteManagementTokens },
  { table: 'codes', due: 'expires_at', kept: endedTtlMs, remove: deleteCodes },
  { table: 'access_tokens', due: 'expires_at', kept: 0, remove: deleteAccessTokens },
  { table: 'access_tokens', due: null, kept: endedTtlMs, remove: deleteEndedAccessTokens },
  { table: 'refresh_tokens', due: 'expires_at', kept: endedTtlMs, remove: deleteRefreshTokens },
  { table: 'families', due: 'expires_at', kept: endedTtlMs, remove: deleteFamilies },
  { table: 'plays', due: 'expires_at', kept: 0, remove: deletePlays },
  { table: 'daily_plays', due: 'day', kept: 366 * 24 * 60 * 60_000, remove: deleteDailyPlays },
  { table: 'idempotency_keys', due: 'expires_at', kept: 0, remove: deleteIdempotencyKeys },
  outboxSweep,
  mailSweep,
  ...usageSweeps,
]

const counts = sweeps.flatMap(({ table, due, kept }) =>
  due === null ? [] : [{ table, kept, count: countDue(table, due) }],
)

/** Deletes what can never matter again, at most `limit` rows in all. */
export function* sweep(now: Instant, limit: number): Verb<number> {
  let left = limit
  for (const { kept, remove } of sweeps) {
    if (left === 0) break
    left -= yield* change(remove, { before: now - kept, limit: left })
  }
  return limit - left
}

/** How many rows of each table should have been deleted by now, none of them counted beyond `most`. */
export function* countOverdue(now: Instant, most: number): Verb<Readonly<Record<string, number>>> {
  const overdue: Record<string, number> = {}
  for (const { table, kept, count } of counts)
    overdue[table] = (yield* one(count, { before: now - kept, limit: most }))?.count ?? 0
  return overdue
}

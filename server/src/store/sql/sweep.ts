import type { ExpressionBuilder } from 'kysely'
import { lifetimes } from '../../limits.ts'
import type { Instant } from '../contract/store.ts'
import { type Bounds, countDue, expiring, type Sweep } from './due.ts'
import { mailSweep } from './outbox/mails.ts'
import { outboxSweep } from './outbox/sweep.ts'
import type { Schema } from './schema.ts'
import { checkSchema } from './schema-version.ts'
import { type Placeholder, query, statement } from './statement.ts'
import { change, one, type Verb } from './transaction.ts'
import { usageSweeps } from './usage/usage-sweep.ts'

/** Milliseconds for which what has ended still explains itself: a replayed code, a token of a revoked family. */
const endedTtlMs = 24 * 60 * 60 * 1000

/** How long links to a new password are counted after they were made, in milliseconds; none works for longer. */
const counting = 60 * 60 * 1000

// As many as rows are deleted: the tokens of each are found by its id, and those that have none left go in the same sweep.
const endedFamilies = (p: Placeholder<Bounds>) =>
  query.selectFrom('families').select('id').where('revoked_at', '<=', p('before')).limit(p('limit'))

/**
 * A used refresh token stays until its own expiry, so that its reuse is known for what it is, and each as long as the access
 * token issued with it: by them a family knows that it has no access token either.
 */
const deleteRefreshTokens = statement((p: Placeholder<Bounds>) =>
  query.deleteFrom('refresh_tokens').where('digest', 'in', (from) =>
    from
      .selectFrom('refresh_tokens')
      .select('digest')
      .where('expires_at', '<=', p('before'))
      .where(hasNoAccess(p))
      .unionAll(
        from
          .selectFrom('refresh_tokens')
          .select('digest')
          .where('family_id', 'in', endedFamilies(p))
          .where(hasNoAccess(p)),
      )
      .limit(p('limit')),
  ),
)

function hasNoAccess(p: Placeholder<Bounds>) {
  return ({ eb, lit }: ExpressionBuilder<Schema, 'refresh_tokens'>) =>
    eb(eb('access_expires_at', '-', lit(endedTtlMs)), '<=', p('before'))
}

/** After the access tokens that have expired, in the same sweep. */
const deleteFamilies = statement((p: Placeholder<Bounds>) =>
  query.deleteFrom('families').where('id', 'in', (from) =>
    from
      .selectFrom('families')
      .select('id')
      .where((is) => is.or([is('expires_at', '<=', p('before')), is('revoked_at', '<=', p('before'))]))
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
  expiring('authorization_requests', ['digest'], 'expires_at', lifetimes.repeat),
  expiring('sessions', ['digest'], 'expires_at', 0),
  expiring('known_browsers', ['user_id', 'browser'], 'used_at', lifetimes.knownBrowser),
  expiring('device_logins', ['digest'], 'expires_at', 10 * 60_000),
  expiring('used_challenges', ['digest'], 'expires_at', 0),
  expiring('password_resets', ['digest'], 'created_at', counting),
  expiring('email_changes', ['digest'], 'expires_at', 0),
  expiring('management_tokens', ['digest'], 'expires_at', 0),
  expiring('codes', ['digest'], 'expires_at', endedTtlMs),
  expiring('access_tokens', ['digest'], 'expires_at', 0),
  { table: 'refresh_tokens', due: 'expires_at', kept: endedTtlMs, remove: deleteRefreshTokens },
  { table: 'families', due: 'expires_at', kept: endedTtlMs, remove: deleteFamilies },
  expiring('plays', ['track_id', 'listener'], 'expires_at', 0),
  expiring('daily_plays', ['day', 'track_id'], 'day', 366 * 24 * 60 * 60_000),
  expiring('idempotency_keys', ['user_id', 'digest'], 'expires_at', 0),
  outboxSweep,
  mailSweep,
  ...usageSweeps,
]

const counts = sweeps.map(({ table, due, kept }) => ({ table, kept, count: countDue(table, due) }))

/** Deletes what can never matter again, at most `limit` rows in all: by the rules of this schema alone, so it looks each time. */
export function* sweep(now: Instant, limit: number): Verb<number> {
  yield* checkSchema()
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

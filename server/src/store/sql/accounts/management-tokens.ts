import type { Expression } from 'kysely'
import type { ManagementToken, NewManagementToken } from '../../contract/management-tokens.ts'
import type { Digest, Instant, User } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { toUser, userColumns } from './user-row.ts'

const columns = ['digest', 'user_id', 'name', 'created_at', 'expires_at', 'used_at', 'revoked_at'] as const

const withDigest = (digest: Expression<Digest>) =>
  query.selectFrom('management_tokens as same').select(columns).where('same.digest', '=', digest)

const insertToken = statement((p: Placeholder<NewManagementToken & { limit: number }>) =>
  query
    .insertInto('management_tokens')
    .columns(['digest', 'user_id', 'name', 'created_at', 'expires_at'])
    .expression(
      query
        .selectNoFrom([
          p('digest').as('digest'),
          p('userId').as('user_id'),
          p('name').as('name'),
          p('createdAt').as('created_at'),
          p('expiresAt').as('expires_at'),
        ])
        .where((is) => is.not(is.exists(withDigest(p('digest')))))
        .where((is) =>
          is(
            is
              .selectFrom('management_tokens')
              .select(({ fn }) => fn.countAll<number>().as('count'))
              .where('user_id', '=', p('userId'))
              .where('revoked_at', 'is', null)
              .where('expires_at', '>', p('createdAt')),
            '<',
            p('limit'),
          ),
        ),
    ),
)

const selectToken = statement((p: Placeholder<{ digest: Digest }>) => withDigest(p('digest')))

const selectLive = statement((p: Placeholder<{ digest: Digest; now: Instant }>) =>
  query
    .selectFrom('management_tokens')
    .innerJoin('users', 'users.id', 'management_tokens.user_id')
    .select(userColumns)
    .select('management_tokens.used_at')
    .where('digest', '=', p('digest'))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', p('now'))
    .where('users.disabled_at', 'is', null),
)

const setUsed = statement((p: Placeholder<{ digest: Digest; now: Instant }>) =>
  query
    .updateTable('management_tokens')
    .set({ used_at: p('now') })
    .where('digest', '=', p('digest')),
)

const selectOfUser = statement((p: Placeholder<{ userId: number; now: Instant }>) =>
  query
    .selectFrom('management_tokens')
    .select(columns)
    .where('user_id', '=', p('userId'))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', p('now'))
    .orderBy('created_at', 'desc')
    .orderBy('name'),
)

const revokeOwn = statement((p: Placeholder<{ userId: number; digest: Digest; now: Instant }>) =>
  query
    .updateTable('management_tokens')
    .set({ revoked_at: p('now') })
    .where('user_id', '=', p('userId'))
    .where('digest', '=', p('digest'))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', p('now')),
)

/** Ends every management token of a user. */
export const revokeManagementTokensOfUser = statement((p: Placeholder<{ userId: number; now: Instant }>) =>
  query
    .updateTable('management_tokens')
    .set({ revoked_at: p('now') })
    .where('user_id', '=', p('userId'))
    .where('revoked_at', 'is', null),
)

/** Adds a token unless it was there before, or its user has `limit` that work. */
export function* createManagementToken(
  token: NewManagementToken,
  limit: number,
): Verb<'created' | 'repeated' | 'ended' | 'full'> {
  const { digest, userId, name, createdAt, expiresAt } = token
  const row = { digest, userId, name, createdAt, expiresAt, limit }
  if ((yield* change(insertToken, row)) > 0) return 'created'
  const present = yield* one(selectToken, { digest })
  if (present === undefined) return 'full'
  const works = present.revoked_at === null && present.expires_at > createdAt
  return works && present.user_id === userId ? 'repeated' : 'ended'
}

/** A token that works, and its user. */
export function* findManagementToken(
  digest: Digest,
  now: Instant,
): Verb<{ user: User; usedAt: Instant | null } | undefined> {
  const row = yield* one(selectLive, { digest, now })
  return row && { user: toUser(row), usedAt: row.used_at }
}

/** Notes that a token was used. */
export function* touchManagementToken(digest: Digest, now: Instant): Verb<void> {
  yield* change(setUsed, { digest, now })
}

/** The tokens of a user that work, the newest first. */
export function* listManagementTokens(userId: number, now: Instant): Verb<readonly ManagementToken[]> {
  const rows = yield* all(selectOfUser, { userId, now })
  return rows.map((row) => ({
    digest: row.digest,
    userId: row.user_id,
    name: row.name,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
  }))
}

/** Ends a token of this user. */
export function* revokeManagementToken(userId: number, digest: Digest, now: Instant): Verb<boolean> {
  return (yield* change(revokeOwn, { userId, digest, now })) > 0
}

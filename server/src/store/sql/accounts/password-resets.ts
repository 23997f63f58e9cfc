import type { MailBounds, MailLink } from '../../contract/mail-links.ts'
import type { Digest, Instant, User } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { toUser, userColumns } from './user-row.ts'

type OfUser = { userId: number; now: Instant }

const countSince = statement((p: Placeholder<{ userId: number; since: Instant; repeatSince: Instant }>) =>
  query
    .selectFrom('password_resets')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn
        .countAll<number>()
        .filterWhere('ended_at', 'is', null)
        .filterWhere('created_at', '>', p('repeatSince'))
        .as('fresh'),
    ])
    .where('user_id', '=', p('userId'))
    .where('created_at', '>', p('since')),
)

const insertReset = statement((p: Placeholder<Pick<MailLink, keyof MailLink>>) =>
  query
    .insertInto('password_resets')
    .columns(['digest', 'user_id', 'created_at', 'expires_at'])
    .expression(
      query
        .selectFrom('users')
        .select([
          p('digest').as('digest'),
          p('userId').as('user_id'),
          p('createdAt').as('created_at'),
          p('expiresAt').as('expires_at'),
        ])
        .where('id', '=', p('userId'))
        .where('email_confirmed_at', 'is not', null),
    ),
)

const endResets = statement((p: Placeholder<OfUser>) =>
  query
    .updateTable('password_resets')
    .set({ ended_at: p('now') })
    .where('user_id', '=', p('userId'))
    .where('ended_at', 'is', null),
)

const selectReset = statement((p: Placeholder<{ digest: Digest; now: Instant }>) =>
  query
    .selectFrom('password_resets')
    .innerJoin('users', 'users.id', 'password_resets.user_id')
    .select(userColumns)
    .where('digest', '=', p('digest'))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', p('now'))
    .where('disabled_at', 'is', null)
    .where('email_confirmed_at', 'is not', null),
)

const selectEnded = statement((p: Placeholder<{ digest: Digest; now: Instant }>) =>
  query
    .selectFrom('password_resets')
    .innerJoin('users', 'users.id', 'password_resets.user_id')
    .select(userColumns)
    .where('digest', '=', p('digest'))
    .where('ended_at', 'is not', null)
    .where('expires_at', '>', p('now')),
)

const endReset = statement((p: Placeholder<OfUser & { digest: Digest }>) =>
  query
    .updateTable('password_resets')
    .set({ ended_at: p('now') })
    .where('digest', '=', p('digest'))
    .where('user_id', '=', p('userId'))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', p('now')),
)

/** Forgets every link to a new password of a user. */
export const deleteResetsOfUser = statement((p: Placeholder<{ userId: number }>) =>
  query.deleteFrom('password_resets').where('user_id', '=', p('userId')),
)

/** Makes a link to a new password. */
export function* createReset(link: MailLink, { since, atMost, repeatSince }: MailBounds): Verb<boolean> {
  const made = yield* one(countSince, { userId: link.userId, since, repeatSince })
  if (made !== undefined && (made.count >= atMost || made.fresh > 0)) return false
  yield* endResetsOf(link.userId, link.createdAt)
  return (yield* change(insertReset, { ...link })) > 0
}

/** Ends every link to a new password of a user. */
export function* endResetsOf(userId: number, now: Instant): Verb<void> {
  yield* change(endResets, { userId, now })
}

/** The user of a link that would work now. */
export function* findReset(digest: Digest, now: Instant): Verb<User | undefined> {
  const row = yield* one(selectReset, { digest, now })
  return row && toUser(row)
}

/** The user of a link that has ended before its time. */
export function* findEndedReset(digest: Digest, now: Instant): Verb<User | undefined> {
  const row = yield* one(selectEnded, { digest, now })
  return row && toUser(row)
}

/** Takes a link from its user, which works once. */
export function* takeReset(digest: Digest, userId: number, now: Instant): Verb<boolean> {
  return (yield* change(endReset, { digest, userId, now })) > 0
}

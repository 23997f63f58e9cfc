import type { EmailConfirmation, MailBounds, MailLink } from '../../contract/mail-links.ts'
import type { Digest, Instant, User } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { takeEmail } from './email-claims.ts'
import { emailKey } from './login-keys.ts'
import { endResetsOf } from './password-resets.ts'
import { toUser, userColumns } from './user-row.ts'

type OfUser = { userId: number; now: Instant }
type OfLink = { digest: Digest; now: Instant }
type Asked = { userId: number; emailKey: string; since: Instant; repeatSince: Instant }

const countSince = statement((p: Placeholder<Asked>) =>
  query
    .selectFrom('email_changes')
    .select(({ fn, selectFrom }) => [
      // Links to the address that an account has are held by the bound of that address alone.
      fn
        .countAll<number>()
        .filterWhere('user_id', '=', p('userId'))
        .filterWhere(
          'email_key',
          'is distinct from',
          selectFrom('users').select('users.email_key').where('users.id', '=', p('userId')),
        )
        .as('ofUser'),
      fn.countAll<number>().filterWhere('email_key', '=', p('emailKey')).as('ofAddress'),
      fn
        .countAll<number>()
        .filterWhere('user_id', '=', p('userId'))
        .filterWhere('email_key', '=', p('emailKey'))
        .filterWhere('ended_at', 'is', null)
        .filterWhere('created_at', '>', p('repeatSince'))
        .as('fresh'),
    ])
    .where((is) => is.or([is('user_id', '=', p('userId')), is('email_key', '=', p('emailKey'))]))
    .where('created_at', '>', p('since')),
)

const insertChange = statement(
  (p: Placeholder<Pick<MailLink, keyof MailLink> & { email: string; emailKey: string }>) =>
    query.insertInto('email_changes').values((set) => ({
      digest: p('digest'),
      user_id: p('userId'),
      email: p('email'),
      email_key: p('emailKey'),
      created_at: p('createdAt'),
      expires_at: p('expiresAt'),
      ended_at: set.lit(null),
    })),
)

const endChanges = statement((p: Placeholder<OfUser>) =>
  query
    .updateTable('email_changes')
    .set({ ended_at: p('now') })
    .where('user_id', '=', p('userId'))
    .where('ended_at', 'is', null),
)

const selectChange = statement((p: Placeholder<OfLink>) =>
  query
    .selectFrom('email_changes')
    .innerJoin('users', 'users.id', 'email_changes.user_id')
    .select(userColumns)
    .select('email_changes.email as new_email')
    .where('digest', '=', p('digest'))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', p('now'))
    .where('disabled_at', 'is', null),
)

// A link that is opened again: it confirmed this address at that moment, and the address is still the account's.
const selectConfirmed = statement((p: Placeholder<{ digest: Digest }>) =>
  query
    .selectFrom('email_changes')
    .innerJoin('users', 'users.id', 'email_changes.user_id')
    .select('users.id')
    .where('digest', '=', p('digest'))
    .whereRef('users.email', '=', 'email_changes.email')
    .whereRef('users.email_confirmed_at', '=', 'email_changes.ended_at')
    .where('disabled_at', 'is', null),
)

const selectPending = statement((p: Placeholder<OfUser>) =>
  query
    .selectFrom('email_changes')
    .select('email')
    .where('user_id', '=', p('userId'))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', p('now')),
)

/** Forgets every change of address of a user. */
export const deleteEmailChangesOfUser = statement((p: Placeholder<{ userId: number }>) =>
  query.deleteFrom('email_changes').where('user_id', '=', p('userId')),
)

/** Makes a link that proves a new address. */
export function* createEmailChange(
  { email, ...link }: MailLink & { readonly email: string },
  { since, atMost, repeatSince }: MailBounds,
): Verb<'created' | 'repeated' | 'bounded'> {
  const key = emailKey(email)
  const made = yield* one(countSince, { userId: link.userId, emailKey: key, since, repeatSince })
  if (made !== undefined && made.fresh > 0) return 'repeated'
  if (made !== undefined && Math.max(made.ofUser, made.ofAddress) >= atMost) return 'bounded'
  yield* endEmailChangesOf(link.userId, link.createdAt)
  yield* change(insertChange, { ...link, email, emailKey: key })
  return 'created'
}

/** Ends every change of address of a user. */
export function* endEmailChangesOf(userId: number, now: Instant): Verb<void> {
  yield* change(endChanges, { userId, now })
}

/** The change of a link that would work now. */
export function* findEmailChange(
  digest: Digest,
  now: Instant,
): Verb<{ readonly user: User; readonly email: string } | undefined> {
  const row = yield* one(selectChange, { digest, now })
  return row && { user: toUser(row), email: row.new_email }
}

/** The address that waits to be confirmed. */
export function* findPendingEmail(userId: number, now: Instant): Verb<string | undefined> {
  return (yield* one(selectPending, { userId, now }))?.email
}

/** Uses a link once. */
export function* confirmEmailChange(digest: Digest, now: Instant): Verb<EmailConfirmation> {
  const row = yield* one(selectChange, { digest, now })
  if (row === undefined)
    return { outcome: (yield* one(selectConfirmed, { digest })) === undefined ? 'gone' : 'repeated' }
  const { id: userId, new_email: email } = row
  yield* endEmailChangesOf(userId, now)
  if (!(yield* takeEmail(userId, email, now))) return { outcome: 'taken' }
  yield* endResetsOf(userId, now)
  return { outcome: 'changed', user: toUser(row), email }
}

import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Instant } from '../../contract/store.ts'
import type { Schema } from '../schema.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, type Verb } from '../transaction.ts'
import { emailKey } from './login-keys.ts'

type Claim = { userId: number; emailKey: string; now: Instant }

/** Whether a row of `users` is meant by an address: confirmed there, or named there while nobody has confirmed it. */
export const emailClaims = (
  is: ExpressionBuilder<Schema, 'users'>,
  key: Expression<string>,
): Expression<SqlBool> =>
  is.and([
    is('users.email_key', '=', key),
    is.or([
      is('users.email_confirmed_at', 'is not', null),
      is.not(
        is.exists(
          is
            .selectFrom('users as owner')
            .select('owner.id')
            .where('owner.email_key', '=', key)
            .where('owner.email_confirmed_at', 'is not', null),
        ),
      ),
    ]),
  ])

const setEmail = statement((p: Placeholder<Claim & { email: string }>) =>
  query
    .updateTable('users')
    .set({
      email: p('email'),
      email_key: p('emailKey'),
      email_confirmed_at: p('now'),
      updated_at: p('now'),
    })
    .where('id', '=', p('userId'))
    .where('disabled_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('users as other')
            .select('other.id')
            .where('other.email_key', '=', p('emailKey'))
            .where('other.email_confirmed_at', 'is not', null)
            .where('other.id', '<>', p('userId')),
        ),
      ),
    ),
)

const dropClaims = statement((p: Placeholder<Claim>) =>
  query
    .updateTable('users')
    .set((set) => ({ email_key: set.lit(null), updated_at: p('now') }))
    .where('email_key', '=', p('emailKey'))
    .where('email_confirmed_at', 'is', null)
    .where('id', '<>', p('userId')),
)

/** Makes an address a user's own, unless another has confirmed it or the user is disabled. */
export function* takeEmail(userId: number, email: string, now: Instant): Verb<boolean> {
  const key = emailKey(email)
  if ((yield* change(setEmail, { userId, email, emailKey: key, now })) === 0) return false
  yield* dropOtherClaims(userId, key, now)
  return true
}

/** Takes an address from everybody who only named it. */
export function* dropOtherClaims(userId: number, key: string, now: Instant): Verb<void> {
  yield* change(dropClaims, { userId, emailKey: key, now })
}

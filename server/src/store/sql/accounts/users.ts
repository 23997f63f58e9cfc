import type { Credentials, Instant, NewUser, User, UserCreation } from '../../contract/store.ts'
import { searchKey } from '../music/search-key.ts'
import { rename } from '../search/documents.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { dropOtherClaims, emailClaims, takeEmail } from './email-claims.ts'
import { emailKey, handleKey, loginKey } from './login-keys.ts'
import { toUser, userColumns } from './user-row.ts'

type UserValues = {
  handle: string
  handleKey: string
  name: string
  nameKey: string
  email: string
  emailKey: string
  emailConfirmedAt: Instant | null
  /** Whether another account that names the address, confirmed or not, is in the way. */
  isFirst: 0 | 1
  passwordHash: string
  isVerified: 0 | 1
  profilePicture: string | null
  now: Instant
}

const insertUser = statement((p: Placeholder<UserValues>) =>
  query
    .insertInto('users')
    .columns([
      'handle',
      'handle_key',
      'name',
      'name_key',
      'email',
      'email_key',
      'email_confirmed_at',
      'password_hash',
      'is_verified',
      'profile_picture',
      'created_at',
      'updated_at',
    ])
    .expression(
      query
        .selectNoFrom([
          p('handle').as('handle'),
          p('handleKey').as('handle_key'),
          p('name').as('name'),
          p('nameKey').as('name_key'),
          p('email').as('email'),
          p('emailKey').as('email_key'),
          p('emailConfirmedAt').as('email_confirmed_at'),
          p('passwordHash').as('password_hash'),
          p('isVerified').as('is_verified'),
          p('profilePicture').as('profile_picture'),
          p('now').as('created_at'),
          p('now').as('updated_at'),
        ])
        .where((is) =>
          is.or([
            is(p('isFirst'), '=', is.lit(0)),
            is.not(
              is.exists(
                is
                  .selectFrom('users as other')
                  .select('other.id')
                  .where('other.email_key', '=', p('emailKey')),
              ),
            ),
          ]),
        ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(userColumns),
)

const selectByHandle = statement((p: Placeholder<{ handleKey: string }>) =>
  query.selectFrom('users').select(userColumns).where('handle_key', '=', p('handleKey')),
)

const selectCredentials = statement((p: Placeholder<{ login: string; most: number }>) =>
  query
    .selectFrom('users')
    .select(userColumns)
    .select('password_hash')
    .where((is) => is.or([is('handle_key', '=', p('login')), emailClaims(is, p('login'))]))
    .orderBy('id')
    .limit(p('most')),
)

const selectEmailOwner = statement((p: Placeholder<{ emailKey: string }>) =>
  query
    .selectFrom('users')
    .select(userColumns)
    .where('email_key', '=', p('emailKey'))
    .where('email_confirmed_at', 'is not', null),
)

const selectAll = statement(() => query.selectFrom('users').select(userColumns).orderBy('id'))

const setVerified = statement((p: Placeholder<{ handleKey: string; now: Instant }>) =>
  query
    .updateTable('users')
    .set({ is_verified: 1, updated_at: p('now') })
    .where('handle_key', '=', p('handleKey')),
)

/** Accounts that name one address and are asked for their password when it signs in; each costs a check. */
const mostClaims = 3

/** Adds a user unless the handle is taken, or the address by what the user claims of it. */
export function* createUser({ emailClaim, ...user }: NewUser): Verb<UserCreation> {
  const keys = {
    handleKey: handleKey(user.handle),
    emailKey: emailKey(user.email),
    nameKey: searchKey(user.name),
  }
  const row = yield* one(insertUser, {
    ...user,
    ...keys,
    isVerified: user.isVerified ? 1 : 0,
    emailConfirmedAt: emailClaim === 'confirmed' ? user.now : null,
    isFirst: emailClaim === 'first' ? 1 : 0,
  })
  if (row) {
    yield* rename(row)
    if (emailClaim === 'confirmed') yield* dropOtherClaims(row.id, keys.emailKey, user.now)
    return { outcome: 'created', user: toUser(row) }
  }
  const sameHandle = yield* one(selectByHandle, { handleKey: keys.handleKey })
  return { outcome: 'taken', field: sameHandle ? 'handle' : 'email' }
}

/** Whom this handle or e-mail may mean, and the password hashes to check. */
export function* findCredentials(login: string): Verb<readonly Credentials[]> {
  const rows = yield* all(selectCredentials, { login: loginKey(login), most: mostClaims })
  return rows.map((row) => ({ user: toUser(row), passwordHash: row.password_hash }))
}

/** The user who has confirmed this address. */
export function* findEmailOwner(email: string): Verb<User | undefined> {
  const row = yield* one(selectEmailOwner, { emailKey: emailKey(email) })
  return row && toUser(row)
}

/** Confirms the address of a user, unless another account has confirmed it. */
export function* confirmEmail(handle: string, now: Instant): Verb<'confirmed' | 'taken' | 'unknown'> {
  const row = yield* one(selectByHandle, { handleKey: handleKey(handle) })
  if (row === undefined || row.disabled_at !== null) return 'unknown'
  const isTheirs = yield* takeEmail(row.id, row.email, now)
  return isTheirs ? 'confirmed' : 'taken'
}

/** The user of this handle. */
export function* findUserByHandle(handle: string): Verb<User | undefined> {
  const row = yield* one(selectByHandle, { handleKey: handleKey(handle) })
  return row && toUser(row)
}

/** Every user, in the order they came. */
export function* listUsers(): Verb<readonly User[]> {
  return (yield* all(selectAll, {})).map(toUser)
}

/** Marks a user as verified. */
export function* verifyUser(handle: string, now: Instant): Verb<boolean> {
  return (yield* change(setVerified, { handleKey: handleKey(handle), now })) > 0
}

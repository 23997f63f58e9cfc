import type { Instant, NewUser, User, UserCreation } from '../../contract/store.ts'
import { searchKey } from '../music/search-key.ts'
import { deleteCodesOfUser } from '../oauth/codes.ts'
import { revokeFamiliesOfUser } from '../oauth/tokens.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { deleteSessionsOfUser } from './sessions.ts'
import { toUser, userColumns } from './user-row.ts'

const insertUser = statement(
  (
    p: Placeholder<{
      handle: string
      handleKey: string
      name: string
      nameKey: string
      email: string
      emailKey: string
      passwordHash: string
      isVerified: 0 | 1
      profilePicture: string | null
      now: Instant
    }>,
  ) =>
    query
      .insertInto('users')
      .values({
        handle: p('handle'),
        handle_key: p('handleKey'),
        name: p('name'),
        name_key: p('nameKey'),
        email: p('email'),
        email_key: p('emailKey'),
        password_hash: p('passwordHash'),
        is_verified: p('isVerified'),
        profile_picture: p('profilePicture'),
        created_at: p('now'),
        updated_at: p('now'),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning(userColumns),
)

const selectByHandle = statement((p: Placeholder<{ handleKey: string }>) =>
  query.selectFrom('users').select(userColumns).where('handle_key', '=', p('handleKey')),
)

const selectCredentials = statement((p: Placeholder<{ login: string }>) =>
  query
    .selectFrom('users')
    .select(userColumns)
    .select('password_hash')
    .where((is) => is.or([is('handle_key', '=', p('login')), is('email_key', '=', p('login'))]))
    // Should one's handle be another's e-mail, the older account keeps the name.
    .orderBy('id')
    .limit(1),
)

const selectAll = statement(() => query.selectFrom('users').select(userColumns).orderBy('id'))

const setVerified = statement((p: Placeholder<{ handleKey: string; now: Instant }>) =>
  query
    .updateTable('users')
    .set({ is_verified: 1, updated_at: p('now') })
    .where('handle_key', '=', p('handleKey')),
)

const setDisabled = statement((p: Placeholder<{ handleKey: string; now: Instant }>) =>
  query
    .updateTable('users')
    .set((set) => ({ disabled_at: set.fn.coalesce('disabled_at', p('now')), updated_at: p('now') }))
    .where('handle_key', '=', p('handleKey'))
    .returning('id'),
)

/** Adds a user unless the handle or the e-mail is taken, in any case. */
export function* createUser(user: NewUser): Verb<UserCreation> {
  const keys = { handleKey: fold(user.handle), emailKey: fold(user.email), nameKey: searchKey(user.name) }
  const row = yield* one(insertUser, { ...user, ...keys, isVerified: user.isVerified ? 1 : 0 })
  if (row) return { outcome: 'created', user: toUser(row) }
  const sameHandle = yield* one(selectByHandle, { handleKey: keys.handleKey })
  return { outcome: 'taken', field: sameHandle ? 'handle' : 'email' }
}

/** The user of this handle or e-mail, and the password hash to check. */
export function* findCredentials(login: string): Verb<{ user: User; passwordHash: string } | undefined> {
  const row = yield* one(selectCredentials, { login: fold(login) })
  return row && { user: toUser(row), passwordHash: row.password_hash }
}

/** The user of this handle. */
export function* findUserByHandle(handle: string): Verb<User | undefined> {
  const row = yield* one(selectByHandle, { handleKey: fold(handle) })
  return row && toUser(row)
}

/** Every user, in the order they came. */
export function* listUsers(): Verb<readonly User[]> {
  return (yield* all(selectAll, {})).map(toUser)
}

/** Marks a user as verified. */
export function* verifyUser(handle: string, now: Instant): Verb<boolean> {
  return (yield* change(setVerified, { handleKey: fold(handle), now })) > 0
}

/** Disables a user and ends what they had; disabling twice keeps the first time. */
export function* disableUser(handle: string, now: Instant): Verb<boolean> {
  const user = yield* one(setDisabled, { handleKey: fold(handle), now })
  if (!user) return false
  yield* change(deleteSessionsOfUser, { userId: user.id })
  yield* change(deleteCodesOfUser, { userId: user.id })
  yield* change(revokeFamiliesOfUser, { userId: user.id, now })
  return true
}

export function fold(name: string): string {
  return name.toLowerCase()
}

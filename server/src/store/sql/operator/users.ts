import type { Instant, User } from '../../contract/types.ts'
import { deleteUser, endAllThatActs, endEverythingOf } from '../accounts/account.ts'
import { handleKey } from '../accounts/login-keys.ts'
import { toUser, userColumns } from '../accounts/user-row.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, one, type Verb } from '../transaction.ts'

const most = 100

const selectLike = statement((p: Placeholder<{ pattern: string }>) =>
  query
    .selectFrom('users')
    .select(userColumns)
    .where((is) =>
      is.or(
        (['handle_key', 'email_key', 'name_key'] as const).map((column) =>
          is(is.fn<number>('instr', [column, p('pattern')]), '>', is.lit(0)),
        ),
      ),
    )
    .orderBy('id')
    .limit(most),
)

type OfHandle = { handleKey: string; now: Instant }

const setDisabled = statement((p: Placeholder<OfHandle>) =>
  query
    .updateTable('users')
    .set((set) => ({ disabled_at: set.fn.coalesce('disabled_at', p('now')), updated_at: p('now') }))
    .where('handle_key', '=', p('handleKey'))
    .returning('id'),
)

/** A deleted account has no name; it stays disabled. */
const setEnabled = statement((p: Placeholder<OfHandle & { nothing: string }>) =>
  query
    .updateTable('users')
    .set((set) => ({ disabled_at: set.lit(null), updated_at: p('now') }))
    .where('handle_key', '=', p('handleKey'))
    .where('name', '<>', p('nothing'))
    .returning(['id', 'password_hash']),
)

const setHash = statement((p: Placeholder<OfHandle & { hash: string; nothing: string }>) =>
  query
    .updateTable('users')
    .set({ password_hash: p('hash'), updated_at: p('now') })
    .where('handle_key', '=', p('handleKey'))
    .where('name', '<>', p('nothing'))
    .returning('id'),
)

/** Accounts that a text is found in. */
export function* findUsers(text: string): Verb<readonly User[]> {
  return (yield* all(selectLike, { pattern: handleKey(text) })).map(toUser)
}

/** Disables a user and ends what acted for them; disabling twice keeps the first time. */
export function* disableUser(handle: string, now: Instant): Verb<boolean> {
  const user = yield* one(setDisabled, { handleKey: handleKey(handle), now })
  if (!user) return false
  yield* endAllThatActs(user.id, now)
  return true
}

/** Lets a disabled user in again: by what they know and hold, as nothing of before acts for them. */
export function* enableUser(handle: string, now: Instant): Verb<boolean> {
  return (yield* one(setEnabled, { handleKey: handleKey(handle), now, nothing: '' })) !== undefined
}

/** Sets a password; nothing that was signed in stays so. */
export function* setPassword(handle: string, passwordHash: string, now: Instant): Verb<boolean> {
  const user = yield* one(setHash, { handleKey: handleKey(handle), now, hash: passwordHash, nothing: '' })
  if (user === undefined) return false
  yield* endEverythingOf(user.id, now)
  return true
}

/** Deletes an account. */
export function* removeUser(handle: string, deadHash: string, now: Instant): Verb<boolean> {
  // What is deleted is live until then, so that there is one deletion for all.
  const user = yield* one(setEnabled, { handleKey: handleKey(handle), now, nothing: '' })
  if (user === undefined) return false
  return yield* deleteUser({ userId: user.id, passwordHash: user.password_hash, deadHash, now })
}

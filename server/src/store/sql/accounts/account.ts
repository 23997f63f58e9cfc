import type { AccountDeletion, PasswordChange } from '../../contract/account.ts'
import type { PasswordReset } from '../../contract/mail-links.ts'
import type { Instant, NewSession } from '../../contract/store.ts'
import { deleteApp } from '../apps/apps.ts'
import { forgetImports } from '../imports/items.ts'
import { leave } from '../listening/leave.ts'
import { deleteCodesOfUser } from '../oauth/codes.ts'
import { revokeFamiliesOfUser } from '../oauth/tokens.ts'
import { tellApps } from '../outbox/tell-apps.ts'
import { hideAllOf } from '../search/documents.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { deleteEmailChangesOfUser, endEmailChangesOf } from './email-changes.ts'
import { deleteBrowsersOfUser } from './known-browsers.ts'
import { revokeManagementTokensOfUser } from './management-tokens.ts'
import { deletePasskeysOfUser } from './passkeys.ts'
import { deleteResetsOfUser, endResetsOf, takeReset } from './password-resets.ts'
import { createSession, deleteSessionsOfUser, endSessionsBut } from './sessions.ts'

type OfUser = { userId: number }

const setPassword = statement((p: Placeholder<OfUser & { from: string; to: string; now: Instant }>) =>
  query
    .updateTable('users')
    .set({ password_hash: p('to'), updated_at: p('now') })
    .where('id', '=', p('userId'))
    .where('password_hash', '=', p('from'))
    .where('disabled_at', 'is', null),
)

const resetHash = statement((p: Placeholder<OfUser & { to: string; now: Instant }>) =>
  query
    .updateTable('users')
    .set({ password_hash: p('to'), updated_at: p('now') })
    .where('id', '=', p('userId'))
    .where('email_confirmed_at', 'is not', null)
    .where('disabled_at', 'is', null),
)

const deleteGrants = statement((p: Placeholder<OfUser>) =>
  query.deleteFrom('grants').where('user_id', '=', p('userId')),
)

// The row stays, so that the handle is never somebody else's; what it says of a person goes.
const empty = statement(
  (p: Placeholder<OfUser & { passwordHash: string; deadHash: string; nothing: string; now: Instant }>) =>
    query
      .updateTable('users')
      .set((set) => ({
        name: p('nothing'),
        name_key: p('nothing'),
        email: p('nothing'),
        email_key: set.lit(null),
        email_confirmed_at: set.lit(null),
        password_hash: p('deadHash'),
        is_verified: set.lit(0),
        bio: set.lit(null),
        location: set.lit(null),
        website: set.lit(null),
        profile_picture: set.lit(null),
        cover_photo: set.lit(null),
        passkey_handle: set.lit(null),
        updated_at: p('now'),
        disabled_at: p('now'),
      }))
      .where('id', '=', p('userId'))
      .where('password_hash', '=', p('passwordHash'))
      .where('disabled_at', 'is', null)
      .returning('id'),
)

const selectApps = statement((p: Placeholder<OfUser>) =>
  query
    .selectFrom('apps')
    .select('api_key')
    .where('owner_id', '=', p('userId'))
    .where('deleted_at', 'is', null),
)

const deleteTracks = statement((p: Placeholder<OfUser & { now: Instant }>) =>
  query
    .updateTable('tracks')
    .set({ deleted_at: p('now'), updated_at: p('now') })
    .where('user_id', '=', p('userId'))
    .where('deleted_at', 'is', null),
)

const releaseUploads = statement((p: Placeholder<OfUser & { now: Instant }>) =>
  query
    .updateTable('uploads')
    .set((set) => ({ claimed_at: set.lit(null), released_at: p('now'), expires_at: p('now') }))
    .where('user_id', '=', p('userId')),
)

const uncountFavorites = statement((p: Placeholder<OfUser>) =>
  query
    .updateTable('tracks')
    .set((set) => ({ favorite_count: set('favorite_count', '-', set.lit(1)) }))
    .where('id', 'in', (from) =>
      from.selectFrom('favorites').select('track_id').where('user_id', '=', p('userId')),
    ),
)

const deleteFavorites = statement((p: Placeholder<OfUser>) =>
  query.deleteFrom('favorites').where('user_id', '=', p('userId')),
)

/** Changes a password; nothing that was signed in stays so but the session that starts with it. */
export function* changePassword({ userId, from, to, session, ...ends }: PasswordChange): Verb<boolean> {
  const now = session.createdAt
  if ((yield* change(setPassword, { userId, from, to, now })) === 0) return false
  yield* signInAnew(session, ends)
  return true
}

/** Sets a password by a link that works once, and ends whatever else opened the account. */
export function* resetPassword({ digest, to, session }: PasswordReset): Verb<boolean> {
  const { userId, createdAt: now } = session
  if (!(yield* takeReset(digest, userId, now))) return false
  if ((yield* change(resetHash, { userId, to, now })) === 0) return false
  yield* signInAnew(session, { endApps: true, endPasskeys: true })
  return true
}

/** What a new password means: nothing that was signed in stays so, and no link in mail works, but what starts now. */
function* signInAnew(
  session: NewSession,
  { endApps, endPasskeys }: Pick<PasswordChange, 'endApps' | 'endPasskeys'>,
): Verb<void> {
  const { userId, createdAt: now } = session
  if (endApps) {
    yield* tellApps('access.ended', { userId }, now)
    yield* endAllAccess(userId, now)
  }
  // The browser in which it is changed goes on, by a session of its own, which keeps its name for apps that keep their access.
  yield* endSessionsBut(userId, endApps ? session.digest : (session.replaces ?? session.digest), now)
  yield* change(deleteBrowsersOfUser, { userId })
  yield* endResetsOf(userId, now)
  yield* endEmailChangesOf(userId, now)
  yield* createSession(session)
  if (endPasskeys) yield* change(deletePasskeysOfUser, { userId })
}

/** Deletes an account and all that hangs on it. */
export function* deleteUser({ userId, passwordHash, deadHash, now }: AccountDeletion): Verb<boolean> {
  const gone = yield* one(empty, { userId, passwordHash, deadHash, nothing: '', now })
  if (gone === undefined) return false
  yield* tellApps('account.deleted', { userId }, now)
  yield* change(deleteSessionsOfUser, { userId })
  yield* change(deleteBrowsersOfUser, { userId })
  yield* change(deletePasskeysOfUser, { userId })
  yield* change(deleteResetsOfUser, { userId })
  yield* change(deleteEmailChangesOfUser, { userId })
  yield* endAllAccess(userId, now)
  for (const { api_key: apiKey } of yield* all(selectApps, { userId })) yield* deleteApp(apiKey, now)
  yield* change(uncountFavorites, { userId })
  yield* change(deleteFavorites, { userId })
  yield* change(deleteTracks, { userId, now })
  yield* hideAllOf(userId)
  yield* leave(userId, now)
  yield* forgetImports(userId)
  yield* change(releaseUploads, { userId, now })
  return true
}

/** Ends all that could act for a user, keys and links included: nobody stays in but by the password. */
export function* endEverythingOf(userId: number, now: Instant): Verb<void> {
  yield* change(deleteBrowsersOfUser, { userId })
  yield* change(deletePasskeysOfUser, { userId })
  yield* endAllThatActs(userId, now)
}

/** Ends all that acts for a user, links in mail included, and leaves what they sign in with. */
export function* endAllThatActs(userId: number, now: Instant): Verb<void> {
  yield* change(deleteSessionsOfUser, { userId })
  yield* endResetsOf(userId, now)
  yield* endEmailChangesOf(userId, now)
  yield* tellApps('access.ended', { userId }, now)
  yield* endAllAccess(userId, now)
}

/** Ends what acts for a user without a session: apps and management tokens. */
function* endAllAccess(userId: number, now: Instant): Verb<void> {
  yield* change(deleteGrants, { userId })
  yield* change(deleteCodesOfUser, { userId })
  yield* change(revokeManagementTokensOfUser, { userId, now })
  yield* change(revokeFamiliesOfUser, { userId, now })
}

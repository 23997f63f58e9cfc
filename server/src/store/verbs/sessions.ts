import { type Placeholder, query, statement } from '../statement.ts'
import type { Digest, Instant, NewSession, Session } from '../store.ts'
import { change, one, type Verb } from '../verb.ts'
import { toUser, userColumns } from './user-row.ts'

const insertSession = statement(
  (p: Placeholder<{ digest: Digest; userId: number; createdAt: Instant; expiresAt: Instant }>) =>
    query.insertInto('sessions').values({
      digest: p('digest'),
      user_id: p('userId'),
      created_at: p('createdAt'),
      expires_at: p('expiresAt'),
    }),
)

const selectSession = statement((p: Placeholder<{ digest: Digest; now: Instant }>) =>
  query
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(userColumns)
    .select('sessions.created_at as session_created_at')
    .where('sessions.digest', '=', p('digest'))
    .where('sessions.expires_at', '>', p('now'))
    .where('users.disabled_at', 'is', null),
)

const deleteByDigest = statement((p: Placeholder<{ digest: Digest }>) =>
  query.deleteFrom('sessions').where('digest', '=', p('digest')),
)

/** Ends every session of a user. */
export const deleteSessionsOfUser = statement((p: Placeholder<{ userId: number }>) =>
  query.deleteFrom('sessions').where('user_id', '=', p('userId')),
)

/** Starts a session and ends the one it replaces. */
export function* createSession(session: NewSession): Verb<void> {
  if (session.replaces) yield* change(deleteByDigest, { digest: session.replaces })
  yield* change(insertSession, {
    digest: session.digest,
    userId: session.userId,
    createdAt: session.createdAt,
    expiresAt: session.expiresAt,
  })
}

/** A session that is not expired, of a user who is not disabled. */
export function* findSession(digest: Digest, now: Instant): Verb<Session | undefined> {
  const row = yield* one(selectSession, { digest, now })
  return row && { user: toUser(row), createdAt: row.session_created_at }
}

/** Ends a session, if there is one. */
export function* deleteSession(digest: Digest): Verb<void> {
  yield* change(deleteByDigest, { digest })
}

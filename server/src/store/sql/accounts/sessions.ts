import { sidOf } from '../../contract/session-name.ts'
import type {
  BegunSession,
  Digest,
  Instant,
  ListedSession,
  NewSession,
  Place,
  Session,
  SessionOfUser,
  SignInMethod,
  SignInProof,
} from '../../contract/store.ts'
import { tellOfLogout } from '../outbox/tell-apps.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { forgetOtherBrowsers, knowBrowser } from './known-browsers.ts'
import { toUser, userColumns } from './user-row.ts'

type PlaceValues = Pick<Place, keyof Place>

const insertSession = statement(
  (
    p: Placeholder<
      {
        digest: Digest
        userId: number
        createdAt: Instant
        expiresAt: Instant
        method: SignInMethod | null
        sid: string | null
      } & PlaceValues
    >,
  ) =>
    query.insertInto('sessions').values({
      digest: p('digest'),
      user_id: p('userId'),
      created_at: p('createdAt'),
      expires_at: p('expiresAt'),
      device: p('device'),
      network: p('network'),
      used_at: p('createdAt'),
      authenticated_at: p('createdAt'),
      method: p('method'),
      sid: p('sid'),
    }),
)

// An update, so that what ends the session at the same time and what is written in it wait for each other.
const use = statement((p: Placeholder<{ digest: Digest; userId: number; now: Instant }>) =>
  query
    .updateTable('sessions')
    .set({ used_at: p('now') })
    .where('digest', '=', p('digest'))
    .where('user_id', '=', p('userId'))
    .where('expires_at', '>', p('now'))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('users')
          .select('users.id')
          .whereRef('users.id', '=', 'sessions.user_id')
          .where('users.disabled_at', 'is', null),
      ),
    ),
)

const selectByPassword = statement((p: Placeholder<{ userId: number; passwordHash: string }>) =>
  query
    .selectFrom('users')
    .select('id')
    .where('id', '=', p('userId'))
    .where('password_hash', '=', p('passwordHash'))
    .where('disabled_at', 'is', null)
    .forNoKeyUpdate(),
)

const selectByPasskey = statement((p: Placeholder<{ userId: number; passkeyId: string }>) =>
  query
    .selectFrom('passkeys')
    .innerJoin('users', 'users.id', 'passkeys.user_id')
    .select('users.id')
    .where('users.id', '=', p('userId'))
    .where('passkeys.id', '=', p('passkeyId'))
    .where('users.disabled_at', 'is', null)
    .forNoKeyUpdate(),
)

const selectOfUser = statement((p: Placeholder<{ userId: number; now: Instant }>) =>
  query
    .selectFrom('sessions')
    .select(['digest', 'device', 'network', 'created_at', 'used_at'])
    .where('user_id', '=', p('userId'))
    .where('expires_at', '>', p('now'))
    .orderBy('used_at', 'desc')
    .orderBy('created_at', 'desc'),
)

const touch = statement((p: Placeholder<{ digest: Digest; now: Instant } & PlaceValues>) =>
  query
    .updateTable('sessions')
    .set({ used_at: p('now'), device: p('device'), network: p('network') })
    .where('digest', '=', p('digest')),
)

const setAuthenticated = statement((p: Placeholder<{ digest: Digest; now: Instant; method: SignInMethod }>) =>
  query
    .updateTable('sessions')
    .set({ authenticated_at: p('now'), method: p('method') })
    .where('digest', '=', p('digest')),
)

const deleteOfUser = statement((p: Placeholder<{ userId: number; digest: Digest }>) =>
  query
    .deleteFrom('sessions')
    .where('user_id', '=', p('userId'))
    .where('digest', '=', p('digest'))
    .returning(['digest', 'sid']),
)

const deleteOthers = statement((p: Placeholder<{ userId: number; keep: Digest }>) =>
  query
    .deleteFrom('sessions')
    .where('user_id', '=', p('userId'))
    .where('digest', '<>', p('keep'))
    .returning(['digest', 'sid']),
)

const selectSession = statement((p: Placeholder<{ digest: Digest; now: Instant }>) =>
  query
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(userColumns)
    .select([
      'sessions.created_at as session_created_at',
      'sessions.used_at as session_used_at',
      'sessions.authenticated_at',
      'sessions.method',
      'sessions.digest',
      'sessions.sid',
    ])
    .where('sessions.digest', '=', p('digest'))
    .where('sessions.expires_at', '>', p('now'))
    .where('users.disabled_at', 'is', null),
)

const deleteReplaced = statement((p: Placeholder<{ digest: Digest }>) =>
  query.deleteFrom('sessions').where('digest', '=', p('digest')).returning(['user_id', 'digest', 'sid']),
)

const deleteByDigest = statement((p: Placeholder<{ digest: Digest }>) =>
  query.deleteFrom('sessions').where('digest', '=', p('digest')).returning(['digest', 'sid']),
)

/** Ends every session of a user whose apps are told otherwise. */
export const deleteSessionsOfUser = statement((p: Placeholder<{ userId: number }>) =>
  query.deleteFrom('sessions').where('user_id', '=', p('userId')),
)

/** Sessions that a user may have at once. */
const mostSessions = 50

const deleteBeyond = statement((p: Placeholder<{ userId: number; keep: Digest; others: number }>) =>
  query
    .deleteFrom('sessions')
    .where('user_id', '=', p('userId'))
    .where('digest', '<>', p('keep'))
    .where('digest', 'not in', (from) =>
      from
        .selectFrom('sessions as kept')
        .select('kept.digest')
        .where('kept.user_id', '=', p('userId'))
        .where('kept.digest', '<>', p('keep'))
        .orderBy('kept.used_at', 'desc')
        .orderBy('kept.created_at', 'desc')
        .limit(p('others')),
    )
    .returning(['digest', 'sid']),
)

/** Starts a session and ends the one it replaces, and of more than a user may have those that were used least lately. */
export function* createSession(session: NewSession): Verb<BegunSession | null> {
  const { createdAt: now, userId, proof = null } = session
  if (proof !== null && !(yield* stillOpens(userId, proof))) return null
  const replaced = session.replaces && (yield* one(deleteReplaced, { digest: session.replaces }))
  // Whoever signs in again goes on, under the name that apps know; whom somebody else replaces is signed out.
  const isOther = replaced && replaced.user_id !== userId
  if (isOther) yield* tellOfLogouts([replaced], now)
  const sid = replaced && !isOther ? nameOf(replaced) : null
  yield* change(insertSession, {
    digest: session.digest,
    userId: session.userId,
    createdAt: session.createdAt,
    expiresAt: session.expiresAt,
    method: session.method ?? null,
    sid,
    ...session.place,
  })
  const others = mostSessions - 1
  yield* tellOfLogouts(yield* all(deleteBeyond, { userId, keep: session.digest, others }), now)
  const isNewBrowser = yield* knowBrowser(session.userId, session.browser, session.createdAt)
  return { isNewBrowser, sid: sid ?? sidOf(session.digest) }
}

function* stillOpens(userId: number, proof: SignInProof): Verb<boolean> {
  const found =
    'passwordHash' in proof
      ? yield* one(selectByPassword, { userId, passwordHash: proof.passwordHash })
      : yield* one(selectByPasskey, { userId, passkeyId: proof.passkeyId })
  return found !== undefined
}

/** The sessions of a user, the last used first. */
export function* listSessions(userId: number, now: Instant): Verb<readonly ListedSession[]> {
  const rows = yield* all(selectOfUser, { userId, now })
  return rows.map(({ created_at: createdAt, used_at: usedAt, ...row }) => ({ ...row, createdAt, usedAt }))
}

/** Notes that a session is used, and where. */
export function* touchSession(digest: Digest, place: Place, now: Instant): Verb<void> {
  yield* change(touch, { digest, now, ...place })
}

/** Notes that a session is used for what is written next; false when it has ended, or its user is disabled. */
export function* useSession({ userId, session }: SessionOfUser, now: Instant): Verb<boolean> {
  return (yield* change(use, { digest: session, userId, now })) > 0
}

/** Ends one session of a user. */
export function* endSession(userId: number, digest: Digest, now: Instant | null = null): Verb<boolean> {
  const ended = yield* all(deleteOfUser, { userId, digest })
  if (now !== null) yield* tellOfLogouts(ended, now)
  return ended.length > 0
}

/** Ends every session of a user but one, and forgets their other browsers. */
export function* endOtherSessions(userId: number, keep: Digest, browser: Digest, now: Instant): Verb<number> {
  yield* forgetOtherBrowsers(userId, browser)
  return yield* endSessionsBut(userId, keep, now)
}

/** Ends every session of a user but one, and tells the apps of each. */
export function* endSessionsBut(userId: number, keep: Digest, now: Instant): Verb<number> {
  const ended = yield* all(deleteOthers, { userId, keep })
  yield* tellOfLogouts(ended, now)
  return ended.length
}

interface Named {
  readonly digest: Digest
  readonly sid: string | null
}

const nameOf = ({ digest, sid }: Named): string => sid ?? sidOf(digest)

function* tellOfLogouts(ended: readonly Named[], now: Instant): Verb<void> {
  for (const session of ended) yield* tellOfLogout({ sid: nameOf(session), now })
}

/** A session that is not expired, of a user who is not disabled. */
export function* findSession(digest: Digest, now: Instant): Verb<Session | undefined> {
  const row = yield* one(selectSession, { digest, now })
  return (
    row && {
      user: toUser(row),
      createdAt: row.session_created_at,
      usedAt: row.session_used_at,
      authenticatedAt: row.authenticated_at,
      method: row.method,
      sid: nameOf(row),
    }
  )
}

/** Notes that the person of a session has proven again that it is they. */
export function* reauthenticateSession(digest: Digest, now: Instant, method: SignInMethod): Verb<void> {
  yield* change(setAuthenticated, { digest, now, method })
}

/** Ends a session, if there is one. */
export function* deleteSession(digest: Digest, now: Instant | null = null): Verb<void> {
  const ended = yield* all(deleteByDigest, { digest })
  if (now !== null) yield* tellOfLogouts(ended, now)
}

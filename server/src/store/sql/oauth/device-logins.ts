import { deviceBinding } from '../../../limits.ts'
import type {
  DevicePoll,
  Digest,
  Identity,
  Instant,
  NewDeviceLogin,
  OpenDeviceLogin,
  Scope,
  SessionOfUser,
} from '../../contract/store.ts'
import { useSession } from '../accounts/sessions.ts'
import { factColumns, toFacts } from '../apps/facts.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { insertCode } from './codes.ts'
import { toColumn } from './identity.ts'

type NewValues = Omit<NewDeviceLogin, 'openid'> & { asksOpenId: 0 | 1; asksProfile: 0 | 1; asksEmail: 0 | 1 }

const insertLogin = statement((p: Placeholder<NewValues>) =>
  query
    .insertInto('device_logins')
    .values({
      digest: p('digest'),
      user_code: p('userCode'),
      api_key: p('apiKey'),
      scope: p('scope'),
      asks_openid: p('asksOpenId'),
      asks_profile: p('asksProfile'),
      asks_email: p('asksEmail'),
      created_at: p('createdAt'),
      expires_at: p('expiresAt'),
      interval_ms: p('intervalMs'),
      poll_at: p('createdAt'),
    })
    .onConflict((conflict) => conflict.column('user_code').doNothing()),
)

const countOpen = statement((p: Placeholder<{ apiKey: string; now: Instant }>) =>
  query
    .selectFrom('device_logins')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('api_key', '=', p('apiKey'))
    .where('expires_at', '>', p('now')),
)

const selectOpen = statement((p: Placeholder<{ userCode: Digest; now: Instant }>) =>
  query
    .selectFrom('device_logins as login')
    .innerJoin('apps', 'apps.api_key', 'login.api_key')
    .leftJoin('users as owner', 'owner.id', 'apps.owner_id')
    .select(['login.api_key', 'login.scope', 'login.asks_openid', 'login.asks_profile', 'login.asks_email'])
    .select(['login.created_at', 'apps.name', 'apps.logo', 'owner.handle', ...factColumns])
    .where('login.user_code', '=', p('userCode'))
    .where('login.answered_at', 'is', null)
    .where('login.expires_at', '>', p('now'))
    .where('apps.deleted_at', 'is', null)
    .where('apps.suspended_at', 'is', null),
)

const answer = statement((p: Placeholder<{ userCode: Digest; isAllowed: 0 | 1; now: Instant }>) =>
  query
    .updateTable('device_logins')
    .set({ answered_at: p('now'), is_allowed: p('isAllowed') })
    .where('user_code', '=', p('userCode'))
    .where('answered_at', 'is', null)
    .where('expires_at', '>', p('now'))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('apps')
          .select('apps.api_key')
          .whereRef('apps.api_key', '=', 'device_logins.api_key')
          .where('apps.deleted_at', 'is', null)
          .where('apps.suspended_at', 'is', null),
      ),
    )
    .returning(['digest', 'api_key', 'scope', 'expires_at']),
)

const selectAppName = statement((p: Placeholder<{ apiKey: string }>) =>
  query.selectFrom('apps').select('name').where('api_key', '=', p('apiKey')),
)

const selectPolled = statement((p: Placeholder<{ digest: Digest }>) =>
  query
    .selectFrom('device_logins')
    .select(['api_key', 'expires_at', 'interval_ms', 'poll_at', 'answered_at', 'is_allowed'])
    .where('digest', '=', p('digest')),
)

const notePoll = statement((p: Placeholder<{ digest: Digest; intervalMs: number; pollAt: Instant }>) =>
  query
    .updateTable('device_logins')
    .set({ interval_ms: p('intervalMs'), poll_at: p('pollAt') })
    .where('digest', '=', p('digest')),
)

/** Stores a login that a device begins, unless the app has too many of them open. */
export function* createDeviceLogin(
  { openid, ...login }: NewDeviceLogin,
  most: number,
): Verb<'created' | 'full' | 'taken'> {
  const open = yield* one(countOpen, { apiKey: login.apiKey, now: login.createdAt })
  if ((open?.count ?? 0) >= most) return 'full'
  const asks = {
    asksOpenId: openid ? (1 as const) : (0 as const),
    asksProfile: openid?.profile ? (1 as const) : (0 as const),
    asksEmail: openid?.email ? (1 as const) : (0 as const),
  }
  return (yield* change(insertLogin, { ...login, ...asks })) > 0 ? 'created' : 'taken'
}

/** A login that waits for its person. */
export function* findDeviceLogin(userCode: Digest, now: Instant): Verb<OpenDeviceLogin | undefined> {
  const row = yield* one(selectOpen, { userCode, now })
  return (
    row && {
      apiKey: row.api_key,
      scope: row.scope,
      openid: row.asks_openid === 1 ? { profile: row.asks_profile === 1, email: row.asks_email === 1 } : null,
      createdAt: row.created_at,
      appName: row.name,
      logo: row.logo,
      owner: row.handle,
      facts: toFacts(row),
    }
  )
}

/** Answers a login once; allowed, its device can redeem it like a code. */
export function* answerDeviceLogin(
  userCode: Digest,
  allowed: (SessionOfUser & { readonly identity: Identity | null }) | null,
  now: Instant,
): Verb<boolean> {
  if (allowed !== null && !(yield* useSession(allowed, now))) return false
  const row = yield* one(answer, { userCode, isAllowed: allowed === null ? 0 : 1, now })
  if (row === undefined) return false
  if (allowed === null) return true
  const app = yield* one(selectAppName, { apiKey: row.api_key })
  const bound: { apiKey: string; scope: Scope } = { apiKey: row.api_key, scope: row.scope }
  yield* change(insertCode, {
    ...bound,
    digest: row.digest,
    userId: allowed.userId,
    appName: app?.name ?? '',
    redirectUri: deviceBinding,
    codeChallenge: deviceBinding,
    thumbprint: null,
    identity: toColumn(allowed.identity),
    createdAt: now,
    expiresAt: row.expires_at,
  })
  return true
}

/** Says what became of a login, and holds a device that asks too often to a longer wait (RFC 8628 §3.5). */
export function* pollDeviceLogin(digest: Digest, apiKey: string, now: Instant): Verb<DevicePoll> {
  const row = yield* one(selectPolled, { digest })
  if (row === undefined) return 'unknown'
  if (row.api_key !== apiKey) return 'client'
  if (row.expires_at <= now) return 'expired'
  if (row.answered_at !== null) return row.is_allowed === 1 ? 'allowed' : 'denied'
  const isEarly = now < row.poll_at
  const intervalMs = row.interval_ms + (isEarly ? slowerMs : 0)
  // A second of grace: a device waits its interval from the answer, which took its time.
  yield* change(notePoll, { digest, intervalMs, pollAt: now + intervalMs - graceMs })
  return isEarly ? 'slow_down' : 'pending'
}

const [slowerMs, graceMs] = [5000, 1000]

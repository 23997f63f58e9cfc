import { describe, expect, test } from 'vitest'
import { deviceBinding } from '../../../src/limits.ts'
import type { NewCode } from '../../../src/store/contract/oauth.ts'
import type { Store, User } from '../../../src/store/contract/store.ts'
import {
  addApp,
  addUser,
  atOnce,
  day,
  digest,
  hour,
  minute,
  newCode,
  pendingRequest,
  redemption,
  second,
  signedIn,
  start,
} from '../world.ts'

type End = (user: User, code: NewCode, store: Store) => Promise<unknown>

const another = (userId: number) => ({
  digest: digest(),
  userId,
  createdAt: start,
  expiresAt: start + day,
  replaces: null,
  browser: digest(),
  place: { device: 'Firefox on Linux', network: '203.0.113.*' },
})

const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA'
const otherHash = passwordHash.replace('aGFzaA', 'b3RoZXI')

const ends: readonly (readonly [how: string, end: End])[] = [
  ['was signed out', (_, { session }, store) => store.deleteSession(session)],
  ['was ended by its user', ({ id }, { session }, store) => store.endSession(id, session)],
  [
    'was ended with all others',
    ({ id }, _, store) => store.endOtherSessions(id, digest(), digest(), start + second),
  ],
  [
    'was before a new password',
    ({ id: userId }, _, store) =>
      store.changePassword({
        ...{ userId, from: passwordHash, to: otherHash, endApps: false, endPasskeys: false },
        session: another(userId),
      }),
  ],
  [
    'was before a password that the operator set',
    ({ handle }, _, store) => store.setPassword(handle, otherHash, start),
  ],
  ['is of a user who was disabled', ({ handle }, _, store) => store.disableUser(handle, start)],
  [
    'is of a user who was disabled and let in again',
    async ({ handle }, _, store) => {
      await store.disableUser(handle, start)
      await store.enableUser(handle, start)
    },
  ],
  ['is of an account that was deleted', ({ handle }, _, store) => store.removeUser(handle, 'dead', start)],
]

/** What a store must do for a person who allows something in a session that ends meanwhile. */
export function endedSessionsContract(store: () => Store): void {
  const signedOut = { outcome: 'signed_out' }

  async function deviceLogin(apiKey: string) {
    const login = { digest: digest(), userCode: digest() }
    const lifetime = { createdAt: start, expiresAt: start + hour, intervalMs: 5000 }
    await store().createDeviceLogin({ ...login, ...lifetime, apiKey, scope: 'write', openid: null }, 10)
    return login
  }

  describe.each(ends)('in a session that %s', (_, end) => {
    test('no request is allowed, and none cancelled', async () => {
      const [user, apiKey] = [await addUser(store()), await addApp(store())]
      const code = await newCode(store(), user.id)
      await store().approveRequest(pendingRequest({ apiKey }), { ...code, digest: digest() }, 'remember')
      await end(user, code, store())
      for (const consent of ['remember', 'once', 'recorded'] as const) {
        const pending = pendingRequest({ apiKey })
        expect(await store().approveRequest(pending, code, consent)).toEqual(signedOut)
        expect(await store().cancelRequest(pending, code, start)).toEqual(signedOut)
        expect(await store().findAnswer(pending)).toBeUndefined()
      }
      const unknown = { outcome: 'refused', reason: 'unknown' }
      expect(await store().redeemCode(redemption({ user, apiKey, code: code.digest }))).toEqual(unknown)
    })

    test('what was allowed is not told once more', async () => {
      const [user, apiKey] = [await addUser(store()), await addApp(store())]
      const code = await newCode(store(), user.id)
      const pending = pendingRequest({ apiKey })
      await store().approveRequest(pending, code, 'once')
      await end(user, code, store())
      const { browser, request } = pending
      const repeated = { browsers: [browser], request, userId: user.id, since: start - 1 }
      expect(await store().repeatApproval(repeated, { ...code, digest: digest() })).toBe(false)
      expect((await store().findAnswer(pending))?.code?.digest).toEqual(code.digest)
    })

    test('no device is let in, and it can be allowed in another', async () => {
      const [user, other, apiKey] = [await addUser(store()), await addUser(store()), await addApp(store())]
      const code = await newCode(store(), user.id)
      const login = await deviceLogin(apiKey)
      await end(user, code, store())
      const by = { userId: user.id, session: code.session, identity: null }
      expect(await store().answerDeviceLogin(login.userCode, by, start)).toBe(false)
      expect(await store().pollDeviceLogin(login.digest, apiKey, start)).toBe('pending')
      const bound = { redirectUri: deviceBinding, codeChallenge: deviceBinding }
      const redeem = () => store().redeemCode(redemption({ user, apiKey, code: login.digest }, bound))
      expect(await redeem()).toMatchObject({ outcome: 'refused' })
      const allowed = { ...(await signedIn(store(), other.id)), identity: null }
      expect(await store().answerDeviceLogin(login.userCode, allowed, start)).toBe(true)
      expect(await redeem()).toMatchObject({ outcome: 'redeemed' })
    })
  })

  test('nothing is allowed in a session that has expired, or that is another user’s', async () => {
    const [user, other] = [await addUser(store()), await addUser(store())]
    const code = await newCode(store(), user.id)
    const session = another(user.id)
    await store().createSession(session)
    const late = { ...code, session: session.digest, createdAt: session.expiresAt }
    const request = { createdAt: start, expiresAt: start + 2 * day }
    expect(await store().approveRequest(pendingRequest(request), late, 'once')).toEqual(signedOut)
    const foreign = { ...code, userId: other.id }
    expect(await store().approveRequest(pendingRequest(), foreign, 'once')).toEqual(signedOut)
    expect(await store().approveRequest(pendingRequest(), code, 'once')).toEqual({ outcome: 'finished' })
  })

  test('of what is allowed while its account loses its password nothing is left', async () => {
    const apiKey = await addApp(store())
    await atOnce(12, async () => {
      const user = await addUser(store())
      const [approved, answered] = [await newCode(store(), user.id), await newCode(store(), user.id)]
      const login = await deviceLogin(apiKey)
      await Promise.all([
        store().approveRequest(pendingRequest({ apiKey }), approved, 'once'),
        store().setPassword(user.handle, otherHash, start),
        store().answerDeviceLogin(login.userCode, { ...answered, identity: null }, start),
      ])
      const unknown = { outcome: 'refused', reason: 'unknown' }
      for (const code of [approved.digest, login.digest]) {
        const bound = code === login.digest && { redirectUri: deviceBinding, codeChallenge: deviceBinding }
        const redeemed = redemption({ user, apiKey, code }, { ...bound, now: start + minute / 2 })
        expect(await store().redeemCode(redeemed)).toEqual(unknown)
      }
    })
  })
}

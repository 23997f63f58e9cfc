import { expect, test } from 'vitest'
import type { Scope, Store } from '../../../src/store/contract/store.ts'
import {
  addApp,
  addRequest,
  addUser,
  atOnce,
  digest,
  hour,
  newCode,
  newRequest,
  redemption,
  start,
  tally,
} from '../world.ts'

/** What a store must do for authorization requests and grants. */
export function requestsContract(store: () => Store): void {
  test('a request comes back as it was stored, to its own browser, until it expires', async () => {
    const key = { digest: digest(), browser: digest() }
    const request = newRequest({
      apiKey: await addApp(store()),
      isNative: true,
      promptLogin: true,
      promptConsent: true,
      loginHint: 'ada',
      state: null,
      responseMode: 'query',
      display: 'fullScreen',
    })
    await store().createRequest(key, request)
    expect(await store().findRequest(key, start)).toEqual({ ...request, logo: null, finishedAt: null })
    expect(await store().findRequest({ ...key, browser: digest() }, start)).toBeUndefined()
    expect(await store().findRequest({ ...key, digest: digest() }, start)).toBeUndefined()
    expect(await store().findRequest(key, start + hour)).toBeUndefined()
  })

  test('approval finishes the request and issues a code bound to it', async () => {
    const user = await addUser(store())
    const apiKey = await addApp(store())
    const key = await addRequest(store(), { apiKey, scope: 'read' })
    const code = newCode(user.id)
    const finish = await store().approveRequest(key, { ...code, createdAt: start + 5 }, 'once')
    expect(finish).toEqual({ outcome: 'finished', request: newRequest({ apiKey, scope: 'read' }) })
    expect((await store().findRequest(key, start))?.finishedAt).toBe(start + 5)
    expect(await store().redeemCode(redemption({ user, apiKey, code: code.digest }))).toEqual({
      outcome: 'redeemed',
      scope: 'read',
    })
  })

  test('a request is gone for another browser, when expired, when finished and for a disabled user', async () => {
    const user = await addUser(store())
    const disabled = await addUser(store())
    await store().disableUser(disabled.handle, start)
    const key = await addRequest(store())
    const code = newCode(user.id)
    const gone = { outcome: 'gone' }
    expect(await store().approveRequest({ ...key, browser: digest() }, code, 'once')).toEqual(gone)
    expect(await store().cancelRequest({ ...key, browser: digest() }, start)).toEqual(gone)
    expect(await store().approveRequest(key, { ...code, createdAt: start + hour }, 'once')).toEqual(gone)
    expect(await store().cancelRequest(key, start + hour)).toEqual(gone)
    expect(await store().approveRequest(key, newCode(disabled.id), 'once')).toEqual(gone)
    expect((await store().findRequest(key, start))?.finishedAt).toBeNull()
    expect(await store().cancelRequest(key, start + 1)).toEqual({
      outcome: 'finished',
      request: newRequest(),
    })
    expect(await store().cancelRequest(key, start + 1)).toEqual(gone)
    expect(await store().approveRequest(key, code, 'once')).toEqual(gone)
    const nobody = { user, apiKey: null, code: code.digest }
    expect(await store().redeemCode(redemption(nobody))).toEqual({ outcome: 'refused', reason: 'unknown' })
  })

  test('of concurrent approvals and cancellations one wins', async () => {
    const user = await addUser(store())
    const key = await addRequest(store())
    const answers = await atOnce(60, (n) =>
      n % 3 === 0
        ? store().cancelRequest(key, start)
        : store().approveRequest(key, newCode(user.id), 'remember'),
    )
    expect(tally(answers)).toEqual({ finished: 1, gone: 59 })
  })

  test('a recorded grant approves what it covers, and is raised but never lowered', async () => {
    const user = await addUser(store())
    const apiKey = await addApp(store())
    const approve = async (scope: Scope, consent: 'remember' | 'once' | 'recorded') => {
      const key = await addRequest(store(), { apiKey, scope })
      const { outcome } = await store().approveRequest(key, newCode(user.id), consent)
      expect((await store().findRequest(key, start))?.finishedAt).toBe(outcome === 'gone' ? null : start)
      return outcome
    }
    expect(await approve('read', 'recorded')).toBe('gone')
    await approve('read', 'once')
    expect(await approve('read', 'recorded')).toBe('gone')
    await approve('read', 'remember')
    await approve('read', 'remember')
    expect(await approve('read', 'recorded')).toBe('finished')
    expect(await approve('write', 'recorded')).toBe('gone')
    await approve('write', 'remember')
    expect(await approve('write', 'recorded')).toBe('finished')
    await approve('read', 'remember')
    expect(await approve('write', 'recorded')).toBe('finished')
  })

  test('a grant is one user’s to one app, and a client without a key has none', async () => {
    const [ada, bob] = [await addUser(store()), await addUser(store())]
    const [app, other] = [await addApp(store()), await addApp(store())]
    const approve = async (userId: number, apiKey: string | null, consent: 'remember' | 'recorded') =>
      (await store().approveRequest(await addRequest(store(), { apiKey }), newCode(userId), consent)).outcome
    expect(await approve(ada.id, app, 'remember')).toBe('finished')
    expect(await approve(ada.id, app, 'recorded')).toBe('finished')
    expect(await approve(bob.id, app, 'recorded')).toBe('gone')
    expect(await approve(ada.id, other, 'recorded')).toBe('gone')
    expect(await approve(ada.id, null, 'remember')).toBe('finished')
    expect(await approve(ada.id, null, 'recorded')).toBe('gone')
  })
}

import { describe, expect, test } from 'vitest'
import type { PendingRequest } from '../../../src/store/contract/oauth.ts'
import type { Scope, Store } from '../../../src/store/contract/store.ts'
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
  redirectUri,
  signedIn,
  start,
  tally,
} from '../world.ts'

/** What a store must do for authorization requests and grants. */
export function requestsContract(store: () => Store): void {
  test('an approval finishes the request and issues a code bound to it', async () => {
    const user = await addUser(store())
    const apiKey = await addApp(store())
    const pending = pendingRequest({ apiKey, scope: 'read' })
    const code = { ...(await newCode(store(), user.id)), createdAt: start + 5 }
    expect(await store().findAnswer(pending)).toBeUndefined()
    expect(await store().approveRequest(pending, code, 'once')).toEqual({ outcome: 'finished' })
    const answer = {
      userId: user.id,
      answeredAt: start + 5,
      code: { digest: code.digest, sealed: code.sealed },
    }
    expect(await store().findAnswer(pending)).toEqual(answer)
    expect(await store().findAnswer({ ...pending, browser: digest() })).toBeUndefined()
    const other = await newCode(store(), (await addUser(store())).id)
    expect(await store().approveRequest(pending, other, 'remember')).toEqual({ outcome: 'answered', answer })
    expect(await store().cancelRequest(pending, await signedIn(store(), user.id), start + 6)).toEqual({
      outcome: 'answered',
      answer,
    })
    expect(await store().redeemCode(redemption({ user, apiKey, code: code.digest }))).toEqual({
      outcome: 'redeemed',
      scope: 'read',
    })
  })

  test('a cancellation is an answer too', async () => {
    const user = await addUser(store())
    const pending = pendingRequest()
    expect(await store().cancelRequest(pending, await signedIn(store(), user.id), start + 1)).toEqual({
      outcome: 'finished',
    })
    const answer = { userId: user.id, answeredAt: start + 1, code: null }
    expect(await store().cancelRequest(pending, await signedIn(store(), user.id), start + 2)).toEqual({
      outcome: 'answered',
      answer,
    })
    const code = await newCode(store(), user.id)
    expect(await store().approveRequest(pending, code, 'once')).toEqual({ outcome: 'answered', answer })
    const nobody = { user, apiKey: null, code: code.digest }
    expect(await store().redeemCode(redemption(nobody))).toEqual({ outcome: 'refused', reason: 'unknown' })
  })

  test('a request that is expired is gone and leaves nothing', async () => {
    const user = await addUser(store())
    const pending = pendingRequest()
    const code = await newCode(store(), user.id)
    const gone = { outcome: 'gone' }
    expect(await store().approveRequest(pending, { ...code, createdAt: start + hour }, 'once')).toEqual(gone)
    expect(await store().cancelRequest(pending, await signedIn(store(), user.id), start + hour)).toEqual(gone)
    expect(await store().findAnswer(pending)).toBeUndefined()
    expect(await store().sweep(start + day, 100)).toBe(0)
  })

  test('of concurrent approvals and cancellations one wins', async () => {
    const user = await addUser(store())
    const key = pendingRequest()
    const code = await newCode(store(), user.id)
    const answers = await atOnce(60, (n) =>
      n % 3 === 0
        ? store().cancelRequest(key, code, start)
        : store().approveRequest(key, { ...code, digest: digest() }, 'remember'),
    )
    expect(tally(answers)).toEqual({ finished: 1, answered: 59 })
  })

  // What covers a request approves it, and nothing else does.
  async function approveAs(
    userId: number,
    pending: PendingRequest,
    consent: 'remember' | 'once' | 'recorded',
  ) {
    const isRecorded = await store().isRecorded(pending.request, userId)
    const { outcome } = await store().approveRequest(pending, await newCode(store(), userId), consent)
    if (consent === 'recorded') expect(isRecorded).toBe(outcome === 'finished')
    return outcome
  }

  test('a recorded grant approves what it covers, and is raised but never lowered', async () => {
    const user = await addUser(store())
    const apiKey = await addApp(store())
    const approve = async (scope: Scope, consent: 'remember' | 'once' | 'recorded') => {
      const key = pendingRequest({ apiKey, scope })
      const outcome = await approveAs(user.id, key, consent)
      expect((await store().findAnswer(key))?.answeredAt).toBe(outcome === 'gone' ? undefined : start)
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

  describe('a recorded grant', () => {
    const moved = 'https://app.example/moved'
    const approve = async (
      userId: number,
      consent: 'remember' | 'recorded',
      request: Parameters<typeof pendingRequest>[0],
    ) => approveAs(userId, pendingRequest(request), consent)

    test('holds for the redirect URI it was given for, with the scope it was given there', async () => {
      const user = await addUser(store())
      const apiKey = await addApp(store(), { redirectUris: [redirectUri, moved] })
      await approve(user.id, 'remember', { apiKey, scope: 'write' })
      expect(await approve(user.id, 'recorded', { apiKey, scope: 'read', redirectUri: moved })).toBe('gone')
      await approve(user.id, 'remember', { apiKey, scope: 'read', redirectUri: moved })
      expect(await approve(user.id, 'recorded', { apiKey, scope: 'read', redirectUri: moved })).toBe(
        'finished',
      )
      expect(await approve(user.id, 'recorded', { apiKey, scope: 'write', redirectUri: moved })).toBe('gone')
      expect(await approve(user.id, 'recorded', { apiKey, scope: 'write' })).toBe('finished')
      const consent = await store().findConsent(user.id, apiKey)
      expect(consent).toMatchObject({ scope: 'write', appName: 'An App' })
      expect(consent?.redirectUris.toSorted()).toEqual([redirectUri, moved])
      expect(await store().findConsent(user.id + 1, apiKey)).toBeUndefined()
    })

    test('does not outlive its redirect URI, even where that comes back', async () => {
      const user = await addUser(store())
      const apiKey = await addApp(store(), { redirectUris: [redirectUri, moved] })
      const at = start + minute
      for (const uri of [redirectUri, moved]) await approve(user.id, 'remember', { apiKey, redirectUri: uri })
      await store().removeRedirectUri(apiKey, moved, start - 1)
      await store().addRedirectUri(apiKey, moved, 50, at)
      expect(await approve(user.id, 'recorded', { apiKey, redirectUri: moved })).toBe('gone')
      expect(await approve(user.id, 'recorded', { apiKey })).toBe('finished')
    })

    test('holds for the name it was given to', async () => {
      const [user, owner] = [await addUser(store()), await addUser(store())]
      const apiKey = await addApp(store(), { ownerId: owner.id })
      const rename = (text: string) =>
        store().updateApp(apiKey, owner.id, { name: { text, key: `${text} ${apiKey}` } }, start)
      await approve(user.id, 'remember', { apiKey })
      await rename('Another App')
      expect(await approve(user.id, 'recorded', { apiKey, appName: 'Another App' })).toBe('gone')
      // What was shown is what is allowed: not the name that came meanwhile.
      await approve(user.id, 'remember', { apiKey, appName: 'An App' })
      expect(await approve(user.id, 'recorded', { apiKey, appName: 'An App' })).toBe('gone')
      await approve(user.id, 'remember', { apiKey, appName: 'Another App' })
      expect(await approve(user.id, 'recorded', { apiKey, appName: 'Another App' })).toBe('finished')
    })
  })

  test('a grant is one user’s to one app, and a client without a key has none', async () => {
    const [ada, bob] = [await addUser(store()), await addUser(store())]
    const [app, other] = [await addApp(store()), await addApp(store())]
    const approve = async (userId: number, apiKey: string | null, consent: 'remember' | 'recorded') =>
      approveAs(userId, pendingRequest({ apiKey }), consent)
    expect(await approve(ada.id, app, 'remember')).toBe('finished')
    expect(await approve(ada.id, app, 'recorded')).toBe('finished')
    expect(await approve(bob.id, app, 'recorded')).toBe('gone')
    expect(await approve(ada.id, other, 'recorded')).toBe('gone')
    expect(await approve(ada.id, null, 'remember')).toBe('finished')
    expect(await approve(ada.id, null, 'recorded')).toBe('gone')
  })
}

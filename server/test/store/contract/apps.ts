import { expect, test } from 'vitest'
import type { Store } from '../../../src/store/contract/store.ts'
import {
  addApp,
  addUser,
  allow,
  atOnce,
  logIn,
  newApp,
  newCode,
  pendingRequest,
  redemption,
  redirectUri,
  start,
  works,
} from '../world.ts'

const other = 'https://app.example/other'

/** What a store must do for apps and their redirect URIs. */
export function appsContract(store: () => Store): void {
  test('an app is found with its redirect URIs in their order', async () => {
    const owner = await addUser(store())
    const redirectUris = ['https://z.example/', 'https://a.example/', 'https://m.example/']
    const { nameKey: _, now, ...given } = newApp({ name: 'Zebra', ownerId: owner.id, redirectUris })
    const creation = await store().createApp({ ...given, nameKey: 'zebra', now }, 100)
    const created = {
      ...given,
      logo: null,
      createdAt: start,
      suspendedAt: null,
      documentAddress: null,
      bindsTokens: false,
    }
    expect(creation).toEqual({ outcome: 'created', app: created })
    expect(await store().findApp(created.apiKey)).toEqual(created)
    expect(await store().listApps()).toEqual([created])
    expect(await store().findApp('0'.repeat(40))).toBeUndefined()
  })

  test('an app without redirect URIs has none', async () => {
    const apiKey = await addApp(store(), { redirectUris: [] })
    expect((await store().findApp(apiKey))?.redirectUris).toEqual([])
  })

  test('a name is taken by an app that is not deleted', async () => {
    const apiKey = await addApp(store())
    expect(await store().isAppNameTaken(`an app ${apiKey}`)).toBe(true)
    expect(await store().isAppNameTaken('another')).toBe(false)
    await store().deleteApp(apiKey, start)
    expect(await store().isAppNameTaken(`an app ${apiKey}`)).toBe(false)
  })

  test('a redirect URI is added last, once, up to the limit', async () => {
    const apiKey = await addApp(store())
    expect(await store().addRedirectUri(apiKey, other, 2, start)).toBe('added')
    expect(await store().addRedirectUri(apiKey, other, 2, start)).toBe('present')
    expect(await store().addRedirectUri(apiKey, 'https://third.example/', 2, start)).toBe('full')
    expect(await store().addRedirectUri('0'.repeat(40), other, 2, start)).toBe('unknown')
    expect((await store().findApp(apiKey))?.redirectUris).toEqual([redirectUri, other])
    await store().removeRedirectUri(apiKey, redirectUri, start)
    expect(await store().addRedirectUri(apiKey, redirectUri, 2, start)).toBe('added')
    expect((await store().findApp(apiKey))?.redirectUris).toEqual([other, redirectUri])
  })

  test('concurrent additions never pass the limit', async () => {
    const apiKey = await addApp(store())
    const answers = await atOnce(80, (n) =>
      store().addRedirectUri(apiKey, `https://${n}.example/`, 50, start),
    )
    expect(answers.filter((answer) => answer === 'added')).toHaveLength(49)
    expect((await store().findApp(apiKey))?.redirectUris).toHaveLength(50)
  })

  test('removing a redirect URI ends what is under way at the app, and leaves tokens (RU-19)', async () => {
    const loggedIn = await logIn(store())
    const { apiKey, user } = loggedIn
    if (apiKey === null) throw new Error('The client has no key')
    await store().addRedirectUri(apiKey, other, 50, start)
    const pending = await allow(store(), { apiKey, user })
    const request = pendingRequest({ apiKey })
    const later = pendingRequest({ apiKey, createdAt: start + 1 })
    const elsewhere = pendingRequest({ apiKey: await addApp(store()) })

    expect(await store().removeRedirectUri(apiKey, 'https://never.example/', start)).toBe(false)
    expect(await store().removeRedirectUri(apiKey, other, start)).toBe(true)
    expect((await store().approveRequest(request, await newCode(store(), user.id), 'once')).outcome).toBe(
      'gone',
    )
    expect(await store().redeemCode(redemption(pending))).toEqual({ outcome: 'refused', reason: 'unknown' })
    for (const pending of [later, elsewhere])
      expect((await store().approveRequest(pending, await newCode(store(), user.id), 'once')).outcome).toBe(
        'finished',
      )
    expect(await works(store(), loggedIn)).toBe(true)
  })

  test('a deleted app is gone with its codes, tokens, requests and grants (RT-16)', async () => {
    const loggedIn = await logIn(store())
    const { apiKey, user } = loggedIn
    if (apiKey === null) throw new Error('The client has no key')
    const remembered = pendingRequest({ apiKey })
    await store().approveRequest(remembered, await newCode(store(), user.id), 'remember')
    const pending = await allow(store(), { apiKey, user })
    const request = pendingRequest({ apiKey })
    const bystander = await logIn(store(), { user })

    expect(await store().deleteApp(apiKey, start + 1)).toBe(true)
    expect(await store().deleteApp(apiKey, start + 1)).toBe(false)
    expect(await store().findApp(apiKey)).toBeUndefined()
    expect(await store().listApps()).toHaveLength(1)
    expect(await store().addRedirectUri(apiKey, other, 50, start)).toBe('unknown')
    expect((await store().approveRequest(request, await newCode(store(), user.id), 'once')).outcome).toBe(
      'gone',
    )
    expect((await store().redeemCode(redemption(pending))).outcome).toBe('refused')
    expect(await works(store(), loggedIn, start + 1)).toBe(false)
    expect(await works(store(), bystander, start + 1)).toBe(true)
    const late = pendingRequest({ apiKey })
    for (const consent of ['once', 'remember', 'recorded'] as const) {
      expect((await store().approveRequest(late, await newCode(store(), user.id), consent)).outcome).toBe(
        'gone',
      )
    }
  })
}

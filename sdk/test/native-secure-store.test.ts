import { type FakeApp, FakePhone } from '@stagedoor/testkit/fake-phone'
import { rejection, sdkOnPhone, signedInPhone, until } from '@stagedoor/testkit/sdk'
import { refusal, serve } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import { checkTokenStore } from '../src/testing/token-store.ts'

const storeOf = ({ platform }: FakeApp) => platform.secureTokenStore('tokens')

/** The app after the system ended it and the person started it again. */
function restarted(phone: FakePhone): FakeApp {
  phone.kill()
  return phone.start()
}

/** A phone whose app keeps somebody's tokens. */
async function phoneWithTokens(): Promise<FakePhone> {
  const phone = new FakePhone('ios')
  await storeOf(phone.app).setTokens('a', 'r')
  return phone
}

const tokensOf = async (app: FakeApp) => {
  const store = storeOf(app)
  return [await store.getAccessToken(), await store.getRefreshToken()]
}

describe('the token store in the keychain', () => {
  test('keeps the promises of a token store', async () => {
    await checkTokenStore(() => storeOf(new FakePhone().app))
  })

  test('is one record of this device, for when it is unlocked, and nothing is in AsyncStorage (RN-8)', async () => {
    const phone = new FakePhone()
    const tokens = ['sdat_', 'sdrt_'].map((prefix) => prefix.padEnd(60, 'x'))
    await storeOf(phone.app).setTokens(tokens[0] ?? '', tokens[1] ?? '', 3600, 2_592_000)
    expect([...phone.keychain]).toEqual([['tokens', { value: expect.any(String), keychainAccessible: 5 }]])
    expect(phone.keychain.get('tokens')?.value.length).toBeLessThan(2048)
    expect([...phone.disk].join()).not.toMatch(/sdat_|sdrt_/)
    expect(await tokensOf(restarted(phone))).toEqual(tokens)
  })

  test('cannot be read while the device is locked, which signs nobody out (RN-8)', async () => {
    const server = await serve()
    const phone = await phoneWithTokens()
    const app = restarted(phone)
    phone.isLocked = true
    const oauth = sdkOnPhone(app, server.url, { services: { tokenStore: storeOf(app) } })
    const error = await rejection(oauth.getAccessToken())
    expect(error).toMatchObject({ name: 'SessionError', code: 'token_store_locked', retryable: true })
    expect(await oauth.isAuthenticated()).toBe(true)
    expect(oauth.session.status).not.toBe('signed-out')
    phone.isLocked = false
    expect(await oauth.getAccessToken()).toBe('a')
  })

  test('writes what it could not as soon as it can, and keeps no traded-in token meanwhile (RN-8)', async () => {
    const phone = await phoneWithTokens()
    const { app } = phone
    const store = storeOf(app)
    phone.isLocked = true
    await store.setTokens('a2', 'r2')
    expect(await store.getRefreshToken()).toBe('r2')
    phone.isLocked = false
    expect(await store.getRefreshToken()).toBe('r2')
    expect(await tokensOf(restarted(phone))).toEqual(['a2', 'r2'])

    phone.isLocked = true
    await storeOf(phone.app).setTokens('a3', 'r3')
    const next = restarted(phone)
    phone.isLocked = false
    expect(await tokensOf(next)).toEqual([null, null])
  })

  test('is forgotten with the app, though the keychain stays (RN-9)', async () => {
    const phone = await phoneWithTokens()
    expect(await tokensOf(phone.reinstall())).toEqual([null, null])
    expect(phone.keychain.size).toBe(0)
  })

  test('keeps what is written before it was first read, by an app just installed (RN-9)', async () => {
    const phone = await phoneWithTokens()
    const app = phone.reinstall()
    const store = storeOf(app)
    const reading = store.getAccessToken()
    await store.setTokens('a2', 'r2')
    expect(await reading).toBe('a2')
    expect(await tokensOf(restarted(phone))).toEqual(['a2', 'r2'])
  })

  test('is forgotten by a logout behind a locked screen', async () => {
    const { phone, server, oauth } = await signedInPhone()
    const tokenStore = storeOf(phone.app)
    await tokenStore.setTokens('a', 'r')
    const secured = sdkOnPhone(phone.app, server.url, { services: { tokenStore } })
    expect(await secured.isAuthenticated()).toBe(true)
    phone.isLocked = true
    await secured.logout()
    expect(server.to('/v1/oauth/revoke').map(({ body }) => body['token'])).toEqual(['r'])
    const app = restarted(phone)
    phone.isLocked = false
    expect(await tokensOf(app)).toEqual([null, null])
    expect(oauth).toBeDefined()
  })

  test('holds a login, a refresh and its end', async () => {
    const server = await serve()
    const phone = new FakePhone()
    const oauth = sdkOnPhone(phone.app, server.url, { services: { tokenStore: storeOf(phone.app) } })
    const login = oauth.login()
    await until(() => phone.page !== null)
    phone.answer()
    await login
    expect(await oauth.refreshAccessToken()).toBe('access2')
    expect(await tokensOf(restarted(phone))).toEqual(['access2', 'refresh2'])
    server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
    const again = sdkOnPhone(phone.app, server.url, { services: { tokenStore: storeOf(phone.app) } })
    expect(await again.refreshAccessToken()).toBe(null)
    expect(await tokensOf(restarted(phone))).toEqual([null, null])
  })
})

test('an app without SecureStore is told so', async () => {
  const phone = new FakePhone()
  phone.app.lacks.add('secureStore')
  for (const call of [
    () => storeOf(phone.app).getAccessToken(),
    () => storeOf(phone.app).setTokens('a', 'r'),
  ])
    expect(await rejection(Promise.resolve(call()))).toMatchObject({ code: 'missing_module' })
})

import { FakePhone } from '@stagedoor/testkit/fake-phone'
import { rejection, sdkOnPhone, until } from '@stagedoor/testkit/sdk'
import { serve } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import { checkTokenStore } from '../src/testing/token-store.ts'

const storeOf = ({ app }: FakePhone, key = 'tokens') => app.platform.tokenStore(key)

/** The phone after the app was killed and started again. */
function restarted(phone: FakePhone): FakePhone {
  phone.kill()
  phone.start()
  return phone
}

describe('the token store in AsyncStorage', () => {
  test('keeps the promises of a token store', async () => {
    await checkTokenStore(() => storeOf(new FakePhone()))
  })

  test('is one record, which outlives the app as soon as a write resolves', async () => {
    const phone = new FakePhone()
    await storeOf(phone).setTokens('a', 'r', 60, 600)
    expect([...phone.disk.keys()]).toEqual(['tokens'])
    const store = storeOf(restarted(phone))
    expect([await store.getAccessToken(), await store.getRefreshToken()]).toEqual(['a', 'r'])
    await store.clear()
    expect(await storeOf(restarted(phone)).getAccessToken()).toBe(null)
  })

  test('is the same for all who name it, and apart from others', async () => {
    const phone = new FakePhone()
    await storeOf(phone).setTokens('a', 'r')
    expect(await storeOf(phone).getAccessToken()).toBe('a')
    expect(await storeOf(phone, 'tokens2').getAccessToken()).toBe(null)
  })

  test('writes in order, however slow the disk is', async () => {
    const phone = new FakePhone()
    const store = storeOf(phone)
    await Promise.all([store.setTokens('a', 'r'), store.clear()])
    expect(await storeOf(restarted(phone)).getAccessToken()).toBe(null)
  })

  test('does not read over what was written meanwhile', async () => {
    const phone = new FakePhone()
    await storeOf(phone).setTokens('a', 'r')
    const store = storeOf(restarted(phone))
    const reading = store.getAccessToken()
    const writing = store.setTokens('a2', 'r2')
    expect(await reading).toBe('a2')
    await writing
    expect(await store.getAccessToken()).toBe('a2')
  })

  test('loses no refresh result when the disk is full, and leaves no traded-in token behind', async () => {
    const phone = new FakePhone()
    const store = storeOf(phone)
    await store.setTokens('a', 'r')
    phone.isFull = true
    await store.setTokens('a2', 'r2')
    expect(await store.getRefreshToken()).toBe('r2')
    expect(await storeOf(restarted(phone)).getRefreshToken()).toBe(null)
  })

  test('outlives a disk that breaks for a while', async () => {
    const phone = new FakePhone()
    const store = storeOf(phone)
    await store.setTokens('a', 'r')
    expect(await store.getAccessToken()).toBe('a')
    phone.breaks = true
    await store.setTokens('a2', 'r2')
    expect(await store.getAccessToken()).toBe('a2')
    phone.breaks = false
    await store.setTokens('a3', 'r3')
    expect(await storeOf(restarted(phone)).getAccessToken()).toBe('a3')
  })

  test.each(['', '{"accessToken":"a"', 'null', '[]', '{"accessToken":7}'])(
    'reads %s as signed out',
    async (text) => {
      const phone = new FakePhone()
      phone.disk.set('tokens', text)
      expect(await storeOf(phone).getAccessToken()).toBe(null)
    },
  )
})

test('a disk that cannot be read is no logout, and is read again', async () => {
  const server = await serve()
  const phone = new FakePhone()
  const oauth = sdkOnPhone(phone.app, server.url)
  phone.breaks = true
  await expect(oauth.isAuthenticated()).rejects.toThrow('The disk is broken')
  phone.breaks = false
  expect(await oauth.isAuthenticated()).toBe(false)
})

test('a login works on a full disk, as long as the app lives', async () => {
  const server = await serve()
  const phone = new FakePhone()
  phone.isFull = true
  const oauth = sdkOnPhone(phone.app, server.url)
  const login = oauth.login()
  await until(() => phone.page !== null)
  phone.answer()
  await login
  expect(await oauth.isAuthenticated()).toBe(true)
})

test('an app without AsyncStorage is told so', async () => {
  const server = await serve()
  const phone = new FakePhone()
  phone.app.lacks.add('asyncStorage')
  const oauth = sdkOnPhone(phone.app, server.url)
  expect(await rejection(oauth.isAuthenticated())).toMatchObject({ code: 'missing_module' })
  expect(await rejection(oauth.login())).toMatchObject({ code: 'missing_module' })
  expect(await rejection(oauth.logout())).toMatchObject({
    code: 'token_store_failed',
    cause: { code: 'missing_module' },
  })
})

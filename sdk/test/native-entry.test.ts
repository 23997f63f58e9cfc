import { API_KEY, DEEP_LINK, rejection } from '@stagedoor/testkit/sdk'
import { expect, test } from 'vitest'
import * as browser from '../src/browser.ts'
import * as native from '../src/native.ts'

test('has the browser’s exports, and another token store', () => {
  const names = (entry: object) => Object.keys(entry).filter((name) => !/Stor(ag)?eTokenStore$/.test(name))
  expect(names(native)).toEqual(names(browser))
  expect(native.asyncStorageTokenStore).toBeTypeOf('function')
  expect(native.secureStoreTokenStore).toBeTypeOf('function')
})

test('touches no module before it is used, and then says what to install', async () => {
  const { oauth } = native.sdk({ apiKey: API_KEY, redirectUri: DEEP_LINK })
  expect(oauth.session).toEqual({ status: 'loading' })
  const error = await rejection(oauth.isAuthenticated())
  expect(error).toMatchObject({ name: 'ConfigurationError', code: 'missing_module' })
  expect(error.message).toContain('npx expo install @react-native-async-storage/async-storage')
  expect(await rejection(oauth.login())).toMatchObject({ code: 'missing_module' })
})

test.each([
  ['asyncStorageTokenStore()', () => native.asyncStorageTokenStore().getAccessToken()],
  ['asyncStorageTokenStore(key)', () => native.asyncStorageTokenStore('mine').getAccessToken()],
  ['secureStoreTokenStore()', () => native.secureStoreTokenStore().getAccessToken()],
])('%s says so too', async (_name, call) => {
  expect(await rejection(Promise.resolve(call()))).toMatchObject({ code: 'missing_module' })
})

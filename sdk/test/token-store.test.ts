import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { describe, expect, test } from 'vitest'
import { browserPlatform } from '../src/platform/browser.ts'
import { keyValueTokenStore } from '../src/platform/token-store.ts'

const storeOf = (browser: FakeBrowser) =>
  keyValueTokenStore(
    browserPlatform(browser.tab().global, () => import('../src/platform/browser-channel.ts')).storage,
    'key',
  )

describe('the default token store', () => {
  test('keeps one record that other tabs see', () => {
    const browser = new FakeBrowser()
    storeOf(browser).setTokens('a', 'r', 60, 600)
    const other = storeOf(browser)
    expect([other.getAccessToken(), other.getRefreshToken()]).toEqual(['a', 'r'])
    expect(Number(other.getAccessTokenExpiry()) - Date.now()).toBeCloseTo(60_000, -3)
    expect(Number(other.getRefreshTokenExpiry()) - Date.now()).toBeCloseTo(600_000, -3)
    expect(Object.keys(browser.storage)).toEqual(['key'])
    other.clear()
    expect(storeOf(browser).getAccessToken()).toBe(null)
  })

  test('falls back to memory where storage is blocked', () => {
    const browser = new FakeBrowser()
    browser.isStorageBlocked = true
    const store = storeOf(browser)
    expect(store.getAccessToken()).toBe(null)
    store.setTokens('a', 'r')
    expect([store.getAccessToken(), store.getAccessTokenExpiry()]).toEqual(['a', null])
    store.clear()
    expect(store.getAccessToken()).toBe(null)
  })

  test('loses no refresh result when storage is full, and leaves no traded-in token behind (CL-25)', () => {
    const browser = new FakeBrowser()
    const store = storeOf(browser)
    store.setTokens('a', 'r')
    browser.storage.setItem = () => {
      throw new Error('QuotaExceededError')
    }
    store.setTokens('a2', 'r2')
    expect(store.getRefreshToken()).toBe('r2')
    expect(storeOf(browser).getRefreshToken()).toBe(null)
  })

  test.each([
    '',
    '{"accessToken":"a"',
    'null',
    '"text"',
    '[]',
    '{"accessToken":7,"refreshToken":"r","accessTokenExpiry":null,"refreshTokenExpiry":null}',
    '{"accessToken":"a","refreshToken":"r","accessTokenExpiry":"NaN","refreshTokenExpiry":null}',
    '{"__proto__":{"accessToken":"a"},"accessTokenExpiry":null,"refreshTokenExpiry":null}',
  ])('reads %s as signed out (CL-26)', (text) => {
    const browser = new FakeBrowser()
    browser.storage.setItem('key', text)
    const store = storeOf(browser)
    expect([store.getAccessToken(), store.getRefreshToken(), store.getAccessTokenExpiry()]).toEqual([
      null,
      null,
      null,
    ])
  })
})

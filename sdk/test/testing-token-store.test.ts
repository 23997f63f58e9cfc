import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { sleep } from '@stagedoor/testkit/sdk'
import { describe, expect, test } from 'vitest'
import { browserPlatform } from '../src/platform/browser.ts'
import { keyValueTokenStore, memoryTokenStore, type TokenStore } from '../src/platform/token-store.ts'
import { checkTokenStore } from '../src/testing/token-store.ts'

const inStorage = () =>
  keyValueTokenStore(
    browserPlatform(new FakeBrowser().tab().global, () => import('../src/platform/browser-channel.ts'))
      .storage,
    'key',
  )

const asynchronous = (): TokenStore => {
  const store = memoryTokenStore()
  return {
    getAccessToken: async () => store.getAccessToken(),
    getRefreshToken: async () => store.getRefreshToken(),
    getAccessTokenExpiry: async () => store.getAccessTokenExpiry(),
    getRefreshTokenExpiry: async () => store.getRefreshTokenExpiry(),
    setTokens: async (...tokens) => store.setTokens(...tokens),
    clear: async () => store.clear(),
  }
}

/** A store that writes one token after the other. */
function torn(): TokenStore {
  const store = memoryTokenStore()
  let refreshToken: string | null = null
  return {
    ...store,
    getRefreshToken: () => refreshToken,
    setTokens: async (accessToken, refresh, ...lifetimes) => {
      await sleep(accessToken === 'a4' ? 10 : 0)
      store.setTokens(accessToken, '', ...lifetimes)
      await sleep(accessToken === 'a4' ? 0 : 20)
      refreshToken = refresh
    },
    clear: () => {
      refreshToken = null
      return store.clear()
    },
  }
}

describe('the promises of a token store', () => {
  test.each([
    ['localStorage', inStorage],
    ['memory', memoryTokenStore],
    ['promises', async () => asynchronous()],
  ])('are kept by the one of %s (CL-33)', async (_name, makeStore) => {
    await checkTokenStore(makeStore)
  })

  const breaks: [string, (store: TokenStore) => Partial<TokenStore>][] = [
    ['a new one answers null for both tokens', () => ({ getAccessToken: () => '' })],
    ['a new one answers null for both expiries', () => ({ getRefreshTokenExpiry: () => 0 })],
    ['it answers the tokens that were set', () => ({ setTokens: () => {} })],
    [
      'the access token’s expiry is in milliseconds',
      (store) => ({ setTokens: (a, r, e, re) => store.setTokens(a, r, e && e / 1000, re) }),
    ],
    [
      'the refresh token’s expiry is in milliseconds',
      (store) => ({ setTokens: (a, r, e, re) => store.setTokens(a, r, e, re && re / 1000) }),
    ],
    [
      'setTokens replaces both tokens',
      (store) => ({ setTokens: (a, r, ...e) => (a === 'a1' ? store.setTokens(a, r, ...e) : undefined) }),
    ],
    [
      'setTokens without lifetimes forgets',
      (store) => ({ setTokens: (a, r, e = 60, re = 600) => store.setTokens(a, r, e, re) }),
    ],
    [
      'setTokens with no refresh token forgets',
      (store) => ({ setTokens: (a, r, ...e) => store.setTokens(a, r || 'r2', ...e) }),
    ],
    [
      'a lifetime of 0 seconds has ended',
      (store) => ({ setTokens: (a, r, e, re) => store.setTokens(a, r, e || undefined, re) }),
    ],
    ['clear forgets both tokens', () => ({ clear: () => {} })],
    [
      'clear forgets both expiries',
      (store) => {
        let cleared = false
        return {
          getAccessTokenExpiry: () => (cleared ? 1 : store.getAccessTokenExpiry()),
          clear: () => {
            cleared = true
            return store.clear()
          },
        }
      },
    ],
    ['two writes at once leave the tokens of one', () => torn()],
  ]
  test.each(breaks)('"%s" is missed where it is broken', async (words, broken) => {
    const store = memoryTokenStore()
    await expect(checkTokenStore(() => ({ ...store, ...broken(store) }))).rejects.toThrow(words)
  })
})

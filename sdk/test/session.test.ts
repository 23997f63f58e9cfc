import { API_KEY, devices, rejection, sdkIn, signedInBrowser, until } from '@stagedoor/testkit/sdk'
import { refusal, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test, vi } from 'vitest'
import { memoryTokenStore, type TokenStore } from '../src/platform/token-store.ts'

const refreshes = (server: TokenServer) => server.to('/v1/oauth/token')

const cutOff: Parameters<TokenServer['on']>[1] = (_call, response) => {
  response.writeHead(200, { 'content-length': '500' })
  response.write('{"access_token":"abc"')
  setTimeout(() => response.destroy(), 10)
}

const gateway: Parameters<TokenServer['on']>[1] = (_call, response) =>
  void response.writeHead(403).end('{"status":403,"error":"Forbidden","path":"/v1/oauth/token"}')

const troubles: [string, Parameters<TokenServer['on']>[1], object][] = [
  ['429', refusal(429, 'slow_down'), { name: 'ApiError', code: 'rate_limited', requestId: 'req-1' }],
  ['500', refusal(500, 'server_error'), { name: 'ApiError', code: 'server_error' }],
  ['503 that says invalid_grant', refusal(503, 'invalid_grant'), { name: 'ApiError', code: 'server_error' }],
  ['a cut-off answer', cutOff, { name: 'NetworkError', code: 'unreachable' }],
  ['a closed connection', (_call, response) => void response.destroy(), { code: 'unreachable' }],
  ['broken JSON', (_call, response) => void response.end('{"access_token":'), { code: 'invalid_answer' }],
  ['a captive portal', (_call, response) => void response.end('<html>'), { code: 'invalid_answer' }],
  ['a gateway', gateway, { code: 'invalid_answer' }],
  ['no token', () => ({ ok: true }), { code: 'invalid_answer' }],
]

describe.each(devices)('in %s', (_name, signedIn) => {
  describe('refreshing', () => {
    test('trades the refresh token in and keeps the new pair', async () => {
      const { server, oauth, tokenStore } = await signedIn()
      expect(await oauth.refreshAccessToken()).toBe('access1')
      expect(refreshes(server)[0]?.body).toEqual({
        grant_type: 'refresh_token',
        refresh_token: 'refresh0',
        client_id: API_KEY,
      })
      expect(await tokenStore.getRefreshToken()).toBe('refresh1')
    })

    test('happens once for all that need it (CL-19)', async () => {
      const { server, oauth, another } = await signedIn(0)
      const others = Array.from({ length: 4 }, another)
      await Promise.all([
        ...Array.from({ length: 20 }, () => oauth.getUser()),
        ...others.map((other) => other.getUser()),
        oauth.isAuthenticated(),
        oauth.refreshAccessToken(),
      ])
      expect(refreshes(server)).toHaveLength(1)
      expect(new Set(server.to('/v1/me').map(({ authorization }) => authorization))).toEqual(
        new Set(['Bearer access1']),
      )
    })

    test('keeps the refresh token when the server sends no new one', async () => {
      const { server, oauth, tokenStore } = await signedIn()
      server.on('/v1/oauth/token', () => ({ access_token: 'next' }))
      await oauth.refreshAccessToken()
      expect(await tokenStore.getRefreshToken()).toBe('refresh0')
      expect(await tokenStore.getAccessTokenExpiry()).toBe(null)
    })

    test.each(troubles)('keeps the session through %s (CL-22)', async (_name, handler, expected) => {
      const { server, oauth, tokenStore } = await signedIn(0)
      server.on('/v1/oauth/token', handler)
      expect(await rejection(oauth.refreshAccessToken())).toMatchObject({ ...expected, retryable: true })
      expect(await oauth.isAuthenticated()).toBe(true)
      expect(await tokenStore.getRefreshToken()).toBe('refresh0')
    })

    test('keeps the session while offline', async () => {
      const { server, oauth } = await signedIn(0)
      await server.close()
      expect(await rejection(oauth.getUser())).toMatchObject({ code: 'unreachable', retryable: true })
      expect(await oauth.isAuthenticated()).toBe(true)
    })

    test('gives up on a silent server after 30 seconds, and frees the next call', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      const { server, oauth } = await signedIn()
      server.on('/v1/oauth/token', () => undefined)
      const refused = rejection(oauth.refreshAccessToken())
      await until(() => refreshes(server).length === 1)
      vi.advanceTimersByTime(30_000)
      vi.useRealTimers()
      expect(await refused).toMatchObject({ name: 'NetworkError', code: 'timeout', retryable: true })
      server.on('/v1/oauth/token', () => ({ access_token: 'next', refresh_token: 'next' }))
      expect(await oauth.refreshAccessToken()).toBe('next')
    })

    test('signs out once when the refresh token is dead (CL-23)', async () => {
      const { server, oauth, tokenStore } = await signedIn(0)
      server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
      expect(await rejection(oauth.getUser())).toMatchObject({
        name: 'SessionError',
        code: 'session_expired',
      })
      expect(await tokenStore.getAccessToken()).toBe(null)
      expect(await oauth.isAuthenticated()).toBe(false)
      expect(await oauth.hasRefreshToken()).toBe(false)
      expect(await oauth.refreshAccessToken()).toBe(null)
      expect(await rejection(oauth.getUser())).toMatchObject({ code: 'not_authenticated' })
      expect(refreshes(server)).toHaveLength(1)
    })

    test.each([
      [400, 'invalid_client'],
      [401, 'invalid_grant'],
    ])('does not sign out for %i %s', async (status, error) => {
      const { server, oauth, tokenStore } = await signedIn()
      server.on('/v1/oauth/token', refusal(status, error))
      expect(await rejection(oauth.refreshAccessToken())).toMatchObject({
        name: 'OAuthError',
        code: 'token_refused',
      })
      expect(await tokenStore.getRefreshToken()).toBe('refresh0')
    })
  })

  describe('isAuthenticated', () => {
    test('asks no server while the access token lives, or its end is unknown', async () => {
      const { server, oauth } = await signedIn()
      const unknown = await signedIn(undefined)
      expect(await oauth.isAuthenticated()).toBe(true)
      expect(await unknown.oauth.isAuthenticated()).toBe(true)
      expect([...server.calls, ...unknown.server.calls]).toEqual([])
    })

    test('is false without tokens, and with an expired one that cannot be refreshed', async () => {
      const { server, oauth, tokenStore } = await signedIn(0)
      await tokenStore.setTokens('access0', '', 0)
      expect(await oauth.isAuthenticated()).toBe(false)
      await tokenStore.clear()
      expect(await oauth.isAuthenticated()).toBe(false)
      expect(server.calls).toEqual([])
    })
  })

  test('a token store that fails is named as the cause', async () => {
    const cause = new Error('disk')
    const tokenStore = { ...memoryTokenStore(), getAccessToken: () => Promise.reject(cause) }
    const { oauth } = await signedIn(3600, tokenStore)
    expect(await rejection(oauth.isAuthenticated())).toMatchObject({ code: 'token_store_failed', cause })
  })
})

describe('refreshing in a browser without Web Locks', () => {
  test('happens once for all that need it in a tab', async () => {
    const { server, browser, another } = await signedInBrowser(0)
    browser.hasLocks = false
    const oauth = another()
    await Promise.all(Array.from({ length: 20 }, () => oauth.getUser()))
    expect(refreshes(server)).toHaveLength(1)
  })

  test('takes what another tab has got', async () => {
    const { server, browser, another, tokenStore } = await signedInBrowser()
    browser.hasLocks = false
    const oauth = another()
    server.on('/v1/oauth/token', async (call, response) => {
      await tokenStore.setTokens('theirs', 'theirs')
      refusal(400, 'invalid_grant')(call, response)
    })
    expect(await oauth.refreshAccessToken()).toBe('theirs')
    expect(await tokenStore.getRefreshToken()).toBe('theirs')
  })
})

test('refreshing goes on when a Web Lock is not granted (CL-21)', async () => {
  const { oauth } = await signedInBrowser()
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort())
  expect(await oauth.refreshAccessToken()).toBe('access1')
  expect(timeout).toHaveBeenCalledWith(4500)
  timeout.mockRestore()
})

test('refreshing happens once where a write reaches the other tab a moment later', async () => {
  const { server, browser, tokenStore } = await signedInBrowser(0)
  const lateStore = memoryTokenStore()
  await lateStore.setTokens('access0', 'refresh0', 0)
  const setTokens: TokenStore['setTokens'] = (...tokens) => {
    setTimeout(() => lateStore.setTokens(...tokens), 20)
    return tokenStore.setTokens(...tokens)
  }
  const tabs = [{ ...tokenStore, setTokens }, lateStore].map((store) =>
    sdkIn(browser.tab(), server.url, { services: { tokenStore: store } }),
  )
  const tokens = await Promise.all(tabs.map((oauth) => oauth.getAccessToken()))
  expect(tokens).toEqual(['access1', 'access1'])
  expect(refreshes(server)).toHaveLength(1)
})

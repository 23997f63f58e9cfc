import { API_KEY, CALLBACK, rejection, requestOf } from '@stagedoor/testkit/sdk'
import { refusal, serve } from '@stagedoor/testkit/token-server'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { memoryTokenStore, type NodeSdk, sdk } from '../src/node.ts'
import { serverPlatform } from '../src/platform/server.ts'

afterEach(() => vi.useRealTimers())

async function webServer() {
  const server = await serve()
  const { oauth } = sdk({ apiKey: API_KEY, redirectUri: CALLBACK, apiEndpoint: server.url })
  return { server, oauth }
}

/** A login that was begun: what the session of its person keeps, and the URL they come back to. */
function begin(oauth: NodeSdk['oauth'], params: Readonly<Record<string, string>> = { code: 'c' }) {
  const { url, transaction } = oauth.createAuthorizationUrl({ scope: 'write' })
  const { state = '' } = requestOf(url)
  const kept: unknown = JSON.parse(JSON.stringify(transaction))
  return { url, kept, callbackUrl: `${CALLBACK}?${new URLSearchParams({ state, ...params })}` }
}

describe('A login through a server', () => {
  test('asks for the answer in the query, with a verifier that stays here', async () => {
    const { oauth } = await webServer()
    const { url, transaction } = oauth.createAuthorizationUrl({ prompt: 'login', loginHint: 'ada' })
    expect(requestOf(url)).toMatchObject({
      response_mode: 'query',
      display: 'fullScreen',
      redirect_uri: CALLBACK,
      state: transaction.state,
      prompt: 'login',
      login_hint: 'ada',
    })
    expect(url).not.toContain(transaction.verifier)
  })

  test('answers the tokens and keeps them nowhere', async () => {
    const { oauth, server } = await webServer()
    const { kept, callbackUrl } = begin(oauth)
    const tokens = await oauth.exchangeCode(new URL(callbackUrl), kept)
    expect(tokens).toEqual({
      accessToken: 'access1',
      refreshToken: 'refresh1',
      expiresIn: 3600,
      refreshExpiresIn: undefined,
    })
    expect(server.to('/v1/oauth/token')[0]?.body).toMatchObject({ code: 'c', redirect_uri: CALLBACK })
    expect(await oauth.isAuthenticated()).toBe(false)
  })

  test('reads the path and query that frameworks hand out', async () => {
    const { oauth } = await webServer()
    const { kept, callbackUrl } = begin(oauth)
    const { pathname, search } = new URL(callbackUrl)
    expect(await oauth.exchangeCode(pathname + search, kept)).toMatchObject({ accessToken: 'access1' })
  })

  test('keeps two people apart (IN-11)', async () => {
    const { oauth, server } = await webServer()
    const ada = begin(oauth, { code: 'ada' })
    const bob = begin(oauth, { code: 'bob' })
    expect(await rejection(oauth.exchangeCode(ada.callbackUrl, bob.kept))).toMatchObject({
      code: 'state_mismatch',
    })
    expect(server.calls).toEqual([])
    const [bobs, adas] = await Promise.all([
      oauth.exchangeCode(bob.callbackUrl, bob.kept),
      oauth.exchangeCode(ada.callbackUrl, ada.kept),
    ])
    expect(bobs.accessToken).not.toBe(adas.accessToken)
    const verifiers = server.to('/v1/oauth/token').map(({ body }) => body['code_verifier'])
    expect(new Set(verifiers).size).toBe(2)
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', '{"state":"x"}'],
    ['a list', []],
    ['an empty object', {}],
    ['another shape', { state: 1, verifier: 2 }],
  ])('with %s for a transaction is refused before anything is sent', async (_what, kept) => {
    const { oauth, server } = await webServer()
    const { callbackUrl } = begin(oauth)
    expect(await rejection(oauth.exchangeCode(callbackUrl, kept))).toMatchObject({ code: 'state_mismatch' })
    expect(server.calls).toEqual([])
  })

  test.each(['verifier', 'redirectUri', 'createdAt', 'state'])(
    'whose transaction lost its %s is refused',
    async (name) => {
      const { oauth, server } = await webServer()
      const { kept, callbackUrl } = begin(oauth)
      const broken = { ...Object(kept), [name]: undefined }
      expect(await rejection(oauth.exchangeCode(callbackUrl, broken))).toMatchObject({
        code: 'state_mismatch',
      })
      expect(server.calls).toEqual([])
    },
  )

  test.each(['', '?', '?page=2', '?code=c', '?state=s', '?code=c&state='])(
    'without an answer in %o is refused',
    async (query) => {
      const { oauth, server } = await webServer()
      const { kept } = begin(oauth)
      const error = await rejection(oauth.exchangeCode(CALLBACK + query, kept))
      expect(error).toMatchObject({ name: 'LoginError', code: 'state_mismatch' })
      expect(server.calls).toEqual([])
    },
  )

  test.each([-5 * 3_600_000, 11 * 60_000])('outlives a clock that jumps by %i ms', async (jump) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { oauth } = await webServer()
    const { kept, callbackUrl } = begin(oauth)
    vi.setSystemTime(Date.now() + jump)
    expect(await oauth.exchangeCode(callbackUrl, kept)).toMatchObject({ accessToken: 'access1' })
  })

  test('rejects with what the authorization server refused', async () => {
    const { oauth, server } = await webServer()
    for (const [params, code] of [
      [{ error: 'access_denied' }, 'access_denied'],
      [{ error: 'login_required' }, 'login_required'],
      [{ error: 'invalid_scope' }, 'login_refused'],
      [{ code: 'c', iss: 'https://other.example' }, 'issuer_mismatch'],
    ] as const) {
      const { kept, callbackUrl } = begin(oauth, params)
      expect(await rejection(oauth.exchangeCode(callbackUrl, kept))).toMatchObject({ code })
    }
    expect(server.calls).toEqual([])
    server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
    const { kept, callbackUrl } = begin(oauth)
    expect(await rejection(oauth.exchangeCode(callbackUrl, kept))).toMatchObject({
      name: 'OAuthError',
      code: 'invalid_grant',
    })
  })

  test('waits no longer than its signal says', async () => {
    const { oauth, server } = await webServer()
    server.on('/v1/oauth/token', () => undefined)
    const { kept, callbackUrl } = begin(oauth)
    const controller = new AbortController()
    const tokens = oauth.exchangeCode(callbackUrl, kept, { signal: controller.signal })
    controller.abort()
    expect(await rejection(tokens)).toMatchObject({ code: 'request_aborted' })
  })

  test('throws what the app must change', () => {
    const codes = [{ redirectUri: CALLBACK }, { appName: 'a' }, { appName: 'a', redirectUri: CALLBACK }].map(
      (config) => {
        try {
          return sdk(config).oauth.createAuthorizationUrl({ scope: 'write' })
        } catch (error) {
          return Object(error).code
        }
      },
    )
    expect(codes).toEqual(['missing_client', 'missing_redirect_uri', 'scope_needs_api_key'])
  })
})

describe('On a server', () => {
  test('each person has an instance with a token store of their own', async () => {
    const { oauth, server } = await webServer()
    const people = await Promise.all(
      ['ada', 'bob'].map(async (code) => {
        const { kept, callbackUrl } = begin(oauth, { code })
        const tokens = await oauth.exchangeCode(callbackUrl, kept)
        const tokenStore = memoryTokenStore()
        await tokenStore.setTokens(
          tokens.accessToken,
          tokens.refreshToken ?? '',
          tokens.expiresIn,
          tokens.refreshExpiresIn,
        )
        const own = sdk({ apiKey: API_KEY, apiEndpoint: server.url, services: { tokenStore } })
        expect((await own.oauth.getUser()).handle).toBe('ada')
        return tokens.accessToken
      }),
    )
    const sent = server.to('/v1/me').map(({ authorization }) => authorization)
    expect(new Set(sent)).toEqual(new Set(people.map((token) => `Bearer ${token}`)))
  })

  test('an instance that nobody logged in with is harmless', async () => {
    const { oauth, server } = await webServer()
    expect(oauth.session.status).toBe('loading')
    expect(await oauth.isAuthenticated()).toBe(false)
    expect(await oauth.getAccessToken()).toBeNull()
    expect(oauth.hasRedirectResult()).toBe(false)
    await oauth.handleRedirect()
    expect(await rejection(oauth.login())).toMatchObject({ code: 'no_page' })
    expect(oauth.session.status).toBe('signed-out')
    expect(server.calls).toEqual([])
  })
})

test('The lock runs tasks of one name after another, and lets others pass', async () => {
  const { lock } = serverPlatform()
  const order: string[] = []
  let go = () => {}
  const gate = new Promise<void>((resolve) => {
    go = resolve
  })
  const first = lock('a', async () => {
    await gate
    order.push('first')
    throw new Error('failed')
  })
  const second = lock('a', async () => order.push('second'))
  await lock('b', async () => order.push('other'))
  go()
  await expect(first).rejects.toThrow('failed')
  await second
  expect(order).toEqual(['other', 'first', 'second'])
})

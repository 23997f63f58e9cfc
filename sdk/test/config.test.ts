import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { API_KEY, CALLBACK, rejection, requestOf, sdkIn } from '@stagedoor/testkit/sdk'
import { expect, test } from 'vitest'
import { ConfigurationError, sdk } from '../src/browser.ts'

const api = 'https://api.example'

test.each([
  `0x${API_KEY}`,
  API_KEY.toUpperCase(),
  `0X${API_KEY.toUpperCase()}`,
  `${API_KEY}\n`,
  ` ${API_KEY}\u00a0`,
  `"${API_KEY}"`,
  `'0x${API_KEY}' `,
])('takes the API key %j', (apiKey) => {
  const browser = new FakeBrowser()
  sdkIn(browser.tab(), api, { apiKey })
    .login()
    .catch(() => {})
  expect(requestOf(browser.popup.location.href)).toMatchObject({ api_key: API_KEY })
})

test.each([
  ['', 0],
  ['  ', 0],
  ['""', 0],
  ['undefined', 9],
  ['YOUR_API_KEY', 12],
  [API_KEY.slice(1), 39],
  [`${API_KEY}0`, 41],
  [`Bearer ${API_KEY}`, 46],
])('refuses the API key %j, beside a name too', (apiKey, length) => {
  expect(() => sdk({ apiKey, appName: 'My app' })).toThrow(ConfigurationError)
  expect(() => sdk({ apiKey, appName: 'My app' })).toThrow(
    expect.objectContaining({
      code: 'invalid_api_key',
      message: `apiKey must be 40 hex digits. (${length} given)`,
    }),
  )
})

test.each(['api.example', 'ftp://api.example', 'javascript:alert(1)', 'https://'])(
  'refuses %s as API',
  (apiEndpoint) => {
    expect(() => sdk({ apiEndpoint })).toThrow(expect.objectContaining({ code: 'invalid_api_endpoint' }))
  },
)

test.each([
  ['HTTP://LocalHost:80', 'http://localhost'],
  ['http://localhost:04400', 'http://localhost:4400'],
  ['http://[0:0:0:0:0:0:0:1]:4400', 'http://[::1]:4400'],
  ['http://127.1:4400/', 'http://127.0.0.1:4400'],
  ['https://münchen.example:443', 'https://xn--mnchen-3ya.example'],
])('takes %s for the API at %s (L13)', (apiEndpoint, origin) => {
  const browser = new FakeBrowser()
  sdkIn(browser.tab(), apiEndpoint)
    .login()
    .catch(() => {})
  expect(browser.popup.location.origin).toBe(origin)
  expect(browser.popup.location.href.startsWith(`${origin}/v1/`)).toBe(true)
})

test('asks the hosted service by default, and no double slash', () => {
  const browser = new FakeBrowser()
  sdkIn(browser.tab(), `${api}/`)
    .login()
    .catch(() => {})
  expect(browser.popup.location.href).toMatch(/^https:\/\/api\.example\/v1\/oauth\/authorize\?/)
})

test.each([
  [{ redirectUri: undefined }, {}, 'missing_redirect_uri'],
  [{ redirectUri: 'https://www.app.example/callback' }, {}, 'redirect_uri_origin'],
  [{ redirectUri: 'callback' }, {}, 'redirect_uri_origin'],
  [{ apiKey: undefined }, {}, 'missing_client'],
  [{ apiKey: undefined, appName: 'App' }, { scope: 'write' }, 'scope_needs_api_key'],
  [{ apiKey: undefined, appName: 'App' }, { scope: ['read', 'write'] }, 'scope_needs_api_key'],
] as const)('%j with %j is %s', async (config, options, code) => {
  const browser = new FakeBrowser()
  const error = await rejection(sdkIn(browser.tab(), api, config).login(options))
  expect(error).toMatchObject({ name: 'ConfigurationError', code, retryable: false })
  expect(error).toBeInstanceOf(ConfigurationError)
  expect(browser.popups).toEqual([])
  expect(Object.keys(browser.storage)).toEqual([])
})

test('takes the redirect URI of the call over that of the app', () => {
  const browser = new FakeBrowser()
  sdkIn(browser.tab(), api)
    .login({ redirectUri: `${CALLBACK}/2` })
    .catch(() => {})
  expect(requestOf(browser.popup.location.href)).toMatchObject({ redirect_uri: `${CALLBACK}/2` })
})

test('never falls back to a weak random source', async () => {
  const page = new FakeBrowser().tab()
  Object.assign(page, { crypto: undefined })
  expect(await rejection(sdkIn(page, api).login())).toMatchObject({ code: 'no_secure_random' })
})

test('is harmless on a server', async () => {
  const { oauth } = sdk({ apiKey: API_KEY, redirectUri: CALLBACK })
  expect(oauth.hasRedirectResult()).toBe(false)
  await oauth.handleRedirect()
  expect(await oauth.isAuthenticated()).toBe(false)
  expect(await rejection(oauth.login())).toMatchObject({ code: 'no_page' })
  await oauth.logout()
})

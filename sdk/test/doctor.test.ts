import { FakeBrowser, type FakeWindow } from '@stagedoor/testkit/fake-browser'
import { API_KEY, CALLBACK, rejection, sdkIn, until } from '@stagedoor/testkit/sdk'
import { serve } from '@stagedoor/testkit/token-server'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { LoginOptions } from '../src/protocol/authorization-request.ts'
import type { SdkConfig } from '../src/sdk.ts'

afterEach(() => vi.restoreAllMocks())

const warned = () => vi.spyOn(console, 'warn').mockReturnValue()

const app = { path: `/v1/developer-apps/${API_KEY}`, answer: { data: { redirect_uris: [CALLBACK] } } }

describe('what the console says of a login that has begun', () => {
  const registered = (...uris: readonly string[]) => ({ data: { redirect_uris: uris } })
  const cases: readonly (readonly [
    string,
    {
      change?: (tab: FakeWindow, browser: FakeBrowser) => unknown
      page?: string
      config?: SdkConfig
      app?: object
    },
    RegExp,
  ])[] = [
    [
      'a redirect URI that is not registered',
      { app: registered('https://app.example/cb', 'myapp://cb') },
      /https:\/\/app\.example\/callback is not registered.*Registered: https:\/\/app\.example\/cb, myapp:\/\/cb\. Pass one of those, or add it at .*\/developers/,
    ],
    [
      'a redirect URI of an app that has none',
      { app: registered() },
      /is not registered, so the page of the login shows an error and nobody comes back\. Add it at/,
    ],
    [
      'a Cross-Origin-Opener-Policy that cuts off popups',
      {
        change: (_tab, browser) =>
          Object.assign(browser.openerPolicy, { 'cross-origin-opener-policy': 'same-origin' }),
      },
      /Send: Cross-Origin-Opener-Policy: same-origin-allow-popups/,
    ],
    [
      'a storage that keeps nothing',
      { change: (_tab, browser) => Object.assign(browser, { isStorageBlocked: true }) },
      /localStorage of https:\/\/app\.example\/ keeps nothing.*services: \{ tokenStore \}/,
    ],
    [
      'a frame of another site',
      { change: (tab) => Object.assign(tab, { parent: {} }) },
      /stands in a frame of another site.*target="_blank"/,
    ],
    ...(
      [
        ['x'.repeat(65), 'has 65 characters'],
        ['   ', 'has 0 characters'],
        ['My\napp', 'has characters that cannot be seen'],
        ['My \u202eapp', 'has characters that cannot be seen'],
      ] as const
    ).map(
      ([appName, words]) =>
        [
          `the name ${JSON.stringify(appName)}`,
          { config: { appName } },
          new RegExp(`appName ${words}.* Pass 1 to 64 that can be seen: appName: 'My app'`),
        ] as const,
    ),
    [
      'a storage that keeps nothing, and nothing of a name of 64 characters with joiners',
      {
        change: (_tab, browser) => Object.assign(browser, { isStorageBlocked: true }),
        config: { appName: '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'.padEnd(67, 'x') },
      },
      /localStorage of/,
    ],
    [
      'a key from a variable that is not set, beside a name',
      { config: { apiKey: undefined, appName: 'My app' } },
      /apiKey is undefined, so it logs in as My app, an app that nobody registered\. The variable .* VITE_….*leave apiKey out/,
    ],
    [
      'a page that is no secure context',
      {
        page: 'http://192.168.1.5:3000/',
        config: { redirectUri: 'http://192.168.1.5:3000/' },
        change: (tab) => Object.assign(tab, { isSecureContext: false }),
        app: registered('http://192.168.1.5:3000/'),
      },
      /http:\/\/192\.168\.1\.5:3000\/ is no secure context.*https, or open it as http:\/\/localhost/,
    ],
  ]

  test.each(cases)('%s', async (_what, { change, page, config, app: answer = app.answer }, words) => {
    const server = await serve()
    server.on(app.path, () => answer)
    const warn = warned()
    const browser = new FakeBrowser()
    const tab = browser.tab(page)
    change?.(tab, browser)
    const left = new AbortController()
    const login = rejection(sdkIn(tab, server.url, config).login({ signal: left.signal }))
    await until(() => warn.mock.calls.length > 0)
    left.abort()
    expect(await login).toMatchObject({ code: 'aborted' })
    expect(warn.mock.calls).toEqual([[expect.stringMatching(words)]])
    expect(warn.mock.calls[0]?.[0]).toMatch(/^\[stagedoor\] /)
  })

  test('a key that no app has', async () => {
    const server = await serve()
    server.on(app.path, (_call, response) => {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not_found"}')
    })
    const warn = warned()
    const browser = new FakeBrowser()
    const login = rejection(sdkIn(browser.tab(), server.url).login())
    await until(() => warn.mock.calls.length > 0)
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(`knows no app with the key ${API_KEY}\\. Make one at .*/developers`)],
    ])
    browser.popup.close()
    await login
  })

  test.each([
    ['http://localhost:5173/', 'http://localhost/'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1/'],
    ['http://[::1]:8080/', 'http://[::1]/'],
    ['https://app.example/', 'https://app.example/'],
  ])('nothing where all is well: %s for %s', async (page, uri) => {
    const server = await serve()
    let asked = 0
    server.on(app.path, () => {
      asked += 1
      return registered('https://other.example/', uri)
    })
    const warn = warned()
    const browser = new FakeBrowser()
    const login = rejection(sdkIn(browser.tab(page), server.url, { redirectUri: page }).login())
    await until(() => asked > 0)
    browser.popup.close()
    expect(await login).toMatchObject({ code: 'popup_closed' })
    expect(warn).not.toHaveBeenCalled()
  })

  test("nothing of development's own app anywhere on this machine", async () => {
    const server = await serve()
    let asked = 0
    server.on(app.path, () => {
      asked += 1
      return { data: { user_id: null, redirect_uris: ['http://localhost:5177/'] } }
    })
    const warn = warned()
    const browser = new FakeBrowser()
    const page = 'http://localhost:8123/a'
    const login = rejection(sdkIn(browser.tab(page), server.url, { redirectUri: page }).login())
    await until(() => asked > 0)
    browser.popup.close()
    await login
    expect(warn).not.toHaveBeenCalled()
  })

  test('nothing where nobody develops', async () => {
    const server = await serve()
    server.on(app.path, () => registered())
    const warn = warned()
    const browser = new FakeBrowser()
    const login = rejection(sdkIn(browser.tab(), server.url, { debug: false }).login())
    browser.popup.close()
    await login
    expect(warn).not.toHaveBeenCalled()
  })
})

describe('what the console says of a login that failed', () => {
  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'localhost and 127.0.0.1',
      'http://127.0.0.1:5173/a',
      'http://localhost:5173/cb',
      /two names, and two sites to a browser\. Open the page at http:\/\/localhost:5173, or pass redirectUri: 'http:\/\/127\.0\.0\.1:5173\/cb'/,
    ],
    [
      'another port',
      'http://localhost:3001/',
      'http://localhost:3000/',
      /another port.*redirectUri: 'http:\/\/localhost:3001\/'/,
    ],
    [
      'http and https',
      'http://app.example/',
      'https://app.example/cb',
      /another origin.*Open the page at https:\/\/app\.example/,
    ],
    [
      'a host with www',
      'https://www.app.example/x?y#z',
      'https://app.example/cb',
      /https:\/\/www\.app\.example\/x is of another origin/,
    ],
    [
      'a path alone',
      'https://app.example/',
      '/cb',
      /no whole URL\. Write redirectUri: 'https:\/\/app\.example\/cb'/,
    ],
    ['a file', 'file:///home/ada/index.html', 'http://localhost:3000/', /opened as a file.*Serve its folder/],
    ['a file, and the origin that it has', 'file:///home/ada/index.html', 'null/', /opened as a file/],
  ]

  const told = async (
    page: string,
    config: SdkConfig,
    options?: LoginOptions,
    browser = new FakeBrowser(),
  ) => {
    const warn = warned()
    const login = sdkIn(browser.tab(page), 'http://localhost:4400', config).login(options)
    const { code } = await rejection(login)
    await until(() => warn.mock.calls.length > 0)
    expect(warn).toHaveBeenCalledTimes(1)
    return [code, warn.mock.calls[0]?.[0]]
  }

  test.each(cases)('%s', async (_what, page, redirectUri, words) => {
    expect(await told(page, { redirectUri })).toEqual(['redirect_uri_origin', expect.stringMatching(words)])
  })

  test('a content security policy that does not name the server', async () => {
    const page = new EventTarget()
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
    onTestFinished(() => {
      vi.unstubAllGlobals()
    })
    vi.spyOn(globalThis, 'fetch').mockImplementation(async () => {
      const event = Object.assign(new Event('securitypolicyviolation'), { effectiveDirective: 'connect-src' })
      setTimeout(() => page.dispatchEvent(event))
      throw new TypeError('Failed to fetch')
    })
    const redirectUri = 'http://localhost:3000/'
    expect(await told(redirectUri, { redirectUri })).toEqual([
      'unreachable',
      expect.stringMatching(
        /forbids requests to http:\/\/localhost:4400.*connect-src 'self' http:\/\/localhost:4400$/,
      ),
    ])
  })

  test('a popup that was blocked', async () => {
    const browser = Object.assign(new FakeBrowser(), { blocksPopups: true })
    expect(await told('https://app.example/', {}, {}, browser)).toEqual([
      'popup_blocked',
      expect.stringMatching(/Call login\(\) first in the click's handler.*fallback: 'redirect'/),
    ])
  })

  test.each([
    ['missing_client', {}, {}, 'no app can log in'],
    ['scope_needs_api_key', { appName: 'My app' }, { scope: 'write' }, 'it logs in as My app'],
  ] as const)('a key from a variable that is not set: %s', async (code, config, options, words) => {
    expect(await told('https://app.example/', { ...config, apiKey: undefined }, options)).toEqual([
      code,
      expect.stringContaining(`apiKey is undefined, so ${words}`),
    ])
  })

  test('a storage that is blocked', async () => {
    const browser = Object.assign(new FakeBrowser(), { isStorageBlocked: true })
    expect(await told('https://app.example/', {}, { display: 'fullScreen' }, browser)).toEqual([
      'storage_blocked',
      expect.stringMatching(/keeps nothing: it is blocked or full/),
    ])
  })
})

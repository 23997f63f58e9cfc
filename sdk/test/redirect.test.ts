import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { answer, CALLBACK, rejection, requestOf, sdkIn, sleep, until } from '@stagedoor/testkit/sdk'
import { METADATA, refusal, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import { failure } from '../src/errors/errors.ts'
import { exchanges, returned } from './returned.ts'

describe('a full-page login', () => {
  test('leaves the page and never settles there', async () => {
    const browser = new FakeBrowser()
    const page = browser.tab()
    const login = sdkIn(page, 'https://api.example').login({ display: 'fullScreen', responseMode: 'query' })
    expect(requestOf(page.navigated[0] ?? '')).toMatchObject({
      display: 'fullScreen',
      response_mode: 'query',
    })
    expect(await Promise.race([login, sleep(20).then(() => 'pending')])).toBe('pending')
    expect(browser.popups).toEqual([])
  })

  test('may start again on a page that came back from the cache', () => {
    const page = new FakeBrowser().tab()
    const oauth = sdkIn(page, 'https://api.example')
    oauth.login({ display: 'fullScreen' })
    oauth.login({ display: 'fullScreen' })
    expect(page.navigated).toHaveLength(2)
  })

  test('completes on the callback page', async () => {
    const { server, oauth } = await returned()
    expect(oauth.hasRedirectResult()).toBe(true)
    await oauth.handleRedirect()
    expect(exchanges(server)).toHaveLength(1)
    expect(await oauth.isAuthenticated()).toBe(true)
    expect(oauth.hasRedirectResult()).toBe(false)
  })

  test('completes in a tab that has an opener, and leaves it open (CL-12)', async () => {
    const { server, browser, page, callback, oauth } = await returned()
    page.open('https://app.example/', '', '')
    callback.opener = browser.popup.opener
    await oauth.handleRedirect()
    expect(callback.isClosed).toBe(false)
    expect(exchanges(server)).toHaveLength(1)
  })

  test('is one exchange when handled twice at once, by one or by two instances (CL-4)', async () => {
    const { server, callback, oauth } = await returned()
    await Promise.all([
      oauth.handleRedirect(),
      oauth.handleRedirect(),
      sdkIn(callback, server.url).handleRedirect(),
    ])
    expect(exchanges(server)).toHaveLength(1)
    await oauth.handleRedirect()
    expect(exchanges(server)).toHaveLength(1)
  })

  test('fails alike for every caller', async () => {
    const { server, callback, oauth } = await returned()
    server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
    const calls = [oauth.handleRedirect(), sdkIn(callback, server.url).handleRedirect()]
    for (const call of calls) expect(await rejection(call)).toMatchObject({ code: 'invalid_grant' })
    expect(exchanges(server)).toHaveLength(1)
  })

  test('is one exchange when two tabs hold the same answer', async () => {
    const { server, browser, oauth, written } = await returned()
    const twin = browser.tab(written)
    const results = await Promise.allSettled([
      oauth.handleRedirect(),
      sdkIn(twin, server.url).handleRedirect(),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(exchanges(server)).toHaveLength(1)
  })

  test.each([CALLBACK, `${CALLBACK}?page=2`])(
    'at %s keeps its answer in the address while the SDK itself cannot be loaded',
    async (redirectUri) => {
      const server = await serve()
      const page = new FakeBrowser().tab()
      sdkIn(page, server.url, { redirectUri }).login({ display: 'fullScreen' })
      answer(page, { code: 'abc' }, page.navigated[0])
      const offline = () => Promise.reject(failure('unreachable'))
      const oauth = sdkIn(page, server.url, { redirectUri }, offline)
      expect(await rejection(oauth.handleRedirect())).toMatchObject({ code: 'unreachable', retryable: true })
      const reloaded = page.browser.tab(page.location.href)
      const after = sdkIn(reloaded, server.url, { redirectUri })
      await after.handleRedirect()
      expect(await after.isAuthenticated()).toBe(true)
      expect(reloaded.location.href).toBe(redirectUri)
    },
  )

  test('rejects when access was denied', async () => {
    const { server, oauth } = await returned({ error: 'access_denied' })
    expect(await rejection(oauth.handleRedirect())).toMatchObject({ code: 'access_denied', cancelled: true })
    expect(exchanges(server)).toEqual([])
  })

  test.each([
    ['login_required', 'login_required'],
    ['consent_required', 'consent_required'],
    ['invalid_scope', 'login_refused'],
    ['toString', 'login_refused'],
  ])('names the refusal %s (CL-7)', async (error, code) => {
    const { oauth } = await returned({ error, error_description: 'the reason' })
    const thrown = await rejection(oauth.handleRedirect())
    expect(thrown).toMatchObject({ name: 'LoginError', code, cancelled: false })
    expect(thrown).toMatchObject({ serverCode: error, reason: 'the reason', status: null })
    expect(thrown.message).toContain(`${error} the reason`)
  })

  test.each(['https://evil.example', 'https://app.example/', ''])(
    'refuses issuer "%s" (CL-8)',
    async (iss) => {
      const { server, oauth } = await returned({ code: 'abc', iss })
      expect(await rejection(oauth.handleRedirect())).toMatchObject({ code: 'issuer_mismatch' })
      expect(server.calls).toEqual([])
    },
  )

  const answersItsName = { authorization_response_iss_parameter_supported: true }

  test.each([{ code: 'abc' }, { error: 'access_denied' }, { error: 'login_required' }])(
    'refuses the answer %j, which names nobody, where the server’s metadata says that it always does (CL-8)',
    async (params) => {
      const { server, oauth } = await returned(params)
      server.on(METADATA, () => answersItsName)
      expect(await rejection(oauth.handleRedirect())).toMatchObject({ code: 'issuer_mismatch' })
      expect(exchanges(server)).toEqual([])
    },
  )

  test('believes no refusal that another server made (CL-8)', async () => {
    const { server, oauth } = await returned({ error: 'access_denied', iss: 'https://evil.example' })
    expect(await rejection(oauth.handleRedirect())).toMatchObject({ code: 'issuer_mismatch' })
    expect(server.calls).toEqual([])
  })

  test.each<[string, Parameters<TokenServer['on']>[1]]>([
    ['promises nothing', () => ({ authorization_response_iss_parameter_supported: 'true' })],
    ['is not there', refusal(404, 'not_found')],
    ['is no JSON', (_call, response) => void response.end('<!doctype html>')],
    ['is cut off', (_call, response) => void response.destroy()],
  ])('takes an answer that names nobody where the metadata %s', async (_, metadata) => {
    const { server, oauth } = await returned({ code: 'abc' })
    server.on(METADATA, metadata)
    await oauth.handleRedirect()
    expect(exchanges(server)).toHaveLength(1)
  })

  test('asks for no metadata where the answer names the server', async () => {
    const named = await serve()
    named.on(METADATA, () => answersItsName)
    const browser = new FakeBrowser()
    const page = browser.tab()
    for (const params of [{ code: 'abc' }, { error: 'access_denied' }]) {
      sdkIn(page, named.url).login({ display: 'fullScreen' })
      const callback = browser.tab(CALLBACK)
      answer(callback, { ...params, iss: named.url }, page.navigated.at(-1))
      await sdkIn(callback, named.url)
        .handleRedirect()
        .catch(() => {})
    }
    expect(named.to(METADATA)).toEqual([])
    expect(exchanges(named)).toHaveLength(1)
  })

  test('redeems no code that stands beside an error (CL-7)', async () => {
    const { server, oauth } = await returned({ code: 'abc', error: 'access_denied' })
    expect(await rejection(oauth.handleRedirect())).toMatchObject({ code: 'access_denied' })
    expect(exchanges(server)).toEqual([])
  })

  test('refuses an issuer named twice', async () => {
    const { server, browser, written } = await returned()
    const page = browser.tab(`${written}&iss=${server.url}&iss=${server.url}`)
    expect(await rejection(sdkIn(page, server.url).handleRedirect())).toMatchObject({
      code: 'issuer_mismatch',
    })
  })

  test('needs storage that outlives the page', async () => {
    const browser = new FakeBrowser()
    browser.isStorageBlocked = true
    const page = browser.tab()
    const login = sdkIn(page, 'https://api.example').login({ display: 'fullScreen' })
    expect(await rejection(login)).toMatchObject({ code: 'storage_blocked' })
    expect(page.navigated).toEqual([])
  })
})

describe('a forged answer', () => {
  test('is refused, and leaves a waiting login intact (CL-1, CL-2)', async () => {
    const { server, browser, oauth } = await returned()
    const forged = browser.tab(`${CALLBACK}?code=ATT&state=x`)
    const error = await rejection(sdkIn(forged, server.url).handleRedirect())
    expect(error).toMatchObject({ name: 'LoginError', code: 'state_mismatch' })
    expect(forged.location.href).toBe(CALLBACK)
    expect(exchanges(server)).toEqual([])
    await oauth.handleRedirect()
    expect(exchanges(server)).toHaveLength(1)
  })

  test('is refused where no login waits (CL-3)', async () => {
    const { server, browser } = await returned()
    const forged = browser.tab(`${CALLBACK}#code=ATT&state=x`)
    const error = await rejection(sdkIn(forged, server.url).handleRedirect())
    expect(error).toMatchObject({ code: 'state_mismatch' })
    expect(exchanges(server)).toEqual([])
  })
})

describe('an answer that was used already', () => {
  test('is nothing to do, in any tab, and is cleaned away (CL-3)', async () => {
    const { server, browser, oauth, written } = await returned()
    await oauth.handleRedirect()
    const tab = browser.tab(written)
    const again = sdkIn(tab, server.url)
    expect([tab.location.href, again.hasRedirectResult()]).toEqual([CALLBACK, false])
    await again.handleRedirect()
    expect(exchanges(server)).toHaveLength(1)
  })

  test('is nothing to do after a logout, and a reload', async () => {
    const { server, callback, oauth, written } = await returned()
    await oauth.handleRedirect()
    await oauth.logout()
    callback.reload(written)
    const reloaded = sdkIn(callback, server.url)
    await reloaded.handleRedirect()
    expect(callback.location.href).toBe(CALLBACK)
    expect([exchanges(server).length, await reloaded.isAuthenticated()]).toEqual([1, false])
  })

  test('is cleaned away once more when a router writes it back', async () => {
    const { server, callback, oauth, written } = await returned()
    server.on('/v1/oauth/token', () => {
      callback.location.href = written
      return { access_token: 'a', refresh_token: 'r' }
    })
    await oauth.handleRedirect()
    expect(callback.location.href).toBe(CALLBACK)
  })
})

describe('records of logins', () => {
  const recordOf = (browser: FakeBrowser) =>
    Object.keys(browser.storage).find((key) => key.includes(':login:')) ?? ''

  test.each([-5 * 3_600_000, 11 * 60_000, 5 * 3_600_000])(
    'outlive a clock that jumps by %i ms (CL-27, F-13)',
    async (jump) => {
      const { server, browser, oauth } = await returned()
      const key = recordOf(browser)
      const record = JSON.parse(browser.storage.getItem(key) ?? '')
      browser.storage.setItem(key, JSON.stringify({ ...record, createdAt: Date.now() - jump }))
      sdkIn(browser.tab(), server.url).login({ display: 'fullScreen' })
      await oauth.handleRedirect()
      expect(exchanges(server)).toHaveLength(1)
    },
  )

  test('are swept after a day, and so is what is none', async () => {
    const { server, browser } = await returned()
    const key = recordOf(browser)
    const record = JSON.parse(browser.storage.getItem(key) ?? '')
    for (const old of [JSON.stringify({ ...record, createdAt: Date.now() - 86_400_001 }), 'old']) {
      browser.storage.setItem(key, old)
      sdkIn(browser.tab(), server.url).login({ display: 'fullScreen' })
      expect(browser.storage.getItem(key)).toBe(null)
    }
  })

  test('that are broken are nobody’s', async () => {
    const broken = ['', '{', 'null', '[]', '{"verifier":7}', '{"__proto__":{"verifier":"v"}}']
    await Promise.all(
      broken.map(async (text) => {
        const { server, browser, oauth } = await returned()
        browser.storage.setItem(recordOf(browser), text)
        expect(await rejection(oauth.handleRedirect()), text).toMatchObject({ code: 'state_mismatch' })
        expect(exchanges(server)).toEqual([])
      }),
    )
  })
})

test('a logout during the exchange wins', async () => {
  const { server, oauth } = await returned()
  server.on('/v1/oauth/token', async () => {
    await oauth.logout()
    return { access_token: 'late', refresh_token: 'late' }
  })
  expect(await rejection(oauth.handleRedirect())).toMatchObject({ code: 'aborted' })
  expect(await oauth.hasRefreshToken()).toBe(false)
  await until(() => server.to('/v1/oauth/revoke').length === 1)
})

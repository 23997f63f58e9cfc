import { FakeBrowser, FakeHandle } from '@stagedoor/testkit/fake-browser'
import {
  API_KEY,
  answer,
  CALLBACK,
  records,
  rejection,
  requestOf,
  sdkIn,
  sleep,
  start,
  until,
} from '@stagedoor/testkit/sdk'
import { refusal, serve } from '@stagedoor/testkit/token-server'
import { describe, expect, test, vi } from 'vitest'
import { challengeOf } from '../src/protocol/pkce.ts'

describe('the authorization request', () => {
  test('opens in the click, before anything is awaited', async () => {
    const browser = new FakeBrowser()
    sdkIn(browser.tab(), 'https://api.example')
      .login({ scope: 'write', loginHint: 'ada', prompt: 'login' })
      .catch(() => {})
    const { state, code_challenge, ...rest } = requestOf(browser.popup.location.href)
    expect(browser.popup.location.href).toMatch(/^https:\/\/api\.example\/v1\/oauth\/authorize\?/)
    expect(code_challenge).toMatch(/^[\w-]{43}$/)
    expect(state).toMatch(/^[\w-]{43}$/)
    expect(rest).toEqual({
      response_type: 'code',
      scope: 'write',
      api_key: API_KEY,
      redirect_uri: CALLBACK,
      code_challenge_method: 'S256',
      display: 'popup',
      prompt: 'login',
      login_hint: 'ada',
    })
  })

  test('names the app where there is no key', () => {
    const browser = new FakeBrowser()
    sdkIn(browser.tab(), 'https://api.example', { apiKey: undefined, appName: 'My App' })
      .login()
      .catch(() => {})
    const request = requestOf(browser.popup.location.href)
    expect(request).toMatchObject({ app_name: 'My App', scope: 'read' })
    expect(request).not.toHaveProperty('api_key')
  })
})

describe('a popup login', () => {
  test('resolves once the tokens are stored, and the popup closes', async () => {
    const { server, browser, oauth, login } = await start()
    const { code_challenge } = requestOf(browser.popup.location.href)
    answer(browser.popup, { code: 'abc', iss: server.url })
    const callback = sdkIn(browser.popup, server.url, { redirectUri: undefined }).handleRedirect()
    expect(browser.popup.location.href).toBe(CALLBACK)
    await login
    expect(await oauth.hasRefreshToken()).toBe(true)
    await callback
    expect(browser.popup.isClosed).toBe(true)
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
    const { body } = server.calls[0] ?? {}
    expect(body).toMatchObject({
      grant_type: 'authorization_code',
      code: 'abc',
      client_id: API_KEY,
      redirect_uri: CALLBACK,
    })
    expect(challengeOf(String(body?.['code_verifier']))).toBe(code_challenge)
    expect(records(browser)).toEqual([])
  })

  test('ends at once in a page whose sandbox lets no other page talk to it, and says why', async () => {
    const server = await serve()
    const browser = new FakeBrowser()
    const tab = Object.assign(browser.tab(), { origin: 'null' })
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const error = await rejection(sdkIn(tab, server.url, { debug: true }).login())
    expect(error).toMatchObject({ code: 'redirect_uri_origin', reason: 'sandboxed' })
    expect(browser.popup.isClosed).toBe(true)
    expect(records(browser)).toEqual([])
    await until(() => warn.mock.calls.flat().some((words) => String(words).includes('allow-same-origin')))
    warn.mockRestore()
    const callback = Object.assign(browser.tab(`${CALLBACK}#code=a&state=b`), { origin: 'null' })
    const unheard = await rejection(sdkIn(callback, server.url).handleRedirect())
    expect(unheard.code).toBe('redirect_uri_origin')
  })

  test.each(['BroadcastChannel', 'postMessage'])('gets through by %s alone', async (way) => {
    const server = await serve()
    const browser = new FakeBrowser()
    browser.hasChannels = way === 'BroadcastChannel'
    const login = sdkIn(browser.tab(), server.url).login()
    if (way === 'BroadcastChannel') browser.popup.opener = null
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    await login
    expect(browser.popup.isClosed).toBe(true)
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })

  test('gets through where the popup has other storage than an embedded page (CL-35)', async () => {
    const server = await serve()
    const browser = new FakeBrowser()
    const elsewhere = new FakeBrowser()
    const page = browser.tab()
    const login = sdkIn(page, server.url).login()
    const callback = elsewhere.tab(browser.popup.location.href)
    callback.opener = new FakeHandle(page, callback)
    answer(callback, { code: 'abc' })
    await sdkIn(callback, server.url).handleRedirect()
    await login
    expect(callback.isClosed).toBe(true)
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })

  test('rejects at once when access is denied', async () => {
    const { server, browser, login } = await start()
    answer(browser.popup, { error: 'access_denied', error_description: 'No, thanks' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    const error = await rejection(login)
    expect(error).toMatchObject({ name: 'LoginError', code: 'access_denied', cancelled: true })
    expect(error.message).toContain('No, thanks')
    expect(browser.popup.isClosed).toBe(true)
    expect(server.calls).toEqual([])
    expect(records(browser)).toEqual([])
  })

  test('rejects with the reason of a refused exchange', async () => {
    const { server, browser, login } = await start()
    server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    expect(await rejection(login)).toMatchObject({
      name: 'OAuthError',
      code: 'invalid_grant',
      requestId: 'req-1',
    })
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })

  test('refuses another issuer before any token request (IN-10)', async () => {
    const { server, browser, login } = await start()
    answer(browser.popup, { code: 'abc', iss: 'https://evil.example' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    expect(await rejection(login)).toMatchObject({ code: 'issuer_mismatch' })
    expect(server.calls).toEqual([])
  })

  test('two at once, in two tabs and two instances, all succeed (CL-5)', async () => {
    const server = await serve()
    const browser = new FakeBrowser()
    const page = browser.tab()
    const logins = [page, page, browser.tab()].map((window) => sdkIn(window, server.url).login())
    for (const popup of [...browser.popups].reverse()) {
      answer(popup, { code: popup.location.href })
      await sdkIn(popup, server.url).handleRedirect()
    }
    await Promise.all(logins)
    expect(new Set(server.to('/v1/oauth/token').map(({ body }) => body['code_verifier'])).size).toBe(3)
  })
})

describe('messages', () => {
  test('from another origin, or of another shape, are ignored (CL-9, CL-11)', async () => {
    const { server, browser, page, login } = await start()
    const { state = '' } = requestOf(browser.popup.location.href)
    const good = { stagedoor: 'answer', state, answer: `code=evil&state=${state}` }
    page.receive(good, 'https://evil.example')
    const bad = [
      null,
      'answer',
      7,
      [],
      { ...good, stagedoor: 'other' },
      { ...good, state: 'other' },
      { ...good, answer: 'code=evil&state=other' },
      { ...good, answer: { state, code: 'evil' } },
      { ...good, answer: null },
      { stagedoor: 'answer', __proto__: { state, answer: good.answer } },
    ]
    for (const data of bad) page.receive(data, 'https://app.example')
    await sleep(20)
    expect(server.calls).toEqual([])

    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    await login
    expect(server.to('/v1/oauth/token').map(({ body }) => body['code'])).toEqual(['abc'])
  })

  test('never reach an opener of another origin (CL-10)', async () => {
    const { server, browser } = await start()
    const evil = new FakeBrowser().tab('https://evil.example/')
    const heard: unknown[] = []
    evil.addEventListener('message', ({ data }) => heard.push(data))
    const popup = evil.open(browser.popup.location.href, '', '') && evil.browser.popup
    if (popup) answer(popup, { code: 'abc' })
    if (popup)
      sdkIn(popup, server.url)
        .handleRedirect()
        .catch(() => {})
    await sleep(20)
    expect(heard).toEqual([])
  })
})

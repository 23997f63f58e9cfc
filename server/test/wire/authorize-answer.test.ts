import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { App, answerTo, appAndBrowser, challengeOf, newVerifier, pairOf } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, type Shown, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { rawRequest } from './socket.ts'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)
const uri = app.redirectUri
const code = expect.stringMatching(/^sdac_[\w-]{57}$/)

/** Asserts that the person is being asked. */
const expectConsent = (shown: Shown) => expect(formTo(shown, '/consent').fields).toHaveProperty('account')

describe('the answer', () => {
  test('is in the fragment unless the query is asked for', async () => {
    expect((await app.begin(browser)).leftFor).toMatch(/^https:\/\/app\.example\/cb#code=/)
    expect((await app.begin(browser, { response_mode: 'fragment' })).leftFor).toMatch(/cb#code=/)
  })

  test('of a request that says client_id alone is in the query, OAuth’s own default', async () => {
    const standard = { api_key: null, client_id: app.apiKey }
    expect((await app.begin(browser, standard)).leftFor).toMatch(/cb\?code=[^#]*$/)
    expect((await app.begin(browser, { ...standard, scope: 'admin' })).leftFor).toMatch(/cb\?error=[^#]*$/)
    expect((await app.begin(browser, { ...standard, response_mode: 'fragment' })).leftFor).toMatch(/cb#code=/)
    expect((await app.begin(browser, { client_id: app.apiKey })).leftFor).toMatch(/cb#code=/)
    expect((await app.begin(browser, { ...standard, app_name: 'Mine' })).leftFor).toMatch(/cb#code=/)
  })

  test('in the query ends with an empty fragment where a browser would carry over that of the address', async () => {
    const cookie = Array.from(browser.cookies, (pair) => pair.join('=')).join('; ')
    const begin = async (mode: string) => {
      const path = app.authorizePath({ response_mode: 'query' })
      const headers = [`Cookie: ${cookie}`, `Sec-Fetch-Mode: ${mode}`]
      return (await rawRequest(server.url, `GET ${path}`, headers)).head
    }
    expect(await begin('navigate')).toMatch(/\r\nlocation: https:\/\/app\.example\/cb\?code=[^#]*#\r\n/)
    expect(await begin('cors')).toMatch(/\r\nlocation: https:\/\/app\.example\/cb\?code=[^#\r]*\r\n/)
    const page = await app.begin(browser, { response_mode: 'query', prompt: 'consent' })
    expect((await browser.allow(page)).leftFor).toMatch(/cb\?code=[^#]*$/)
  })

  test('holds code, state and iss, and nothing else (RM-15, AZ-2)', async () => {
    const answer = answerTo(await app.begin(browser), uri)
    expect(answer).toEqual({ code, state: 'state of the app', iss: server.url })
  })

  test('holds no state when none was sent', async () => {
    expect(answerTo(await app.begin(browser, { state: null }), uri)).toEqual({ code, iss: server.url })
    expect(answerTo(await app.begin(browser, { state: '' }), uri)).toEqual({ code, iss: server.url })
  })

  test.each([
    'x&code=ATTACKER&origin=https://evil.example',
    '#?&=+%25 %',
    '"><script>alert(1)</script>',
    "'();,/?:@$-_.!~*",
    'ünï çødé 🎧 \u2028\u202e',
    '{"a":[1,2]}',
    '__proto__',
    'a+b c',
    'x'.repeat(2000),
  ])('returns the state unchanged in both modes: %s (RM-14)', async (state) => {
    for (const mode of ['fragment', 'query']) {
      const shown = await app.begin(browser, { state, response_mode: mode })
      expect(answerTo(shown, uri)).toEqual({ code, state, iss: server.url })
    }
  })

  test('keeps a query that the redirect URI has', async () => {
    const withQuery = 'https://app.example/cb?tenant=1&x=%20'
    const key = await server.register('Tenants', withQuery)
    const tenants = new App(server.url, { apiKey: key }, withQuery)
    for (const mode of ['fragment', 'query']) {
      const page = await tenants.begin(browser, { response_mode: mode })
      const shown = page.leftFor === null ? await browser.allow(page) : page
      expect(answerTo(shown, withQuery)).toMatchObject({ code })
    }
  })

  test('is a redirect by GET that no cache keeps (RM-12)', async () => {
    const { status, headers } = await app.begin(browser)
    expect(status).toBe(303)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('consent', () => {
  test('given once is not asked again for the same scope or less, for a registered web app', async () => {
    const { app, browser } = await appAndBrowser(server)
    expect((await app.begin(browser, { scope: 'write' })).leftFor).not.toBeNull()
    expect((await app.begin(browser, { scope: 'read' })).leftFor).not.toBeNull()
  })

  test('is asked again for more scope, and then names the new permission (AZ-14)', async () => {
    const fresh = new App(server.url, { apiKey: await server.register('More', uri) }, uri)
    await fresh.logIn(browser, { scope: 'read' })
    expect((await fresh.begin(browser, { scope: 'read' })).leftFor).not.toBeNull()
    const page = await fresh.begin(browser, { scope: 'read write' })
    expectConsent(page)
    expect(wordsOf(page)).toMatch(/able to.*Upload, edit and delete tracks.*not be able to/)
    await browser.allow(page)
    expect((await fresh.begin(browser, { scope: 'write' })).leftFor).not.toBeNull()
  })

  test('cancelled is not remembered, nor does it take an earlier one back', async () => {
    const fresh = new App(server.url, { apiKey: await server.register('Turned down', uri) }, uri)
    await browser.cancel(await fresh.begin(browser))
    expectConsent(await fresh.begin(browser))
    await fresh.logIn(browser)
    await browser.cancel(await fresh.begin(browser, { prompt: 'consent' }))
    expect((await fresh.begin(browser)).leftFor).not.toBeNull()
  })

  test('is one person’s own', async () => {
    expectConsent(await app.begin(await signedIn(server.url, jun)))
  })

  test.each([
    ['an app’s own scheme', ['myapp://oauth/callback'], 'myapp://oauth/callback'],
    ['a loopback URI on any port', ['http://127.0.0.1/cb'], 'http://127.0.0.1:49152/cb'],
  ])('is asked every time for %s', async (_, registered, redirectUri) => {
    const apiKey = await server.register(`Native ${redirectUri}`, ...registered)
    const native = new App(server.url, { apiKey }, redirectUri)
    for (let time = 0; time < 2; time += 1) {
      const page = await native.begin(browser)
      expectConsent(page)
      expect(wordsOf(page)).toContain('Allow this only if you started it in the app')
      const answer = answerTo(await browser.allow(page), redirectUri)
      expect(answer).toMatchObject({ code, state: 'state of the app', iss: server.url })
    }
    const silent = await native.begin(browser, { prompt: 'none' })
    expect(answerTo(silent, redirectUri)).toMatchObject({ error: 'consent_required' })
  })

  test('is asked every time for an app known by its name alone, which the page says (AZ-22)', async () => {
    const demo = new App(server.url, { appName: 'My demo' }, 'https://demo.example/cb')
    for (let time = 0; time < 2; time += 1) {
      const page = await demo.begin(browser)
      expectConsent(page)
      expect(wordsOf(page)).toMatch(/“ My demo ”.*not registered.*demo\.example/)
      expect(answerTo(await browser.allow(page), demo.redirectUri)).toMatchObject({ code })
    }
    expect(pairOf(await demo.exchange(await demo.logIn(browser)))).toBeDefined()
  })

  test('page says who asks, where it leads, who is asked and what for', async () => {
    const page = await app.begin(browser, { prompt: 'consent', scope: 'read' })
    const words = wordsOf(page)
    expect(words).toContain(`@${nova.handle}`)
    expect(words).toContain('app.example')
    expect(words).toMatch(/able to See your profile/)
    expect(words).toMatch(/not be able to Upload/)
  })
})

describe('prompt', () => {
  test('none answers with a code when consent was given before', async () => {
    expect(answerTo(await app.begin(browser, { prompt: 'none' }), uri)).toMatchObject({ code })
  })

  test('none is login_required without a session, in either mode, and shows nothing (AZ-15)', async () => {
    const shown = await app.begin(new Browser(server.url), { prompt: 'none', response_mode: 'query' })
    expect(shown.leftFor).toMatch(/\?error=login_required&/)
    expect(answerTo(shown, uri)).toMatchObject({ state: 'state of the app', iss: server.url })
  })

  test('none is consent_required without consent for the scope', async () => {
    const fresh = new App(server.url, { apiKey: await server.register('Silent', uri) }, uri)
    expect(answerTo(await fresh.begin(browser, { prompt: 'none' }), uri)).toMatchObject({
      error: 'consent_required',
    })
    await fresh.logIn(browser, { scope: 'read' })
    expect(answerTo(await fresh.begin(browser, { prompt: 'none', scope: 'write' }), uri)).toMatchObject({
      error: 'consent_required',
    })
  })

  test('consent asks although it was given', async () => {
    const page = await app.begin(browser, { prompt: 'consent' })
    expectConsent(page)
    expect(answerTo(await browser.allow(page), uri)).toMatchObject({ code })
  })

  test('select_account asks whom to go on as, although consent was given', async () => {
    const page = await app.begin(browser, { prompt: 'select_account' })
    expectConsent(page)
    expect(wordsOf(page)).toContain(`@${nova.handle}`)
    expect(answerTo(await browser.allow(page), uri)).toMatchObject({ code })
    formTo(await app.begin(new Browser(server.url), { prompt: 'select_account' }), '/sign-in')
  })

  test('login asks for the password although somebody is signed in', async () => {
    const browser = await signedIn(server.url)
    const page = await app.begin(browser, { prompt: 'login' })
    formTo(page, '/sign-in')
    const requestId = new URL(page.url).searchParams.get('request')
    const around = await browser.open(`/consent?request=${requestId}`)
    expect(formTo(around, '/sign-in')).toBeDefined()
    expect(answerTo(await browser.signIn(page, nova), uri)).toMatchObject({ code })
  })

  test('login and consent together ask for both', async () => {
    const browser = await signedIn(server.url)
    const page = await app.begin(browser, { prompt: 'login consent' })
    const consent = await browser.signIn(page, nova)
    expectConsent(consent)
    expect(answerTo(await browser.allow(consent), uri)).toMatchObject({ code })
  })

  test('login is not satisfied by a form sent around the sign-in page', async () => {
    const browser = await signedIn(server.url)
    const { fields } = formTo(await app.begin(browser, { prompt: 'login' }), '/sign-in')
    const answer = await browser.post('/consent', { ...fields, account: nova.handle })
    expect(answer).toMatchObject({ status: 303, leftFor: null })
    expect(answer.headers.get('location')).toMatch(/^\/sign-in\?/)
  })
})

describe('cancelling', () => {
  test.each(['fragment', 'query'])('tells the app access_denied by %s (AZ-16)', async (mode) => {
    const page = await app.begin(browser, { prompt: 'consent', response_mode: mode })
    const answer = answerTo(await browser.cancel(page), uri)
    expect(answer).toMatchObject({ error: 'access_denied', state: 'state of the app', iss: server.url })
    expect(answer).not.toHaveProperty('code')
  })

  test('works on the sign-in page, before anybody has signed in', async () => {
    const browser = new Browser(server.url)
    const answer = answerTo(await browser.cancel(await app.begin(browser)), uri)
    expect(answer).toMatchObject({ error: 'access_denied' })
  })

  test('is final: the same page allows nothing afterwards', async () => {
    const page = await app.begin(browser, { prompt: 'consent' })
    await browser.cancel(page)
    const refused = await browser.allow(page)
    expect(refused).toMatchObject({ status: 400, leftFor: null })
    expect(wordsOf(refused)).toContain('You have cancelled this login')
    expect(answerTo(await browser.cancel(page), uri)).toMatchObject({ error: 'access_denied' })
  })
})

test('login_hint fills in the sign-in page', async () => {
  const page = await app.begin(new Browser(server.url), { login_hint: 'jun"><b>' })
  expect(formTo(page, '/sign-in').fields['login']).toBe('jun"><b>')
})

test('what was asked is frozen: the consent form cannot change it (AZ-11)', async () => {
  const verifier = newVerifier()
  const page = await app.begin(browser, { prompt: 'consent', scope: 'read' }, verifier)
  const swapped = {
    scope: 'write',
    redirect_uri: 'https://evil.example/',
    state: 'other',
    code_challenge: challengeOf(newVerifier()),
    api_key: 'f'.repeat(40),
  }
  const answer = answerTo(await browser.submit(formTo(page, '/consent'), swapped), uri)
  expect(answer['state']).toBe('state of the app')
  const exchanged = await app.exchange({ code: answer['code'] ?? '', verifier })
  expect(exchanged.body).toMatchObject({ scope: 'read' })
})

test('a session ends after 30 days', async () => {
  const server = await ownServer()
  const { app, browser } = await appAndBrowser(server)
  server.advance(29 * 86_400_000)
  expect((await app.begin(browser)).leftFor).not.toBeNull()
  server.advance(1 * 86_400_000)
  formTo(await app.begin(browser), '/sign-in')
})

import { fileServer } from '@stagedoor/testkit/server'
import {
  App,
  anotherApp,
  answerTo,
  appAndBrowser,
  type Changes,
  encoded,
  expectOAuthError,
  type Login,
  newVerifier,
  pairOf,
  post,
} from '@stagedoor/testkit/wire-app'
import { jun, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)
const other = await anotherApp(server, app)
const login = (changes?: Changes) => app.logIn(browser, changes)

describe('a code is exchanged for a pair', () => {
  test.each(['json', 'form'])('sent as %s (TK-22)', async (kind) => {
    const body = app.exchangeOf(await login({ scope: 'write' }))
    const answer =
      kind === 'json'
        ? await post(`${server.url}/v1/oauth/token`, JSON.stringify(body), 'application/json; charset=UTF-8')
        : await post(`${server.url}/v1/oauth/token`, encoded(body), 'application/x-www-form-urlencoded')
    expect({ status: answer.status, ...answer.body }).toEqual({
      status: 200,
      access_token: expect.stringMatching(/^sdat_[\w-]{57}$/),
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^sdrt_[\w-]{57}$/),
      refresh_expires_in: 2_592_000,
      scope: 'write',
    })
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('pragma')).toBe('no-cache')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    expect(await app.me(pairOf(answer).access)).toBe(200)
  })

  test('with the client_id in any spelling', async () => {
    const key = app.apiKey ?? ''
    for (const client_id of [key.toUpperCase(), `0x${key}`, `0X${key}`])
      expect((await app.exchange(await login(), { client_id })).status).toBe(200)
  })

  test('with unknown fields, empty ones and the incumbent’s query beside it', async () => {
    const body = { ...app.exchangeOf(await login()), foo: 'bar', state: '', __proto__: 'x', constructor: 'x' }
    const url = `${server.url}/v1/oauth/token?app_name=x&api_key=${app.apiKey}`
    expect((await post(url, JSON.stringify(body), 'application/json')).status).toBe(200)
  })

  test('whatever cookies come along (TK-15)', async () => {
    const cookie = Array.from(browser.cookies, ([name, value]) => `${name}=${value}`).join('; ')
    const body = JSON.stringify(app.exchangeOf(await login()))
    const answer = await post(`${server.url}/v1/oauth/token`, body, 'application/json', { cookie })
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test.each([43, 128])('with a verifier of %i characters, all that are allowed', async (length) => {
    const verifier = 'verifier-AZaz09-._~'.padEnd(length, 'x')
    const shown = await app.begin(browser, {}, verifier)
    const code = answerTo(shown, app.redirectUri)['code'] ?? ''
    expect((await app.exchange({ code, verifier })).status).toBe(200)
  })

  test('by an app without an API key, whose client_id is absent or null (CD-5)', async () => {
    const demo = new App(server.url, { appName: 'My demo' }, 'https://demo.example/cb')
    const answer = await demo.exchange(await demo.logIn(browser))
    expect(answer.body).toMatchObject({ scope: 'read' })
    const { refresh, access } = pairOf(answer)
    expect(await demo.me(access)).toBe(200)
    expect((await demo.refresh(refresh)).status).toBe(200)
    const form = encoded(demo.exchangeOf(await demo.logIn(browser)))
    expect(form).not.toContain('client_id')
    expect(
      (await post(`${server.url}/v1/oauth/token`, form, 'application/x-www-form-urlencoded')).status,
    ).toBe(200)
    expectOAuthError(
      await demo.exchange(await demo.logIn(browser), { client_id: app.apiKey }),
      400,
      'invalid_grant',
      /client_id/,
    )
  })

  test('on the grace of the app and the person alone, whatever scope is asked for now (CD-11)', async () => {
    const { body } = await app.exchange(await login({ scope: 'read' }), { scope: 'write' })
    expect(body).toMatchObject({ scope: 'read' })
  })
})

describe('what a code is bound to must be right, and a mistake leaves it usable:', () => {
  test.each<[string, Changes, string, RegExp]>([
    ['another verifier', { code_verifier: newVerifier() }, 'invalid_grant', /PKCE/],
    [
      'a verifier in other case (TK-12, TK-14)',
      { code_verifier: 'verifier-'.toUpperCase().padEnd(52, 'X') },
      'invalid_grant',
      /PKCE/,
    ],
    ['no verifier', { code_verifier: null }, 'invalid_request', /code_verifier/],
    ['an empty verifier', { code_verifier: '' }, 'invalid_request', /code_verifier/],
    [
      'a verifier of 42 characters',
      { code_verifier: 'verifier-'.padEnd(42, 'x') },
      'invalid_request',
      /43 to 128/,
    ],
    [
      'a verifier of 129 characters',
      { code_verifier: 'verifier-'.padEnd(129, 'x') },
      'invalid_request',
      /43 to 128/,
    ],
    ['a verifier with a +', { code_verifier: 'verifier-'.padEnd(50, '+') }, 'invalid_request', /43 to 128/],
    ['another client', { client_id: other.apiKey }, 'invalid_grant', /client_id/],
    ['no client', { client_id: null }, 'invalid_request', /client_id is missing/],
    ['an unknown client', { client_id: 'f'.repeat(40) }, 'invalid_client', /client_id/],
    ['a client that is none', { client_id: 'zzz' }, 'invalid_client', /client_id/],
    ['another redirect URI', { redirect_uri: 'https://app.example/cb2' }, 'invalid_grant', /redirect_uri/],
    [
      'the redirect URI with a slash',
      { redirect_uri: 'https://app.example/cb/' },
      'invalid_grant',
      /redirect_uri/,
    ],
    ['no redirect URI', { redirect_uri: null }, 'invalid_request', /redirect_uri/],
    ['no code', { code: null }, 'invalid_request', /code is missing/],
    ['no grant type', { grant_type: null }, 'invalid_request', /grant_type/],
    ...['password', 'client_credentials', 'implicit', 'AUTHORIZATION_CODE', '__proto__'].map(
      (grant): [string, Changes, string, RegExp] => [
        `grant type ${grant}`,
        { grant_type: grant },
        'unsupported_grant_type',
        /grant_type/,
      ],
    ),
    ['a client secret', { client_secret: 'a pass-phrase' }, 'invalid_client', /public/],
  ])('%s', async (_, changes, error, words) => {
    const { code, verifier } = await login()
    expectOAuthError(await app.exchange({ code, verifier }, changes), 400, error, words)
    expect((await app.exchange({ code, verifier })).status).toBe(200)
  })

  test('another’s code with one’s own verifier (CD-7)', async () => {
    const attackers = await app.logIn(await signedIn(server.url, jun))
    const { verifier } = await login()
    expectOAuthError(await app.exchange({ code: attackers.code, verifier }), 400, 'invalid_grant', /PKCE/)
  })

  test('the port of a loopback URI', async () => {
    const apiKey = await server.register('Desktop', 'http://127.0.0.1/cb')
    const desktop = new App(server.url, { apiKey }, 'http://127.0.0.1:4001/cb')
    const login = await desktop.logIn(browser)
    for (const redirect_uri of ['http://127.0.0.1:4002/cb', 'http://127.0.0.1/cb'])
      expectOAuthError(await desktop.exchange(login, { redirect_uri }), 400, 'invalid_grant', /redirect_uri/)
    expect((await desktop.exchange(login)).status).toBe(200)
  })

  const basic = (credentials: string) => ({
    authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
  })

  test.each([
    ['with a secret, which public clients do not have', () => basic(`${app.apiKey}:pass-phrase`)],
    ['with a secret that begins with a colon', () => basic(`${app.apiKey}::pass-phrase`)],
    ['of another client than the body’s', () => basic(`${'a'.repeat(40)}:`)],
    ['without a colon', () => basic(`${app.apiKey}`)],
    ['that is no base64', () => ({ authorization: 'Basic !' })],
    ['that is no UTF-8 in percent-encoding', () => basic('%ff:')],
  ])('HTTP authentication %s (TK-13)', async (_, headers) => {
    const form = await login()
    const body = JSON.stringify(app.exchangeOf(form))
    const answer = await post(`${server.url}/v1/oauth/token`, body, 'application/json', headers())
    expectOAuthError(answer, 401, 'invalid_client', /no secret here/)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /)
    expect((await app.exchange(form)).status).toBe(200)
  })

  test('but an empty secret is none: its user is the client, also where the body names none', async () => {
    const key = `${app.apiKey}`
    for (const [user, client_id] of [
      [key, key],
      [key, null],
      [key, ''],
      ['', key],
      [`0x${key.toUpperCase()}`, null],
    ] as const) {
      const body = JSON.stringify(app.exchangeOf(await login(), { client_id, client_secret: '' }))
      const sent = [`${server.url}/v1/oauth/token`, body, 'application/json', basic(`${user}:`)] as const
      const pair = pairOf(await post(...sent))
      const token = JSON.stringify({ token: pair.refresh })
      await post(`${server.url}/v1/oauth/revoke`, token, 'application/json', basic(`${user}:`))
      expect(await app.me(pair.access)).toBe(401)
    }
  })
})

describe('a code that cannot be one is unknown:', () => {
  test.each<[string, (code: string) => string]>([
    ['cut short', (code) => code.slice(0, -1)],
    ['with more behind it', (code) => `${code}.`],
    ['in upper case', (code) => code.toUpperCase()],
    ['with a changed letter', (code) => code.slice(0, 10) + (code[10] === 'A' ? 'B' : 'A') + code.slice(11)],
    ['with a space before it', (code) => ` ${code}`],
    ['as a refresh token', (code) => code.replace('sdac_', 'sdrt_')],
    ['of 10 kB', (code) => code.repeat(200)],
    ['of other text', () => '🎧'.repeat(43)],
  ])('%s', async (_, change) => {
    const { code, verifier } = await login()
    const answer = await app.exchange({ code: change(code), verifier })
    expectOAuthError(answer, 400, 'invalid_grant', /not known/)
    expect((await app.exchange({ code, verifier })).status).toBe(200)
  })
})

describe('a code works once:', () => {
  const exchanged = async () => {
    const spent = await login()
    return { spent, pair: pairOf(await app.exchange(spent)) }
  }

  test('used again with all its bindings it ends everything issued from it (CD-1)', async () => {
    const { spent, pair } = await exchanged()
    const successor = pairOf(await app.refresh(pair.refresh))
    expectOAuthError(await app.exchange(spent), 400, 'invalid_grant', /reuse/)
    for (const { access, refresh } of [pair, successor]) {
      expect(await app.me(access)).toBe(401)
      expectOAuthError(await app.refresh(refresh), 400, 'invalid_grant')
    }
    expectOAuthError(await app.exchange(spent), 400, 'invalid_grant', /reuse/)
  })

  test.each<[string, Changes]>([
    ['verifier', { code_verifier: newVerifier() }],
    ['client', { client_id: other.apiKey }],
    ['redirect URI', { redirect_uri: 'https://app.example/cb2' }],
  ])('used again with another %s it ends nothing (CD-3)', async (_, changes) => {
    const { spent, pair } = await exchanged()
    expectOAuthError(await app.exchange(spent, changes), 400, 'invalid_grant')
    expect(await app.me(pair.access)).toBe(200)
    expect((await app.refresh(pair.refresh)).status).toBe(200)
  })

  test('of a hundred exchanges at once exactly one is answered with a pair (CD-2, F-14)', async () => {
    const spent = await login()
    const answers = await Promise.all(Array.from({ length: 100 }, () => app.exchange(spent)))
    const good = answers.filter(({ status }) => status === 200)
    expect(good).toHaveLength(1)
    for (const answer of answers)
      if (answer !== good[0]) expectOAuthError(answer, 400, 'invalid_grant', /reuse/)
    for (const answer of good) expect(await app.me(pairOf(answer).access)).toBe(401)
  })

  test('of a hundred exchanges at once with wrong verifiers and one right one, that one wins', async () => {
    const { code, verifier } = await login()
    const guesses: Login[] = Array.from({ length: 99 }, () => ({ code, verifier: newVerifier() }))
    const answers = await Promise.all([...guesses, { code, verifier }].map((guess) => app.exchange(guess)))
    const [good, ...others] = answers.filter(({ status }) => status === 200)
    expect(others).toEqual([])
    expect(await app.me(good === undefined ? '' : pairOf(good).access)).toBe(200)
  })
})

import { KeyHolder } from '@stagedoor/testkit/key-holder'
import { fileServer, minute, ownServer, second, type TestServer } from '@stagedoor/testkit/server'
import {
  type App,
  appAndBrowser,
  type Changes,
  expectOAuthError,
  get,
  pairOf,
} from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { developed } from './developer.ts'
import { me, prove } from './proven.ts'

const server = await fileServer()
const grantType = 'urn:ietf:params:oauth:grant-type:device_code'

async function begin(app: App, scope = 'read') {
  const { status, body } = await app.post('/v1/oauth/device_authorization', { client_id: app.apiKey, scope })
  expect(status).toBe(200)
  const { device_code: code, user_code: userCode } = body
  if (typeof code !== 'string' || typeof userCode !== 'string') throw new Error(JSON.stringify(body))
  return { code, userCode, body }
}

const poll = (app: App, code: string, client = app.apiKey) =>
  app.post('/v1/oauth/token', { grant_type: grantType, device_code: code, client_id: client })

/** The person types the code on another device and answers. */
async function answer(browser: Browser, userCode: string, how: 'allow' | 'cancel', ticks = false) {
  const form = formTo(await browser.open('/device'), '/device')
  const asked = await browser.submit(form, { user_code: userCode })
  const fields = { answer: how, ...(ticks && { share_email: 'yes' }) }
  return { asked, end: await browser.submit(formTo(asked, '/device/answer'), fields) }
}

/** Asks with a proof, which the first answer's nonce makes good. */
async function proven(app: App, holder: KeyHolder, body: Changes) {
  expectOAuthError(await prove(app, holder, body), 400, 'use_dpop_nonce')
  return prove(app, holder, body)
}

async function still(): Promise<TestServer> {
  const own = await ownServer()
  own.stopClock()
  return own
}

test('a device logs in by a code that its person types elsewhere (RFC 8628)', async () => {
  const own = await still()
  const { app } = await appAndBrowser(own)
  const { code, userCode, body } = await begin(app, 'openid email write')
  expect(body).toEqual({
    device_code: expect.stringMatching(/^sddc_/),
    user_code: expect.stringMatching(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/),
    verification_uri: `${own.url}/device`,
    verification_uri_complete: `${own.url}/device?user_code=${userCode}`,
    verification_uri_qr: `${own.url}/device/qr.svg?user_code=${userCode}`,
    expires_in: 600,
    interval: 5,
  })
  expectOAuthError(await poll(app, code), 400, 'authorization_pending')
  const person = await signedIn(own.url, jun)
  const { asked, end } = await answer(person, userCode.toLowerCase().replace('-', ' '), 'allow', true)
  expect(wordsOf(asked)).toContain(`The device must show ${userCode}`)
  expect(wordsOf(asked)).toContain('Edit your profile')
  expect(wordsOf(end)).toContain('Go on at your device')
  // Each form has led on to a page of its own, so that going back asks nobody to send it again.
  expect([asked.url, end.url]).toEqual([
    `${own.url}/device/allow?user_code=${userCode}`,
    `${own.url}/device/allowed`,
  ])
  own.advance(5 * second)
  const given = await poll(app, code)
  expect(given.body).toMatchObject({ scope: 'openid email write', id_token: expect.any(String) })
  const me = await get(`${own.url}/v1/me`, { authorization: `Bearer ${pairOf(given).access}` })
  expect(me.body['handle']).toBe('jun')
  pairOf(await app.refresh(pairOf(given).refresh))
  expect(wordsOf(await person.open('/account/apps'))).toContain('See your email')
  expect(wordsOf(await person.open('/account/security'))).toMatch(/Access allowed : \S.*write/)
})

test('who is not signed in does so first, and finds the code filled in', async () => {
  const { app } = await appAndBrowser(server)
  const { userCode } = await begin(app)
  const browser = new Browser(server.url)
  const page = await browser.signIn(await browser.open(`/device?user_code=${userCode}`), nova)
  expect(formTo(page, '/device').fields['user_code']).toBe(userCode)
})

test('a device whose person cancels is told so', async () => {
  const { app, browser } = await appAndBrowser(server)
  const { code, userCode } = await begin(app)
  const wide = userCode.replaceAll(/[A-Z]/g, (it) => String.fromCharCode(it.charCodeAt(0) + 0xfee0))
  await answer(browser, wide, 'cancel')
  expectOAuthError(await app.post('/v1/oauth/device_authorization', {}), 400, 'invalid_request')
  expectOAuthError(await poll(app, code), 400, 'access_denied')
  expect(wordsOf(await answerable(browser, userCode))).toContain('This code is not known')
})

const answerable = async (browser: Browser, userCode: string) =>
  browser.submit(formTo(await browser.open('/device'), '/device'), { user_code: userCode })

function pageOf<T>(pages: readonly T[], n: number): T {
  const page = pages[n]
  if (page === undefined) throw new Error('There is no such page')
  return page
}

test('a device that asks too often waits longer and longer (DV-1)', async () => {
  const own = await still()
  const { app } = await appAndBrowser(own)
  const { code } = await begin(app)
  const ask = async (after: number) => {
    own.advance(after * second)
    return (await poll(app, code)).body['error']
  }
  expect(await ask(0)).toBe('authorization_pending')
  expect(await ask(5)).toBe('authorization_pending')
  expect(await ask(1)).toBe('slow_down')
  expect(await ask(5)).toBe('slow_down')
  expect(await ask(15)).toBe('authorization_pending')
})

describe('a code of a device', () => {
  test('is good once, and used twice it ends what it gave (DV-2)', async () => {
    const { app, browser } = await appAndBrowser(server)
    const { code, userCode } = await begin(app)
    await answer(browser, userCode, 'allow')
    const answers = await Promise.all(Array.from({ length: 10 }, () => poll(app, code)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const given = answers.find(({ status }) => status === 200)
    if (given) expect(await app.me(pairOf(given).access)).toBe(401)
  })

  test('is answered once, whoever answers at once (DV-3)', async () => {
    const { app } = await appAndBrowser(server)
    const { code, userCode } = await begin(app)
    const people = await Promise.all([nova, jun, nova, jun].map((person) => signedIn(server.url, person)))
    const asked = await Promise.all(people.map((person) => answerable(person, userCode)))
    const ends = await Promise.all(
      people.map((person, n) =>
        person.submit(formTo(pageOf(asked, n), '/device/answer'), { answer: n === 0 ? 'cancel' : 'allow' }),
      ),
    )
    expect(ends.filter(({ status }) => status === 200)).toHaveLength(1)
    const { status, body } = await poll(app, code)
    expect(status === 200 || body['error'] === 'access_denied').toBe(true)
  })

  test('is of one app, one kind and ten minutes (DV-4)', async () => {
    const own = await still()
    const { app, browser } = await appAndBrowser(own)
    const { app: other } = await appAndBrowser(own)
    const { code, userCode } = await begin(app)
    expectOAuthError(await poll(app, code, other.apiKey), 400, 'invalid_grant')
    expectOAuthError(await poll(app, 'sddc_none'), 400, 'invalid_grant')
    await answer(browser, userCode, 'allow')
    expectOAuthError(await poll(other, code), 400, 'invalid_grant')
    const asCode = { code, verifier: 'verifier-of-nothing-that-was-ever-asked-for-here' }
    expectOAuthError(await app.exchange(asCode, { redirect_uri: 'device' }), 400, 'invalid_grant')
    const late = await begin(app)
    own.advance(10 * minute)
    expectOAuthError(await poll(app, late.code), 400, 'expired_token')
    expect(wordsOf(await answerable(browser, late.userCode))).toContain('This code is not known')
  })

  test('is found by nobody who guesses (DV-5)', async () => {
    const own = await still()
    const { app } = await appAndBrowser(own)
    const { userCode } = await begin(app)
    const guesser = await signedIn(own.url, jun)
    const form = formTo(await guesser.open('/device'), '/device')
    const statuses: number[] = []
    for (let n = 0; n < 25; n += 1) {
      const guess = `BCDFGHJ${'BCDFGHJKLMNPQRSTVWXZ'[n % 20]}`
      statuses.push((await guesser.submit(form, { user_code: guess })).status)
    }
    expect(statuses.filter((status) => status === 422)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(429)
    expect((await guesser.submit(form, { user_code: userCode })).status).toBe(429)
    expect((await answerable(await signedIn(own.url, nova), userCode)).status).toBe(200)
  })

  test('is asked about by itself and by the client, or by neither', async () => {
    const { app } = await appAndBrowser(server)
    const { code } = await begin(app)
    const ask = (changes: Changes) =>
      app.post('/v1/oauth/token', { grant_type: grantType, device_code: code, ...changes })
    expectOAuthError(
      await ask({ client_id: app.apiKey, device_code: null }),
      400,
      'invalid_request',
      /device_code/,
    )
    expectOAuthError(await ask({}), 400, 'invalid_request', /client_id is missing/)
    const foreign = await poll(app, code, (await appAndBrowser(server)).app.apiKey)
    expectOAuthError(foreign, 400, 'invalid_grant', /issued to another client_id/)
    expectOAuthError(await poll(app, 'sddc_none'), 400, 'invalid_grant', /not known/)
    expectOAuthError(await poll(app, code), 400, 'authorization_pending')
  })

  test('is worth nothing once what allowed it has ended, and says no more than that', async () => {
    const own = await ownServer()
    const { app, browser } = await appAndBrowser(own)
    const { code, userCode } = await begin(app)
    await answer(browser, userCode, 'allow')
    await own.store.disableUser(nova.handle, Date.now())
    expectOAuthError(await poll(app, code), 400, 'invalid_grant', /not known/)
  })

  test('gives tokens that are bound to the key its device proves, and the others no such', async () => {
    const { app, browser } = await appAndBrowser(server)
    const allowed = async () => {
      const { code, userCode } = await begin(app)
      await answer(browser, userCode, 'allow')
      return { grant_type: grantType, device_code: code, client_id: app.apiKey }
    }
    const holder = await KeyHolder.make()
    const bound = await proven(app, holder, await allowed())
    expect(bound.body).toMatchObject({ token_type: 'DPoP' })
    expect((await me(server.url, holder, pairOf(bound).access)).status).toBe(200)
    expect(await app.me(pairOf(bound).access)).toBe(401)
    const unbound = await app.post('/v1/oauth/token', await allowed())
    expect(unbound.body).toMatchObject({ token_type: 'Bearer' })
    expect(await app.me(pairOf(unbound).access)).toBe(200)
  })

  test('asks the device of an app that binds tokens for its key, and waits for it', async () => {
    const own = await developed(server, nova)
    const { code, userCode } = await begin(own.app)
    await answer(own.browser, userCode, 'allow')
    await server.store.updateApp(own.apiKey, own.ownerId, { bindsTokens: true }, Date.now())
    expectOAuthError(await poll(own.app, code), 400, 'invalid_dpop_proof')
    const body = { grant_type: grantType, device_code: code, client_id: own.apiKey }
    const given = await proven(own.app, await KeyHolder.make(), body)
    expect(given.body).toMatchObject({ token_type: 'DPoP' })
  })

  test('is answered by no form of another site (DV-6)', async () => {
    const { app, browser } = await appAndBrowser(server)
    const { code, userCode } = await begin(app)
    const fields = { user_code: userCode, answer: 'allow', csrf: 'forged' }
    expect((await browser.post('/device/answer', fields)).status).toBe(403)
    expectOAuthError(await poll(app, code), 400, 'authorization_pending')
  })
})

test('a suspended app begins no login, and gets none that it began', async () => {
  const own = await ownServer()
  const { app, browser } = await appAndBrowser(own)
  const { userCode } = await begin(app)
  await own.store.suspendApp(app.apiKey ?? '', Date.now())
  expect(wordsOf(await answerable(browser, userCode))).toContain('This code is not known')
  const again = await app.post('/v1/oauth/device_authorization', { client_id: app.apiKey })
  expectOAuthError(again, 403, 'unauthorized_client')
})

test('the address of a code is there as a picture, and nothing else is', async () => {
  const picture = await fetch(`${server.url}/device/qr.svg?user_code=BCDF-GHJK`)
  expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  expect(await picture.text()).toMatch(/^<svg/)
  for (const other of ['', '?user_code=AEIO-UAEI', '?user_code=<script>', '?user_code=BCDFGHJKL'])
    expect((await fetch(`${server.url}/device/qr.svg${other}`)).status).toBe(404)
})

test('switched off, there is nothing of it', async () => {
  const own = await ownServer({ DEVICE_LOGIN: 'false' })
  const { app } = await appAndBrowser(own)
  expect((await app.post('/v1/oauth/device_authorization', {})).status).toBe(404)
  expect((await fetch(`${own.url}/device`)).status).toBe(404)
  expectOAuthError(
    await poll(app, 'sddc_x'),
    400,
    'unsupported_grant_type',
    /: authorization_code, refresh_token\.$/,
  )
  const { body } = await get(`${own.url}/.well-known/oauth-authorization-server`)
  expect(body['grant_types_supported']).toEqual(['authorization_code', 'refresh_token'])
})

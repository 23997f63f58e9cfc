import { createHash } from 'node:crypto'
import { fileServer, hour, minute, ownServer, second, type TestServer } from '@stagedoor/testkit/server'
import {
  type Answer,
  App,
  answerTo,
  appAndBrowser,
  type Changes,
  expectOAuthError,
  get,
  newVerifier,
  pairOf,
} from '@stagedoor/testkit/wire-app'
import { formTo, nova, type Person, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'

const server = await fileServer()

const openid: Changes = { scope: 'openid profile', nonce: 'nonce of the app' }

/** The claims of an answer's ID token, verified as a client would. */
async function claimsOf(answer: Answer, app: App, at: TestServer = server): Promise<JWTPayload> {
  const { id_token: token } = answer.body
  if (typeof token !== 'string')
    throw new Error(`This answer has no ID token: ${JSON.stringify(answer.body)}`)
  const metadata = await get(`${at.url}/.well-known/openid-configuration`)
  const keys = createRemoteJWKSet(new URL(String(metadata.body['jwks_uri'])))
  const { payload } = await jwtVerify(token, keys, {
    issuer: at.url,
    audience: app.apiKey ?? '',
    algorithms: ['ES256'],
  })
  return payload
}

/** Logs in where everything is asked, ticking the email or not. */
async function logIn(app: App, person: Person = nova, changes: Changes = {}, ticks = false) {
  const browser = await signedIn(app.issuer, person)
  const verifier = newVerifier()
  const page = await app.begin(browser, { ...openid, prompt: 'consent', ...changes }, verifier)
  const form = formTo(page, '/consent')
  const end = await browser.submit(form, ticks ? { share_email: 'yes' } : {})
  const code = answerTo(end, app.redirectUri)['code'] ?? ''
  return { browser, page, answer: await app.exchange({ code, verifier }) }
}

const userinfo = (token: string) =>
  get(`${server.url}/v1/oauth/userinfo`, { authorization: `Bearer ${token}` })

test('the provider describes itself (OpenID Connect Discovery)', async () => {
  const { status, headers, body } = await get(`${server.url}/.well-known/openid-configuration`)
  expect(status).toBe(200)
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(body).toMatchObject({
    issuer: server.url,
    jwks_uri: `${server.url}/.well-known/jwks.json`,
    userinfo_endpoint: `${server.url}/v1/oauth/userinfo`,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access', 'read', 'write'],
    request_uri_parameter_supported: false,
  })
  expect((await get(`${server.url}/.well-known/oauth-authorization-server`)).body).toEqual(body)
})

test('an ID token says who logged in, for whom, when and how', async () => {
  const { app, browser } = await appAndBrowser(server)
  const answer = await app.exchange(await app.logIn(browser, openid))
  expect(answer.body['scope']).toBe('openid profile read')
  const claims = await claimsOf(answer, app)
  const me = await get(`${server.url}/v1/me`, { authorization: `Bearer ${pairOf(answer).access}` })
  const half = createHash('sha256').update(pairOf(answer).access).digest().subarray(0, 16)
  expect(claims).toMatchObject({
    iss: server.url,
    sub: me.body['sub'],
    aud: app.apiKey,
    nonce: 'nonce of the app',
    acr: 'urn:stagedoor:acr:password',
    amr: ['pwd'],
    at_hash: half.toString('base64url'),
    preferred_username: 'nova',
    sid: expect.stringMatching(/^[\w-]{22}$/),
  })
  expect(Number(claims.exp) - Number(claims.iat)).toBe(hour / second)
  expect(Math.abs(Number(claims['auth_time']) - Number(claims.iat))).toBeLessThan(60)
  expect(claims).not.toHaveProperty('email')
})

test('an app that does not ask gets the answer it always got', async () => {
  const { app, browser } = await appAndBrowser(server)
  const answer = await app.exchange(await app.logIn(browser, { nonce: 'n' }))
  expect(Object.keys(answer.body)).not.toContain('id_token')
  expect(answer.body['scope']).toBe('read')
  expectOAuthError(await userinfo(pairOf(answer).access), 403, 'insufficient_scope')
})

test('a refresh says again who it was, and when they proved it', async () => {
  const { app, browser } = await appAndBrowser(server)
  const first = await app.exchange(await app.logIn(browser, openid))
  const next = await app.refresh(pairOf(first).refresh, { scope: 'openid read' })
  const again = await app.refresh(pairOf(first).refresh, { scope: 'openid read' })
  const before = await claimsOf(first, app)
  for (const answer of [next, again])
    expect(await claimsOf(answer, app)).toMatchObject({
      sub: before.sub,
      aud: before.aud,
      auth_time: before['auth_time'],
      sid: before['sid'],
    })
})

describe('the email (OC-1)', () => {
  test('is not told unless its own question is ticked (OC-1)', async () => {
    const { app } = await appAndBrowser(server)
    const { page, answer } = await logIn(app, nova, { scope: 'openid email' })
    expect(wordsOf(page)).toContain('Also tell it my email, nova@')
    expect(page.text).toMatch(/name="share_email" value="yes"(?!.*checked)/)
    expect(answer.body['scope']).toBe('openid read')
    expect(await claimsOf(answer, app)).not.toHaveProperty('email')
    expect((await userinfo(pairOf(answer).access)).body).not.toHaveProperty('email')
  })

  test('is told where it is ticked, and the answer is remembered as it was given', async () => {
    const { app } = await appAndBrowser(server)
    const { browser, answer } = await logIn(app, nova, { scope: 'openid email' }, true)
    expect(answer.body['scope']).toBe('openid email read')
    const told = { email: expect.stringContaining('nova@'), email_verified: true }
    expect(await claimsOf(answer, app)).toMatchObject(told)
    expect((await userinfo(pairOf(answer).access)).body).toMatchObject(told)
    const silent = await app.exchange(await app.logIn(browser, { scope: 'openid email', prompt: 'none' }))
    expect(silent.body['scope']).toBe('openid email read')
    const without = await app.exchange(await app.logIn(browser, { scope: 'openid', prompt: 'none' }))
    expect(await claimsOf(without, app)).not.toHaveProperty('email')
  })

  test('is asked of who allowed the app before it asked', async () => {
    const { app, browser } = await appAndBrowser(server)
    await app.logIn(browser, openid)
    const page = await app.begin(browser, { scope: 'openid email' })
    expect(wordsOf(page)).toContain('Also tell it my email')
    const silent = await app.begin(browser, { scope: 'openid email', prompt: 'none' })
    expect(answerTo(silent, app.redirectUri)).toMatchObject({ error: 'consent_required' })
  })

  test('is not told of who was told no before', async () => {
    const { app } = await appAndBrowser(server)
    const { browser } = await logIn(app, nova, { scope: 'openid email' })
    const silent = await app.exchange(await app.logIn(browser, { scope: 'openid email', prompt: 'none' }))
    expect(await claimsOf(silent, app)).not.toHaveProperty('email')
  })

  test('is neither asked nor told while it is not confirmed, whatever the form says (OC-2)', async () => {
    const own = await ownServer()
    const { app } = await appAndBrowser(own)
    const { user } = await own.store
      .createUser({
        ...{ handle: 'unproven', name: 'U', email: 'victim@example.com', emailClaim: 'unconfirmed' },
        ...{ passwordHash: (await own.store.findCredentials('nova'))[0]?.passwordHash ?? '' },
        ...{ isVerified: false, profilePicture: null, now: Date.now() },
      })
      .then((creation) => (creation.outcome === 'created' ? creation : Promise.reject(new Error('taken'))))
    expect(user.emailStatus).toBe('unconfirmed')
    const person = { handle: 'unproven', password: nova.password }
    const { page, answer } = await logIn(app, person, { scope: 'openid email' }, true)
    expect(wordsOf(page)).toContain('Yours is not confirmed, so it is not shared.')
    expect(await claimsOf(answer, app, own)).not.toHaveProperty('email')
  })
})

test('max_age asks who has not proven it lately to sign in again, and says when they did (OC-3)', async () => {
  const own = await ownServer()
  const { app, browser } = await appAndBrowser(own)
  await app.logIn(browser, openid)
  own.advance(10 * minute)
  const lately = await app.begin(browser, { ...openid, max_age: '3600' })
  expect(answerTo(lately, app.redirectUri)).toHaveProperty('code')
  const silent = await app.begin(browser, { ...openid, max_age: '300', prompt: 'none' })
  expect(answerTo(silent, app.redirectUri)).toMatchObject({
    error: 'login_required',
    error_description: expect.stringContaining('longer ago than max_age allows'),
  })
  for (const max of ['300', '0']) {
    const verifier = newVerifier()
    const page = await app.begin(browser, { ...openid, max_age: max }, verifier)
    expect(page.url).toContain('/sign-in')
    const end = await browser.signIn(page, nova)
    const code = answerTo(end, app.redirectUri)['code'] ?? ''
    const claims = await claimsOf(await app.exchange({ code, verifier }), app, own)
    expect(Number(claims.iat) - Number(claims['auth_time'])).toBeLessThan(60)
    own.advance(10 * minute)
  }
})

test('max_age is asked again of who asks again for what was allowed (OC-3)', async () => {
  const own = await ownServer()
  const { app, browser } = await appAndBrowser(own)
  const verifier = newVerifier()
  const asked = { ...openid, max_age: '60' }
  expect(answerTo(await app.begin(browser, asked, verifier), app.redirectUri)).toHaveProperty('code')
  own.advance(90 * second)
  expect((await app.begin(browser, asked, verifier)).url).toContain('/sign-in')
  // Without it the same comes again at once, as ever.
  const again = await app.begin(browser, { ...openid, prompt: 'none' }, newVerifier())
  expect(answerTo(again, app.redirectUri)).toHaveProperty('code')
})

test.each([
  ['max_age', '-1'],
  ['max_age', '1.5'],
  ['max_age', 'soon'],
  ['nonce', 'n'.repeat(1001)],
])('%s=%.20s is refused', async (name, value) => {
  const { app, browser } = await appAndBrowser(server)
  const shown = await app.begin(browser, { ...openid, [name]: value })
  expect(answerTo(shown, app.redirectUri)).toMatchObject({ error: 'invalid_request' })
})

test('an app without a key is told to register before it asks who somebody is', async () => {
  const app = new App(server.url, { appName: 'Nobody' }, 'https://nobody.example/cb')
  const shown = await app.begin(await signedIn(server.url), openid)
  expect(wordsOf(shown)).toContain('An app without an api_key cannot use openid')
})

test('userinfo takes a living token and tells no more than it (OC-5)', async () => {
  const { app, browser } = await appAndBrowser(server)
  const answer = await app.exchange(await app.logIn(browser, { scope: 'openid' }))
  const { access, refresh } = pairOf(answer)
  const claims = await claimsOf(answer, app)
  expect((await userinfo(access)).body).toEqual({ sub: claims.sub })
  expect((await userinfo(String(answer.body['id_token']))).status).toBe(401)
  const posted = await fetch(`${server.url}/v1/oauth/userinfo`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access}` },
  })
  expect(await posted.json()).toEqual({ sub: claims.sub })
  await app.revoke(refresh)
  expectOAuthError(await userinfo(access), 401, 'invalid_token')
  expect((await get(`${server.url}/v1/oauth/userinfo`)).headers.get('www-authenticate')).toContain(
    'resource_metadata=',
  )
})

test('a code that is asked for again keeps what it was asked for', async () => {
  const { app, browser } = await appAndBrowser(server)
  const verifier = newVerifier()
  const begin = async (changes: Changes) => {
    const shown = await app.begin(browser, { ...openid, ...changes }, verifier)
    return { code: answerTo(shown, app.redirectUri)['code'] ?? '', verifier }
  }
  await begin({})
  const again = await app.exchange(await begin({}))
  expect((await claimsOf(again, app))['nonce']).toBe('nonce of the app')
  const other = await app.exchange(await begin({ nonce: 'another' }))
  expect((await claimsOf(other, app))['nonce']).toBe('another')
})

test('an app that was told the email is listed with it', async () => {
  const { app } = await appAndBrowser(server)
  const { browser } = await logIn(app, nova, { scope: 'openid email' }, true)
  expect(wordsOf(await browser.open('/account/apps'))).toContain('See your email')
})

test('switched off, nothing of it is there', async () => {
  const own = await ownServer({ OPENID_CONNECT: 'false' })
  const { app, browser } = await appAndBrowser(own)
  for (const path of ['/.well-known/openid-configuration', '/.well-known/jwks.json', '/v1/oauth/userinfo'])
    expect((await get(own.url + path)).status).toBe(404)
  const { body } = await get(`${own.url}/.well-known/oauth-authorization-server`)
  expect(body['scopes_supported']).toEqual(['read', 'write'])
  const shown = await app.begin(browser, openid)
  expect(answerTo(shown, app.redirectUri)).toMatchObject({ error: 'invalid_scope' })
})

import { createHash, randomBytes } from 'node:crypto'
import { day, fileServer, hour, minute, ownServer, second, type TestServer } from '@stagedoor/testkit/server'
import {
  type Answer,
  App,
  answerTo,
  appAndBrowser,
  type Changes,
  encoded,
  expectOAuthError,
  get,
  newVerifier,
  pairOf,
} from '@stagedoor/testkit/wire-app'
import { formTo, jun, nova, type Person, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { registerApp } from '../../src/apps/register.ts'

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
    expect(wordsOf(page)).toContain('Yours is not confirmed, so it is not told.')
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
  expect(answerTo(silent, app.redirectUri)).toMatchObject({ error: 'login_required' })
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

test('prompt=none logs in nobody but whom the ID token names (OC-4)', async () => {
  const { app, browser } = await appAndBrowser(server)
  const answer = await app.exchange(await app.logIn(browser, openid))
  const hint = String(answer.body['id_token'])
  const mine = await app.begin(browser, { ...openid, prompt: 'none', id_token_hint: hint })
  expect(answerTo(mine, app.redirectUri)).toHaveProperty('code')
  const other = await signedIn(server.url, jun)
  await app.logIn(other, openid)
  const [head, , signature] = hint.split('.')
  const forged = Buffer.from(JSON.stringify({ ...decodeJwt(hint), sub: 'other' })).toString('base64url')
  for (const token of [hint, 'no token', `${head}.${forged}.${signature}`]) {
    const shown = await app.begin(other, { ...openid, prompt: 'none', id_token_hint: token })
    expect(answerTo(shown, app.redirectUri)).toMatchObject({ error: 'login_required' })
  }
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

describe('keys', () => {
  test('lie sealed in the store, and are public by halves (OC-6)', async () => {
    const { app, browser } = await appAndBrowser(server)
    await app.exchange(await app.logIn(browser, openid))
    const [key] = await server.store.listSigningKeys()
    expect(Buffer.from(key?.sealed ?? []).toString('latin1')).not.toContain('PRIVATE')
    const { body } = await get(`${server.url}/.well-known/jwks.json`)
    for (const name of ['"d"', '"p"', '"q"', '"k"']) expect(JSON.stringify(body)).not.toContain(name)
  })

  test('are replaced with age, each published before it signs and for as long as what it signed matters (OC-7)', async () => {
    const own = await ownServer()
    own.stopClock()
    const { app, browser } = await appAndBrowser(own)
    const kidOf = async () => {
      const answer = await app.exchange(await app.logIn(await signedIn(own.url), openid))
      const token = String(answer.body['id_token'])
      return {
        token,
        kid: String(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid),
      }
    }
    const published = async () => {
      const { body } = await get(`${own.url}/.well-known/jwks.json`)
      return body as unknown as Parameters<typeof createLocalJWKSet>[0]
    }
    await app.logIn(browser)
    const first = await kidOf()
    own.advance(91 * day)
    await own.renewKeys()
    const early = await published()
    expect(early.keys).toHaveLength(2)
    const still = await kidOf()
    expect(still.kid).toBe(first.kid)
    own.advance(2 * hour)
    const later = await kidOf()
    expect(later.kid).not.toBe(first.kid)
    // Whoever keeps the keys that were published before the change verifies both.
    for (const { token } of [still, later])
      await jwtVerify(token, createLocalJWKSet(early), {
        currentDate: new Date(Number(decodeJwt(token).iat) * second),
      })
    own.advance(2 * day)
    await own.renewKeys()
    expect((await published()).keys.map(({ kid }) => kid)).toEqual([later.kid])
  })
})

test('an app whose library knows nothing but RS256 asks for it on the portal (OC-11)', async () => {
  const { app, browser, apiKey } = await appOfDeveloper()
  const form = formTo(await browser.open(`/developers/${apiKey}`), `/developers/${apiKey}/id-tokens`)
  expect(form.fields['algorithm']).toBe('ES256')
  await browser.submit(form, { algorithm: 'RS256' })
  await app.logIn(browser)
  const answer = await app.exchange(await app.logIn(browser, openid))
  const keys = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`))
  const options = { issuer: server.url, audience: apiKey }
  const token = String(answer.body['id_token'])
  await jwtVerify(token, keys, { ...options, algorithms: ['RS256'] })
  await expect(jwtVerify(token, keys, { ...options, algorithms: ['ES256'] })).rejects.toThrow()
  const other = await signedIn(server.url, jun)
  const stolen = {
    ...form.fields,
    csrf: formTo(await other.open('/developers'), '/developers').fields['csrf'] ?? '',
  }
  expect((await other.post(form.action, { ...stolen, algorithm: 'ES256' })).status).toBe(404)
})

/** An app whose developer is signed in. */
async function appOfDeveloper() {
  const browser = await signedIn(server.url)
  const redirectUri = 'https://app.example/cb'
  const name = `Own app ${Math.random().toString(36).slice(2)}`
  const { user } = (await server.store.findCredentials('nova'))[0] ?? {}
  const deps = { store: server.store, brand: 'Audius', clock: Date.now, random: randomBytes }
  const made = await registerApp({ name, redirectUris: [redirectUri], ownerId: user?.id ?? null }, deps)
  if ('faults' in made) throw new Error('The app is not registered')
  const { apiKey } = made.app
  return { browser, apiKey, app: new App(server.url, { apiKey }, redirectUri) }
}

test('an app that was told the email is listed with it', async () => {
  const { app } = await appAndBrowser(server)
  const { browser } = await logIn(app, nova, { scope: 'openid email' }, true)
  expect(wordsOf(await browser.open('/account/apps'))).toContain('See your email')
})

describe('a logout that an app begins', () => {
  const logout = (parameters: Changes) => `/v1/oauth/logout?${encoded(parameters)}`

  test('ends the session and what the app was given in it, and leads back', async () => {
    const { app, browser } = await appAndBrowser(server)
    const answer = await app.exchange(await app.logIn(browser, openid))
    const other = await app.exchange(await app.logIn(await signedIn(server.url), openid))
    const end = await browser.open(
      logout({
        id_token_hint: String(answer.body['id_token']),
        post_logout_redirect_uri: app.redirectUri,
        state: 'a&b#c',
      }),
    )
    expect(end.leftFor).toBe(`${app.redirectUri}?state=a%26b%23c`)
    expect((await browser.open('/account')).url).toContain('/sign-in')
    expect(await app.me(pairOf(answer).access)).toBe(401)
    expect(await app.me(pairOf(other).access)).toBe(200)
  })

  test('asks first whom it was not shown to in this session (OC-9)', async () => {
    const { app, browser } = await appAndBrowser(server)
    const elsewhere = await app.exchange(await app.logIn(await signedIn(server.url), openid))
    for (const hint of [null, 'forged', String(elsewhere.body['id_token'])]) {
      const page = await browser.open(
        logout({
          id_token_hint: hint,
          client_id: app.apiKey,
          post_logout_redirect_uri: 'https://app.example/',
        }),
      )
      expect(page.status).toBe(200)
      expect((await browser.open('/account')).url).not.toContain('/sign-in')
    }
    const page = await browser.open(
      logout({ client_id: app.apiKey, post_logout_redirect_uri: app.redirectUri }),
    )
    const forged = await browser.submit(formTo(page, '/logout'), { csrf: 'another' })
    expect(forged.status).toBe(403)
    expect((await browser.submit(formTo(page, '/logout'))).leftFor).toBe(app.redirectUri)
    expect((await browser.open('/account')).url).toContain('/sign-in')
  })

  test.each([
    ['an address of somebody else', { post_logout_redirect_uri: 'https://evil.example/cb' }],
    ['the app’s host and another path', { post_logout_redirect_uri: 'https://app.example/away' }],
    ['what only begins like it', { post_logout_redirect_uri: 'https://app.example.evil.example/' }],
    ['a script', { post_logout_redirect_uri: 'javascript:alert(1)' }],
    ['an app that is not there', { client_id: '0'.repeat(40) }],
    ['an address twice', { post_logout_redirect_uri: ['https://app.example/cb', 'https://evil.example/'] }],
  ] as const)('does not lead to %s (OC-10)', async (_, changes) => {
    const { app, browser } = await appAndBrowser(server)
    const page = await browser.open(logout({ client_id: app.apiKey, ...changes }))
    expect({ status: page.status, leftFor: page.leftFor }).toEqual({ status: 400, leftFor: null })
    const nobody = await browser.open(logout({ post_logout_redirect_uri: app.redirectUri }))
    expect(nobody.status).toBe(400)
  })

  test('by a form of the app’s page comes to the same', async () => {
    const { app, browser } = await appAndBrowser(server)
    const answer = await app.exchange(await app.logIn(browser, openid))
    const fields = {
      id_token_hint: String(answer.body['id_token']),
      post_logout_redirect_uri: app.redirectUri,
    }
    const first = await browser.post('/v1/oauth/logout', fields, { 'sec-fetch-site': 'cross-site' })
    expect(first.status).toBe(303)
    expect((await browser.open(first.headers.get('location') ?? '')).leftFor).toBe(app.redirectUri)
  })
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

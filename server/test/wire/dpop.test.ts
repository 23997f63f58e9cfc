import { KeyHolder, type ProofChanges } from '@stagedoor/testkit/key-holder'
import { fileServer, minute, ownServer } from '@stagedoor/testkit/server'
import {
  type Answer,
  answerTo,
  appAndBrowser,
  type Changes,
  encoded,
  expectOAuthError,
  get,
  newVerifier,
  pairOf,
  post,
} from '@stagedoor/testkit/wire-app'
import { formTo, nova } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { developed } from './developer.ts'
import { managementToken } from './manager.ts'
import { me as call, exchange, prove, refreshOf } from './proven.ts'

const secret = 'secret-of-the-other-server-0123456789'
const server = await fileServer({ RESOURCE_SERVERS: `radio:${secret}` })
const form = 'application/x-www-form-urlencoded'

const me = (...[holder, token, changes, scheme]: Tail) => call(server.url, holder, token, changes, scheme)
type Tail = [KeyHolder, string, ProofChanges?, string?]

async function boundPair() {
  const { app, browser } = await appAndBrowser(server)
  const holder = await KeyHolder.make()
  const answer = await exchange(app, holder, await app.logIn(browser))
  return { app, browser, holder, ...pairOf(answer), answer }
}

test.each(['ES256', 'ES384', 'PS256', 'RS256', 'Ed25519', 'EdDSA'])(
  'an app that proves a key by %s gets tokens that are bound to it, without a switch',
  async (alg) => {
    const { app, browser } = await appAndBrowser(server)
    const holder = await KeyHolder.make(alg)
    const answer = await exchange(app, holder, await app.logIn(browser, { scope: 'openid write' }))
    expect(answer.body).toMatchObject({ token_type: 'DPoP' })
    const { access } = pairOf(answer)
    expect((await me(holder, access)).status).toBe(200)
    const userinfo = `${server.url}/v1/oauth/userinfo`
    const dpop = await holder.prove('GET', userinfo, access)
    expect((await get(userinfo, { authorization: `DPoP ${access}`, dpop })).status).toBe(200)
    const authorization = `Basic ${Buffer.from(`radio:${secret}`).toString('base64')}`
    const asked = await post(`${server.url}/v1/oauth/introspect`, encoded({ token: access }), form, {
      authorization,
    })
    expect(asked.body).toMatchObject({
      active: true,
      token_type: 'DPoP',
      cnf: { jkt: holder.thumbprint },
    })
  },
)

test('a bound token without its key is worth nothing (DP-1)', async () => {
  const { holder, access } = await boundPair()
  const thief = await KeyHolder.make()
  const bearer = await get(`${server.url}/v1/me`, { authorization: `Bearer ${access}` })
  const stolen = [bearer, await me(thief, access), await me(holder, access, {}, 'Bearer')]
  stolen.push(await get(`${server.url}/v1/me`, { authorization: `DPoP ${access}` }))
  for (const answer of stolen) {
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toMatch(
      /^DPoP .*error="invalid_(?:token|dpop_proof)".*algs="ES256 .*resource_metadata=/,
    )
  }
  expect((await me(holder, access)).status).toBe(200)
})

test('a stolen refresh token is worth nothing without its key, and its use ends nothing (DP-2)', async () => {
  const { app, holder, refresh } = await boundPair()
  const thief = await KeyHolder.make()
  thief.nonce = holder.nonce
  expectOAuthError(await prove(app, thief, refreshOf(app, refresh)), 400, 'invalid_grant')
  expectOAuthError(await app.refresh(refresh), 400, 'invalid_dpop_proof')
  const next = await prove(app, holder, refreshOf(app, refresh))
  expect(next.body).toMatchObject({ token_type: 'DPoP' })
  expect((await me(holder, pairOf(next).access)).status).toBe(200)
  // Used by now, it is its owner's alone as before: others learn nothing, and end nothing.
  expectOAuthError(await prove(app, thief, refreshOf(app, refresh)), 400, 'invalid_grant')
  expect((await me(holder, pairOf(next).access)).status).toBe(200)
  expect(pairOf(await prove(app, holder, refreshOf(app, refresh)))).toEqual(pairOf(next))
})

const attacks: readonly (readonly [string, ProofChanges])[] = [
  ['another typ', { header: { typ: 'jwt' } }],
  ['no typ', { header: { typ: undefined } }],
  ['another method', { claims: { htm: 'POST' } }],
  ['a method in lower case', { claims: { htm: 'get' } }],
  ['no method', { claims: { htm: undefined } }],
  ['another path', { claims: { htu: `${server.url}/v1/users` } }],
  ['another host', { claims: { htu: 'https://evil.example/v1/me' } }],
  ['no address', { claims: { htu: 'v1/me' } }],
  ['another token', { claims: { ath: 'a'.repeat(43) } }],
  ['no token', { claims: { ath: undefined } }],
  ['no jti', { claims: { jti: undefined } }],
  ['a jti that is no text', { claims: { jti: 1 } }],
  ['a huge jti', { claims: { jti: 'x'.repeat(201) } }],
  ['no iat', { claims: { iat: undefined } }],
  ['an iat in words', { claims: { iat: 'now' } }],
  ['no key', { header: { jwk: undefined } }],
  ['a secret for a key', { header: { jwk: { kty: 'oct', k: 'AAAA' } } }],
  ['a huge header', { header: { kid: 'x'.repeat(4096) } }],
]

test.each(attacks)('a proof with %s is refused (DP-3)', async (_, changes) => {
  const { holder, access } = await bound
  const answer = await me(holder, access, changes)
  expect(answer.headers.get('www-authenticate')).toContain('error="invalid_dpop_proof"')
  expect(answer.status).toBe(401)
})

const bound = boundPair()

test('a proof is signed by the key it names, which it names in public alone (DP-4)', async () => {
  const { holder, access } = await bound
  const other = await KeyHolder.make()
  const refused = [
    { signedBy: other.privateKey },
    { header: { jwk: { ...holder.jwk, d: 'AAAA' } } },
    { header: { jwk: { ...holder.jwk, x: 'AAAA' } } },
  ]
  for (const changes of refused) expect((await me(holder, access, changes)).status).toBe(401)
  const url = `${server.url}/v1/me`
  const [header, claims] = (await holder.prove('GET', url, access)).split('.')
  const unsigned = Buffer.from(JSON.stringify({ typ: 'dpop+jwt', alg: 'none', jwk: holder.jwk }))
  const authorization = `DPoP ${access}`
  const odd = [`${unsigned.toString('base64url')}.${claims}.`, `${header}.${claims}.`, 'x', `${header}..x`]
  for (const dpop of odd) expect((await get(url, { authorization, dpop })).status).toBe(401)
  const twice = new Headers({ authorization })
  for (const each of [1, 2]) twice.append('dpop', await holder.prove('GET', `${url}?${each}`, access))
  expect((await fetch(url, { headers: twice })).status).toBe(401)
})

test('a proof is good once (DP-5)', async () => {
  const { app, holder, access, refresh } = await boundPair()
  const once = { claims: { jti: 'the same' } }
  expect((await me(holder, access, once)).status).toBe(200)
  expect((await me(holder, access, once)).headers.get('www-authenticate')).toContain('used before')
  const body = encoded(refreshOf(app, refresh))
  const dpop = await holder.prove('POST', `${server.url}/v1/oauth/token`)
  const [first, second] = await Promise.all(
    [1, 2].map(() => post(`${server.url}/v1/oauth/token`, body, form, { dpop })),
  )
  expect([first?.status, second?.status].sort()).toEqual([200, 400])
})

test('addresses are compared normalised, and without query and fragment', async () => {
  const { holder, access } = await bound
  const { host } = new URL(server.url)
  for (const htu of [
    `HTTP://${host.toUpperCase()}/v1/me`,
    `${server.url}/v1/me?x=1#y`,
    `${server.url}/v1/%6De`,
    `${server.url}/v1/./me`,
  ])
    expect((await me(holder, access, { claims: { htu } })).status, htu).toBe(200)
})

test('a wrong clock is led by the nonce, which is new within minutes (DP-6)', async () => {
  const own = await ownServer()
  const { app, browser } = await appAndBrowser(own)
  const holder = await KeyHolder.make()
  const { access } = pairOf(await exchange(app, holder, await app.logIn(browser)))
  const ask = (claims: Readonly<Record<string, unknown>>) => call(own.url, holder, access, { claims })
  const isAskedForNonce = (answer: Answer) => {
    expect(answer.headers.get('www-authenticate')).toContain('error="use_dpop_nonce"')
    expect(answer.headers.get('access-control-expose-headers')).toContain('DPoP-Nonce')
    holder.heard(answer)
  }
  const now = Math.floor(Date.now() / 1000)
  expect((await ask({ iat: 1 })).status).toBe(200)
  for (const iat of [1, now - 3600, now + 3600]) isAskedForNonce(await ask({ iat, nonce: undefined }))
  for (const nonce of ['', 'made up', 1, null]) isAskedForNonce(await ask({ nonce }))
  own.advance(6 * minute)
  isAskedForNonce(await ask({}))
  expect((await ask({ iat: now + 1e9 })).status).toBe(200)
  // Without a nonce a clock that is right does, at the API.
  expect((await ask({ iat: now + 360, nonce: undefined })).status).toBe(200)
})

test('a code is for the key that its request named (DP-7)', async () => {
  const { app, browser } = await appAndBrowser(server)
  const [holder, thief] = [await KeyHolder.make(), await KeyHolder.make()]
  const login = await app.logIn(browser, { dpop_jkt: holder.thumbprint })
  expectOAuthError(await exchange(app, thief, login), 400, 'invalid_grant')
  expectOAuthError(await app.exchange(login), 400, 'invalid_dpop_proof')
  expect((await exchange(app, holder, login)).body).toMatchObject({ token_type: 'DPoP' })
  const shown = await app.begin(browser, { dpop_jkt: 'short' })
  expect(answerTo(shown, app.redirectUri)).toMatchObject({ error: 'invalid_request' })
})

test('a request that is pushed with a proof is for its key', async () => {
  const { app, browser } = await appAndBrowser(server)
  const [holder, other] = [await KeyHolder.make(), await KeyHolder.make()]
  const verifier = newVerifier()
  const url = `${server.url}/v1/oauth/par`
  const push = async (changes: Changes) => {
    const path = app.authorizePath({ ...changes, api_key: null, client_id: app.apiKey }, verifier)
    const dpop = await holder.prove('POST', url)
    const answer = await post(url, path.slice(path.indexOf('?') + 1), form, { dpop })
    holder.heard(answer)
    return answer
  }
  expectOAuthError(await push({}), 400, 'use_dpop_nonce')
  expectOAuthError(await push({ dpop_jkt: other.thumbprint }), 400, 'invalid_dpop_proof')
  const pushed = String((await push({})).body['request_uri'])
  const page = await browser.open(
    `/v1/oauth/authorize?${encoded({ request_uri: pushed, client_id: app.apiKey })}`,
  )
  const end = page.leftFor === null ? await browser.allow(page) : page
  const login = { verifier, code: answerTo(end, app.redirectUri)['code'] ?? '' }
  other.nonce = holder.nonce
  expectOAuthError(await exchange(app, other, login), 400, 'invalid_grant')
  expect((await exchange(app, holder, login)).status).toBe(200)
})

test('a login without a key goes on as it began, and a token of it is no bound one', async () => {
  const { app, browser } = await appAndBrowser(server)
  const { access, refresh } = await app.pair(browser)
  const holder = await KeyHolder.make()
  expect((await me(holder, access)).headers.get('www-authenticate')).toContain('bound to no key')
  await prove(app, holder, refreshOf(app, refresh))
  expect((await prove(app, holder, refreshOf(app, refresh))).body).toMatchObject({ token_type: 'Bearer' })
})

test('an app that binds its tokens to keys gets none without a proof (DP-8)', async () => {
  const { app, apiKey, browser } = await developed(server, nova)
  const before = await app.pair(browser)
  const path = `/developers/${apiKey}/token-binding`
  const form = formTo(await browser.open(`/developers/${apiKey}`), path)
  expect(form.fields['binds']).toBeUndefined()
  await browser.submit(form, { binds: 'true' })
  expect((await browser.open(`/developers/${apiKey}`)).text).toContain('name="binds" value="true" checked')
  const holder = await KeyHolder.make()
  expectOAuthError(await app.refresh(before.refresh), 400, 'invalid_dpop_proof')
  await prove(app, holder, refreshOf(app, before.refresh))
  const late = await prove(app, holder, refreshOf(app, before.refresh))
  expectOAuthError(late, 400, 'invalid_grant')
  expect(late.body['error_description']).toContain('Sign in again')
  const login = await app.logIn(browser)
  expectOAuthError(await app.exchange(login), 400, 'invalid_dpop_proof')
  expect((await exchange(app, holder, login)).body).toMatchObject({ token_type: 'DPoP' })
  const page = `/developers/${apiKey}/test-login`
  const report = await browser.allow(await browser.submit(formTo(await browser.open(page), page)))
  expect(
    [...report.text.matchAll(/class="outcome outcome-\w+">(\d+)</g)].map(([, status]) => status),
  ).toEqual([...['303', '200', '200', '200', '200']])
  const manager = {
    authorization: `Bearer ${await managementToken(browser)}`,
    'content-type': 'application/json',
  }
  const url = `${server.url}/v1/developer-apps/${apiKey}`
  expect((await get(url)).body).toMatchObject({ data: { dpop_bound_access_tokens: true } })
  const body = JSON.stringify({ dpop_bound_access_tokens: false })
  const changed: unknown = await (await fetch(url, { method: 'PUT', headers: manager, body })).json()
  expect(changed).toMatchObject({
    data: { redirect_uris: [app.redirectUri] },
  })
  pairOf(await app.exchange(await app.logIn(browser)))
})

test('metadata says by what proofs are signed, and switched off none is known', async () => {
  const own = await ownServer({ DPOP: 'false' })
  for (const path of ['oauth-authorization-server', 'oauth-protected-resource']) {
    const { body } = await get(`${server.url}/.well-known/${path}`)
    expect(body['dpop_signing_alg_values_supported']).toContain('ES256')
    expect((await get(`${own.url}/.well-known/${path}`)).body).not.toHaveProperty(
      'dpop_signing_alg_values_supported',
    )
  }
  const { app, browser } = await appAndBrowser(own)
  const answer = await prove(app, await KeyHolder.make(), app.exchangeOf(await app.logIn(browser)))
  expect(answer.body).toMatchObject({ token_type: 'Bearer' })
})

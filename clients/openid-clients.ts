import { Auth } from '@auth/core'
import { OAuth2Client } from '@badgateway/oauth2-client'
import fastifyOauth2 from '@fastify/oauth2'
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { genericOAuth } from 'better-auth/plugins'
import Fastify from 'fastify'
import * as oauth from 'oauth4webapi'
import { OidcClient, WebStorageStateStore } from 'oidc-client-ts'
import * as openid from 'openid-client'
import { expect, test } from 'vitest'
import {
  apiKey,
  challengeOf,
  expectEnded,
  expectNova,
  newVerifier,
  redirectUri,
  sentBack,
  server,
  works,
} from './world.ts'

const told = {
  preferred_username: 'nova',
  name: 'Nova Reyes',
  email: 'nova@example.com',
  email_verified: true,
}

test('oauth4webapi logs in by the issuer alone, verifies the ID token, reads userinfo, refreshes and revokes', async () => {
  const plain = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(server.url)
  const client = { client_id: apiKey }
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, plain))
  const verifier = newVerifier()
  const nonce = oauth.generateRandomNonce()
  const url = new URL(as.authorization_endpoint)
  const scope = 'openid profile email'
  const asked = {
    client_id: apiKey,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state: 's',
    nonce,
  }
  const challenge = { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' }
  url.search = new URLSearchParams({ ...asked, ...challenge }).toString()
  const answer = oauth.validateAuthResponse(as, client, await sentBack(url), 's')
  const exchange = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    oauth.None(),
    answer,
    redirectUri,
    verifier,
    plain,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, exchange, {
    expectedNonce: nonce,
    requireIdToken: true,
  })
  await oauth.validateApplicationLevelSignature(as, exchange, plain)
  const { sub } = oauth.getValidatedIdTokenClaims(tokens)
  const info = await oauth.userInfoRequest(as, client, tokens.access_token, plain)
  expect(await oauth.processUserInfoResponse(as, client, sub, info)).toMatchObject(told)
  const refresh = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token, plain)
  const next = await oauth.processRefreshTokenResponse(as, client, refresh)
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(as, client, oauth.None(), next.refresh_token, plain),
  )
  await expectEnded(next.access_token)
  works('oauth4webapi', 'the issuer')
})

test('openid-client logs in by the issuer alone, reads userinfo, refreshes and logs out', async () => {
  const config = await openid.discovery(new URL(server.url), apiKey, undefined, openid.None(), {
    execute: [openid.allowInsecureRequests],
  })
  openid.enableNonRepudiationChecks(config)
  const verifier = newVerifier()
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    state: 's',
    nonce: 'n',
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
  })
  const tokens = await openid.authorizationCodeGrant(config, await sentBack(url), {
    pkceCodeVerifier: verifier,
    expectedState: 's',
    expectedNonce: 'n',
  })
  const { sub } = tokens.claims()
  expect(await openid.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject(told)
  const next = await openid.refreshTokenGrant(config, tokens.refresh_token)
  await fetch(openid.buildEndSessionUrl(config, { id_token_hint: tokens.id_token }), { redirect: 'manual' })
  await expectEnded(next.access_token)
  works('openid-client', 'the issuer')
})

test('openid-client binds its tokens to a key (DPoP) by what its documentation says', async () => {
  const config = await openid.discovery(new URL(server.url), apiKey, undefined, openid.None(), {
    execute: [openid.allowInsecureRequests],
  })
  const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair())
  const verifier = newVerifier()
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid write',
    state: 's',
    dpop_jkt: await DPoP.calculateThumbprint(),
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
  })
  const checks = { pkceCodeVerifier: verifier, expectedState: 's' }
  const back = await sentBack(url)
  const tokens = await openid.authorizationCodeGrant(config, back, checks, undefined, { DPoP })
  expect(tokens.token_type).toBe('dpop')
  const next = await openid.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP })
  const me = new URL('/v1/me', server.url)
  const call = (options) =>
    openid.fetchProtectedResource(config, next.access_token, me, 'GET', undefined, undefined, options)
  expect((await call({ DPoP })).status).toBe(200)
  await expect(call()).rejects.toThrow()
  works('openid-client', 'the issuer, and a DPoP handle: tokens that are bound to its key')
})

test('oidc-client-ts logs in by the authority alone, reads userinfo, refreshes and revokes', async () => {
  const kept = new Map()
  const stateStore = new WebStorageStateStore({
    store: {
      get length() {
        return kept.size
      },
      clear: () => kept.clear(),
      getItem: (key) => kept.get(key) ?? null,
      key: (index) => [...kept.keys()][index] ?? null,
      removeItem: (key) => kept.delete(key),
      setItem: (key, value) => kept.set(key, value),
    },
  })
  const client = new OidcClient({
    authority: server.url,
    client_id: apiKey,
    redirect_uri: redirectUri,
    post_logout_redirect_uri: redirectUri,
    scope: 'openid profile email',
    loadUserInfo: true,
    stateStore,
  })
  const { url } = await client.createSigninRequest({ state: { page: 7 } })
  const answer = await client.processSigninResponse((await sentBack(url)).href)
  expect(answer.profile).toMatchObject(told)
  expect(answer.userState).toEqual({ page: 7 })
  const next = await client.useRefreshToken({ state: { ...answer, data: undefined, scopes: answer.scopes } })
  await expectNova(next.access_token)
  const logout = await client.createSignoutRequest({ id_token_hint: answer.id_token })
  const back = await fetch(logout.url, { redirect: 'manual' })
  expect(back.headers.get('location')).toContain(redirectUri)
  await expectEnded(next.access_token)
  works('oidc-client-ts', '`authority`')
})

test('@auth/core logs in as type oidc by the issuer alone', async () => {
  const jar = new Map()
  const config = {
    secret: 'a secret of the test, and long enough',
    trustHost: true,
    basePath: '/auth',
    providers: [
      {
        id: 'stagedoor',
        name: 'Stagedoor',
        type: 'oidc',
        issuer: server.url,
        clientId: apiKey,
        client: { token_endpoint_auth_method: 'none' },
        checks: ['pkce', 'state', 'nonce'],
      },
    ],
  }
  const ask = async (path, init = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const request = new Request(`http://localhost:3000${path}`, {
      ...init,
      headers: { ...init.headers, cookie },
    })
    const response = await Auth(request, config)
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  const { csrfToken } = await (await ask('/auth/csrf')).json()
  const begun = await ask('/auth/signin/stagedoor', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, callbackUrl: 'http://localhost:3000/' }),
  })
  const back = await sentBack(begun.headers.get('location'))
  await ask(back.pathname + back.search)
  const session = await (await ask('/auth/session')).json()
  expect(session.user).toMatchObject({ name: 'Nova Reyes', email: 'nova@example.com' })
  works('@auth/core', "`type: 'oidc'`, the issuer, `token_endpoint_auth_method: 'none'`")
})

test('better-auth logs in by the discovery address alone', async () => {
  const auth = betterAuth({
    baseURL: 'http://localhost:3000',
    secret: 'a secret of the test, and long enough',
    database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
    plugins: [
      genericOAuth({
        config: [
          {
            providerId: 'stagedoor',
            discoveryUrl: `${server.url}/.well-known/openid-configuration`,
            clientId: apiKey,
            scopes: ['openid', 'profile', 'email'],
            pkce: true,
          },
        ],
      }),
    ],
  })
  const begun = await auth.handler(
    new Request('http://localhost:3000/api/auth/sign-in/social', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost:3000' },
      body: JSON.stringify({ provider: 'stagedoor', callbackURL: '/' }),
    }),
  )
  const { url } = await begun.json()
  const cookieOf = (response) =>
    response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
  const done = await auth.handler(new Request(await sentBack(url), { headers: { cookie: cookieOf(begun) } }))
  expect(done.headers.get('location')).not.toContain('error')
  const session = await auth.api.getSession({ headers: new Headers({ cookie: cookieOf(done) }) })
  expect(session?.user).toMatchObject({ name: 'Nova Reyes', email: 'nova@example.com' })
  works('better-auth', 'the discovery address, `pkce: true`')
})

test('@fastify/oauth2 logs in by the issuer alone', async () => {
  const app = Fastify()
  await app.register(fastifyOauth2, {
    name: 'stagedoor',
    credentials: { client: { id: apiKey, secret: '' } },
    discovery: { issuer: server.url },
    startRedirectPath: '/login',
    callbackUri: redirectUri,
    scope: ['openid', 'profile'],
    pkce: 'S256',
  })
  app.get('/cb', async (request) => {
    const { token } = await app.stagedoor.getAccessTokenFromAuthorizationCodeFlow(request)
    return { token, profile: await app.stagedoor.userinfo(token) }
  })
  const begun = await app.inject('/login')
  const back = await sentBack(begun.headers.location)
  const cookies = Object.fromEntries(begun.cookies.map(({ name, value }) => [name, value]))
  const { token, profile } = (await app.inject({ url: back.pathname + back.search, cookies })).json()
  expect(profile).toMatchObject({ preferred_username: 'nova' })
  await expectNova(token.access_token)
  await app.close()
  works('@fastify/oauth2', "the issuer, an empty secret, `pkce: 'S256'`")
})

test('@badgateway/oauth2-client logs in by discovery, refreshes and revokes', async () => {
  const client = new OAuth2Client({ server: server.url, clientId: apiKey })
  const verifier = newVerifier()
  const asked = { redirectUri, state: 's', codeVerifier: verifier }
  const url = await client.authorizationCode.getAuthorizeUri({ ...asked, scope: ['openid', 'profile'] })
  const tokens = await client.authorizationCode.getTokenFromCodeRedirect((await sentBack(url)).href, asked)
  await expectNova(tokens.accessToken)
  const next = await client.refreshToken(tokens)
  await client.revoke(next, 'refresh_token')
  await expectEnded(next.accessToken)
  works('@badgateway/oauth2-client', 'the server')
})

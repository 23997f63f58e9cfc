import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileServer } from '@stagedoor/testkit/server'
import { Browser, nova } from '@stagedoor/testkit/wire-browser'
import { CodeChallengeMethod, OAuth2Client } from 'arctic'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import OAuth2Strategy from 'passport-oauth2'
import { AuthorizationCode } from 'simple-oauth2'
import { afterAll, expect, test } from 'vitest'

const server = await fileServer()
const redirectUri = 'http://localhost:3000/cb'
const apiKey = await server.register('Foreign client', redirectUri)
const authorizeUrl = `${server.url}/v1/oauth/authorize`
const tokenUrl = `${server.url}/v1/oauth/token`
const revokeUrl = `${server.url}/v1/oauth/revoke`
const rows = []

/** A person without script goes where the client sends them, signs in and allows it; answers where they come back to. */
async function sentBack(address) {
  const url = new URL(address)
  const person = new Browser(server.url)
  const shown = await person.signIn(await person.open(url.pathname + url.search), nova)
  return new URL((shown.leftFor === null ? await person.allow(shown) : shown).leftFor ?? '')
}

async function expectNova(token) {
  const response = await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(await response.json()).toMatchObject({ preferred_username: 'nova', sub: expect.any(String) })
}

async function expectEnded(token) {
  const response = await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  expect(response.status).toBe(401)
}

function works(name, configured) {
  const { version } = JSON.parse(
    readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8'),
  )
  rows.push(`| \`${name}\` | ${version} | ${configured} |`)
}

const newVerifier = () => `verifier-${oauth.generateRandomCodeVerifier()}`
const challengeOf = (verifier) => createHash('sha256').update(verifier).digest('base64url')

test('oauth4webapi logs in by discovery, reads the profile, refreshes and revokes', async () => {
  const plain = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(server.url)
  const client = { client_id: apiKey }
  const as = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { ...plain, algorithm: 'oauth2' }),
  )
  const verifier = newVerifier()
  const url = new URL(as.authorization_endpoint)
  const asked = {
    client_id: apiKey,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'read',
    state: 's',
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
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, exchange)
  await expectNova(tokens.access_token)
  const refresh = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token, plain)
  const next = await oauth.processRefreshTokenResponse(as, client, refresh)
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(as, client, oauth.None(), next.refresh_token, plain),
  )
  await expectEnded(next.access_token)
  works('oauth4webapi', "`algorithm: 'oauth2'`")
})

test('openid-client logs in by discovery, reads the profile, refreshes and revokes', async () => {
  const config = await openid.discovery(new URL(server.url), apiKey, undefined, openid.None(), {
    algorithm: 'oauth2',
    execute: [openid.allowInsecureRequests],
  })
  const verifier = newVerifier()
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'read',
    state: 's',
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
  })
  const tokens = await openid.authorizationCodeGrant(config, await sentBack(url), {
    pkceCodeVerifier: verifier,
    expectedState: 's',
  })
  await expectNova(tokens.access_token)
  const next = await openid.refreshTokenGrant(config, tokens.refresh_token)
  await openid.tokenRevocation(config, next.refresh_token)
  await expectEnded(next.access_token)
  works('openid-client', "`algorithm: 'oauth2'`")
})

test('arctic logs in, reads the profile, refreshes and revokes', async () => {
  const client = new OAuth2Client(apiKey, null, redirectUri)
  const verifier = newVerifier()
  const url = client.createAuthorizationURLWithPKCE(authorizeUrl, 's', CodeChallengeMethod.S256, verifier, [
    'read',
  ])
  const back = await sentBack(url)
  const tokens = await client.validateAuthorizationCode(tokenUrl, back.searchParams.get('code'), verifier)
  await expectNova(tokens.accessToken())
  const next = await client.refreshAccessToken(tokenUrl, tokens.refreshToken(), ['read'])
  await client.revokeToken(revokeUrl, next.refreshToken())
  await expectEnded(next.accessToken())
  works('arctic', 'endpoints, `null` for the secret')
})

test('simple-oauth2 logs in, reads the profile, refreshes and revokes, with an empty secret', async () => {
  const client = new AuthorizationCode({
    client: { id: apiKey, secret: '' },
    auth: {
      tokenHost: server.url,
      tokenPath: '/v1/oauth/token',
      authorizePath: '/v1/oauth/authorize',
      revokePath: '/v1/oauth/revoke',
    },
  })
  const verifier = newVerifier()
  const url = client.authorizeURL({
    redirect_uri: redirectUri,
    scope: 'read',
    state: 's',
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
  })
  const back = await sentBack(url)
  const code = back.searchParams.get('code')
  const token = await client.getToken({ code, redirect_uri: redirectUri, code_verifier: verifier })
  await expectNova(token.token.access_token)
  const next = await token.refresh()
  await next.revoke('refresh_token')
  await expectEnded(next.token.access_token)
  works('simple-oauth2', 'endpoints, an empty secret, the PKCE pair')
})

test('passport-oauth2 logs in and reads the profile', async () => {
  const session = {}
  const options = {
    authorizationURL: authorizeUrl,
    tokenURL: tokenUrl,
    clientID: apiKey,
    clientSecret: '',
    callbackURL: redirectUri,
    scope: 'read',
    pkce: true,
    state: true,
  }
  const authenticate = (query) =>
    new Promise((resolve, reject) => {
      const strategy = Object.create(
        new OAuth2Strategy(options, (access, refresh, _profile, done) => done(null, { access, refresh })),
      )
      strategy.redirect = (url) => resolve({ url })
      strategy.success = (user) => resolve({ user })
      strategy.fail = (why) => reject(new Error(JSON.stringify(why)))
      strategy.error = reject
      strategy.authenticate({ query, session, headers: {}, connection: {} }, {})
    })
  const { url } = await authenticate({})
  const back = await sentBack(url)
  const { user } = await authenticate(Object.fromEntries(back.searchParams))
  await expectNova(user.access)
  works('passport-oauth2', 'endpoints, `pkce: true`, an empty secret')
})

afterAll(() => {
  writeFileSync(
    new URL('../docs/clients.md', import.meta.url),
    `# Foreign clients

Unmodified, against this server; \`npm run test:clients\` installs them aside, logs somebody in with each and writes this page.

| client | version | what had to be configured beside the client id and the redirect URI |
| --- | --- | --- |
${rows.toSorted().join('\n')}
`,
  )
})

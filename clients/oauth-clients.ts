import { once } from 'node:events'
import { createServer } from 'node:http'
import { CodeChallengeMethod, OAuth2Client } from 'arctic'
import grant from 'grant'
import OAuth2Strategy from 'passport-oauth2'
import { AuthorizationCode } from 'simple-oauth2'
import { expect, onTestFinished, test } from 'vitest'
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

const authorizeUrl = `${server.url}/v1/oauth/authorize`
const tokenUrl = `${server.url}/v1/oauth/token`
const revokeUrl = `${server.url}/v1/oauth/revoke`

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

test('grant logs in and reads the profile', async () => {
  const handle = grant.node({
    config: {
      defaults: { origin: 'http://localhost:3000', transport: 'session', response: ['tokens', 'profile'] },
      stagedoor: {
        oauth: 2,
        authorize_url: authorizeUrl,
        access_url: tokenUrl,
        profile_url: `${server.url}/v1/me`,
        key: apiKey,
        secret: '',
        scope: ['read'],
        state: true,
        pkce: true,
        callback: '/done',
      },
    },
    session: { secret: 'a secret of the test' },
  })
  const site = createServer(async (request, response) => {
    const { session, redirect } = await handle(request, response)
    if (redirect) return
    response.end(JSON.stringify((await session.get()).grant.response))
  }).listen(0, 'localhost')
  onTestFinished(() => site.close())
  await once(site, 'listening')
  const ask = (path, cookie = '') =>
    fetch(`http://localhost:${site.address().port}${path}`, { redirect: 'manual', headers: { cookie } })
  const cookieOf = (response) =>
    response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
  const begun = await ask('/connect/stagedoor')
  const back = await sentBack(begun.headers.get('location'))
  const done = await ask(back.pathname + back.search, cookieOf(begun))
  const { access_token, profile } = await (await ask(done.headers.get('location'), cookieOf(done))).json()
  expect(profile).toMatchObject({ preferred_username: 'nova' })
  await expectNova(access_token)
  works('grant', 'endpoints, an empty secret, `pkce: true`')
})

import { fileServer } from '@stagedoor/testkit/server'
import { Browser, nova } from '@stagedoor/testkit/wire-browser'
import * as oauth from 'oauth4webapi'
import { expect, test } from 'vitest'

const server = await fileServer()
const redirectUri = 'https://app.example/cb'
const client: oauth.Client = { client_id: await server.register('Foreign client', redirectUri) }
const none = oauth.None()
// The server of a test is on this machine, without https.
const plain = { [oauth.allowInsecureRequests]: true }

async function discovered(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(server.url)
  const response = await oauth.discoveryRequest(issuer, { ...plain, algorithm: 'oauth2' })
  return oauth.processDiscoveryResponse(issuer, response)
}

/** Sends someone through the login that the client asks for; answers where they come back to. */
async function sentBack(as: oauth.AuthorizationServer, parameters: Record<string, string>): Promise<URL> {
  const url = new URL(as.authorization_endpoint ?? '')
  url.search = new URLSearchParams({
    ...parameters,
    client_id: client.client_id,
    response_mode: 'query',
  }).toString()
  const person = new Browser(server.url)
  const shown = await person.signIn(await person.open(url.href), nova)
  return new URL((shown.leftFor === null ? await person.allow(shown) : shown).leftFor ?? '')
}

test('a client library that never heard of this server logs in, refreshes and revokes', async () => {
  const as = await discovered()
  const verifier = `verifier-${oauth.generateRandomCodeVerifier()}`
  const state = oauth.generateRandomState()
  const back = await sentBack(as, {
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'read',
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const answer = oauth.validateAuthResponse(as, client, back, state)

  const exchange = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    none,
    answer,
    redirectUri,
    verifier,
    plain,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, exchange)
  expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'read' })

  const me = new URL(`${server.url}/v1/me`)
  const profile = await oauth.protectedResourceRequest(
    tokens.access_token,
    'GET',
    me,
    undefined,
    undefined,
    plain,
  )
  expect(await profile.json()).toMatchObject({ handle: 'nova' })

  const refreshing = await oauth.refreshTokenGrantRequest(as, client, none, tokens.refresh_token ?? '', plain)
  const next = await oauth.processRefreshTokenResponse(as, client, refreshing)
  const revoking = await oauth.revocationRequest(as, client, none, next.refresh_token ?? '', plain)
  await oauth.processRevocationResponse(revoking)

  const dead = oauth.protectedResourceRequest(next.access_token, 'GET', me, undefined, undefined, plain)
  await expect(dead).rejects.toMatchObject({
    cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }],
  })
  const late = await oauth.refreshTokenGrantRequest(as, client, none, next.refresh_token ?? '', plain)
  await expect(oauth.processRefreshTokenResponse(as, client, late)).rejects.toMatchObject({
    error: 'invalid_grant',
  })
})

test('it hears of an error in the authorization answer', async () => {
  const as = await discovered()
  const state = oauth.generateRandomState()
  const url = new URL(as.authorization_endpoint ?? '')
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    response_mode: 'query',
    scope: 'nope',
    state,
  }).toString()
  const shown = await new Browser(server.url).open(url.href)
  const back = new URL(shown.leftFor ?? '')
  expect(() => oauth.validateAuthResponse(as, client, back, state)).toThrowError(
    expect.objectContaining({ error: 'invalid_scope' }),
  )
})

test('it can tell this server from another one by iss', async () => {
  const as = await discovered()
  const back = new URL(`${redirectUri}?code=x&state=x&iss=https://evil.example`)
  expect(() => oauth.validateAuthResponse(as, client, back, 'x')).toThrowError(/iss/)
})

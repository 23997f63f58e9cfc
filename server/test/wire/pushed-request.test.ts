import { fileServer, minute, ownServer } from '@stagedoor/testkit/server'
import {
  type App,
  answerTo,
  appAndBrowser,
  type Changes,
  challengeOf,
  encoded,
  expectOAuthError,
  get,
  newVerifier,
  pairOf,
  post,
} from '@stagedoor/testkit/wire-app'
import { type Browser, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'

const server = await fileServer()
const form = 'application/x-www-form-urlencoded'

async function push(app: App, changes: Changes = {}) {
  const verifier = newVerifier()
  const body = encoded({
    response_type: 'code',
    client_id: app.apiKey,
    redirect_uri: app.redirectUri,
    scope: 'read',
    state: 'pushed',
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    ...changes,
  })
  return { verifier, answer: await post(`${app.issuer}/v1/oauth/par`, body, form) }
}

const open = (browser: Browser, requestUri: unknown, changes: Changes) =>
  browser.open(`/v1/oauth/authorize?${encoded({ request_uri: String(requestUri), ...changes })}`)

test('a request that was pushed is logged in with by its name alone (RFC 9126)', async () => {
  const { app, browser } = await appAndBrowser(server)
  const { verifier, answer } = await push(app)
  expect(answer.status).toBe(201)
  expect(answer.body).toEqual({
    request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]+$/),
    expires_in: 90,
  })
  const shown = await open(browser, answer.body['request_uri'], { client_id: app.apiKey })
  const { code = '', state } = answerTo(shown, app.redirectUri)
  expect(state).toBe('pushed')
  pairOf(await app.exchange({ code, verifier }))
  const { body } = await get(`${server.url}/.well-known/oauth-authorization-server`)
  expect(body['pushed_authorization_request_endpoint']).toBe(`${server.url}/v1/oauth/par`)
})

test('what the browser adds to it counts for nothing (PR-1)', async () => {
  const { app, browser } = await appAndBrowser(server)
  const { answer } = await push(app)
  const shown = await open(browser, answer.body['request_uri'], {
    client_id: app.apiKey,
    redirect_uri: 'https://evil.example/cb',
    scope: 'write',
    state: 'evil',
  })
  expect(answerTo(shown, app.redirectUri)).toMatchObject({ state: 'pushed' })
})

test('it is refused when it is changed, late, or another app’s (PR-2)', async () => {
  const own = await ownServer()
  const { app, browser } = await appAndBrowser(own)
  const { app: other } = await appAndBrowser(own)
  const uri = String((await push(app)).answer.body['request_uri'])
  const changed = `${uri.slice(0, -2)}${uri.endsWith('AA') ? 'BB' : 'AA'}`
  for (const [each, client] of [
    [changed, app],
    [uri, other],
    [uri.replace(/:[^:]*$/, ':'), app],
  ] as const) {
    const shown = await open(browser, each, { client_id: client.apiKey })
    expect({ status: shown.status, leftFor: shown.leftFor }).toEqual({ status: 400, leftFor: null })
  }
  expect((await open(browser, uri, {})).status).toBe(400)
  own.advance(2 * minute)
  expect((await open(browser, uri, { client_id: app.apiKey })).status).toBe(400)
})

test.each([
  ['a redirect URI that is not registered', { redirect_uri: 'https://evil.example/cb' }, 'invalid_request'],
  ['an app that is not there', { client_id: '0'.repeat(40) }, 'invalid_client'],
  ['no PKCE', { code_challenge: null }, 'invalid_request'],
  ['a scope that is none', { scope: 'everything' }, 'invalid_scope'],
  ['a request_uri', { request_uri: 'urn:x' }, 'invalid_request'],
  ['a parameter twice', { state: ['a', 'b'] }, 'invalid_request'],
] as const)('%s is refused at once, in JSON', async (_, changes, error) => {
  const { app } = await appAndBrowser(server)
  expectOAuthError((await push(app, changes)).answer, 400, error)
})

test('it may come as JSON, and name its client by an empty secret in the header', async () => {
  const { app, browser } = await appAndBrowser(server)
  await app.pair(browser)
  const verifier = newVerifier()
  const asked = new URLSearchParams(
    app.authorizePath({ api_key: null, state: 'in JSON' }, verifier).split('?')[1],
  )
  const send = (changes: Record<string, unknown>, user: string) =>
    post(
      `${server.url}/v1/oauth/par`,
      JSON.stringify({ ...Object.fromEntries(asked), ...changes }),
      'application/json',
      {
        authorization: `Basic ${Buffer.from(user).toString('base64')}`,
      },
    )
  const answer = await send({}, `${app.apiKey}:`)
  const shown = await open(browser, answer.body['request_uri'], { client_id: app.apiKey })
  const { code = '', state } = answerTo(shown, app.redirectUri)
  expect(state).toBe('in JSON')
  pairOf(await app.exchange({ code, verifier }))
  expectOAuthError(await send({}, `${app.apiKey}:secret`), 401, 'invalid_client')
  expectOAuthError(await send({ client_secret: 'secret' }, `${app.apiKey}:`), 400, 'invalid_client')
  expectOAuthError(await send({ resource: [server.url] }, `${app.apiKey}:`), 400, 'invalid_request')
})

test('a request_uri of anybody else is fetched from nowhere (AZ-28)', async () => {
  const { app, browser } = await appAndBrowser(server)
  const shown = await app.begin(browser, { request_uri: 'http://169.254.169.254/' })
  expect(answerTo(shown, app.redirectUri)).toMatchObject({ error: 'request_uri_not_supported' })
})

test('it is what programs send to any endpoint: no credentials in the query, not compressed, in UTF-8 with or without its mark', async () => {
  const { app, browser } = await appAndBrowser(server)
  const [, query = ''] = app.authorizePath({ state: 'marked' }).split('?')
  const url = `${server.url}/v1/oauth/par`
  expectOAuthError(await post(`${url}?client_secret=x`, query, form), 400, 'invalid_request', /query/)
  const gzipped = await post(url, query, form, { 'content-encoding': 'gzip' })
  expectOAuthError(gzipped, 415, 'invalid_request', /not compressed/)
  const { body } = await post(url, `\ufeff${query}`, form)
  const shown = await open(browser, body['request_uri'], { client_id: `0X${app.apiKey?.toUpperCase()}` })
  const end = shown.leftFor === null ? await browser.allow(shown) : shown
  expect(answerTo(end, app.redirectUri)).toMatchObject({ state: 'marked' })
})

test('switched off, there is no such address', async () => {
  const own = await ownServer({ PUSHED_REQUESTS: 'false' })
  const { app } = await appAndBrowser(own)
  expect((await push(app)).answer.status).toBe(404)
  const uri = (await push((await appAndBrowser(server)).app)).answer.body['request_uri']
  const shown = await open(await signedIn(own.url), uri, { client_id: app.apiKey })
  expect(shown.leftFor).toBeNull()
})

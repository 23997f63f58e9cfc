import { fileServer, hour, ownServer } from '@stagedoor/testkit/server'
import { appAndBrowser, encoded, expectOAuthError, get, pairOf, post } from '@stagedoor/testkit/wire-app'
import { expect, test } from 'vitest'

const secret = 'secret-of-the-other-server-0123456789'
const server = await fileServer({ RESOURCE_SERVERS: `radio:${secret}, lights:${secret}-2` })
const basic = (user: string) => ({ authorization: `Basic ${Buffer.from(user).toString('base64')}` })
const radio = basic(`radio:${secret}`)

const ask = (token: string | null, headers: Readonly<Record<string, string>> = radio, at = server) =>
  post(`${at.url}/v1/oauth/introspect`, encoded({ token }), 'application/x-www-form-urlencoded', headers)

test('a resource server of the operator learns what a living token is worth (RFC 7662)', async () => {
  const { app, browser } = await appAndBrowser(server)
  const { access } = await app.pair(browser, { scope: 'openid write' })
  const me = await get(`${server.url}/v1/me`, { authorization: `Bearer ${access}` })
  for (const headers of [radio, basic(`lights:${secret}-2`)])
    expect((await ask(access, headers)).body).toEqual({
      active: true,
      iss: server.url,
      aud: server.url,
      token_type: 'Bearer',
      scope: 'openid write',
      client_id: app.apiKey,
      sub: me.body['sub'],
      username: 'nova',
      exp: expect.any(Number),
    })
  expect(
    (await get(`${server.url}/.well-known/oauth-authorization-server`)).body['introspection_endpoint'],
  ).toBe(`${server.url}/v1/oauth/introspect`)
})

test('of a token that is anything but alive it learns nothing more (IS-1)', async () => {
  const own = await ownServer({ RESOURCE_SERVERS: `radio:${secret}` })
  const { app, browser } = await appAndBrowser(own)
  const [revoked, expired] = [await app.pair(browser), await app.pair(browser)]
  await app.revoke(revoked.refresh)
  for (const token of [revoked.access, expired.refresh, `sdat_${'A'.repeat(49)}`, 'none'])
    expect((await ask(token, radio, own)).body).toEqual({ active: false })
  expect((await ask(expired.access, radio, own)).body).toMatchObject({ active: true })
  own.advance(2 * hour)
  expect((await ask(expired.access, radio, own)).body).toEqual({ active: false })
  expectOAuthError(await ask(null, radio, own), 400, 'invalid_request')
})

test('anybody else learns nothing at all (IS-2)', async () => {
  const { app, browser } = await appAndBrowser(server)
  const { access } = await app.pair(browser)
  const others = [
    {},
    { authorization: `Bearer ${access}` },
    ...['radio:', `radio:${secret}x`, `lights:${secret}`, `:${secret}`, `${app.apiKey}:`, ''].map(basic),
    { authorization: 'Basic !' },
  ]
  for (const headers of others) expectOAuthError(await ask(access, headers), 401, 'invalid_client')
})

test('the token travels in the body alone, not compressed', async () => {
  const url = `${server.url}/v1/oauth/introspect`
  const form = 'application/x-www-form-urlencoded'
  expectOAuthError(await post(`${url}?token=x`, 'token=x', form, radio), 400, 'invalid_request', /query/)
  const gzipped = await post(url, 'token=x', form, { ...radio, 'content-encoding': 'gzip' })
  expectOAuthError(gzipped, 415, 'invalid_request', /not compressed/)
})

test('where no resource server is named there is no such address', async () => {
  const own = await ownServer()
  expect((await ask('x', radio, own)).status).toBe(404)
  const { body } = await get(`${own.url}/.well-known/oauth-authorization-server`)
  expect(body).not.toHaveProperty('introspection_endpoint')
})

test('a token is asked for a resource of this server alone (RFC 8707) (RI-1)', async () => {
  const { app, browser } = await appAndBrowser(server)
  for (const resource of [
    server.url,
    `${server.url}/`,
    `${server.url}/v1`,
    server.url.replace('http://localhost', 'HTTP://LOCALHOST'),
    [server.url, `${server.url}/v1`],
  ]) {
    const login = await app.logIn(browser, { resource })
    pairOf(await app.exchange(login, { resource: server.url }))
  }
  const other = 'https://bank.example/api'
  for (const resource of [
    other,
    `${server.url}.evil.example`,
    `${server.url}/v1#x`,
    `${server.url}/v1?x`,
    [server.url, other],
  ]) {
    const shown = await app.begin(browser, { resource })
    expect(shown.leftFor).toContain('error=invalid_target')
  }
  const login = await app.logIn(browser)
  expectOAuthError(await app.exchange(login, { resource: other }), 400, 'invalid_target')
  const { refresh } = pairOf(await app.exchange(login))
  expectOAuthError(await app.refresh(refresh, { resource: other }), 400, 'invalid_target')
  pairOf(await app.refresh(refresh, { resource: `${server.url}/v1` }))
})

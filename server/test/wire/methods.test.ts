import { fileServer } from '@stagedoor/testkit/server'
import { App, appAndBrowser } from '@stagedoor/testkit/wire-app'
import { Browser, nova, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { raw, rawRequest } from './socket.ts'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)
// As it is: `fetch` would decode a body, whose length is then another.
const ask = (method: 'GET' | 'HEAD', path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(server.url + path, {
    method,
    redirect: 'manual',
    headers: { 'accept-encoding': 'identity', ...headers },
  })
const head = (path: string, headers: Readonly<Record<string, string>> = {}) => ask('HEAD', path, headers)

describe('HEAD answers what GET does, without the body (RFC 9110 §9.3.2):', () => {
  test.each([
    '/',
    '/sign-in',
    '/sign-up',
    '/docs/errors',
    '/docs/api',
    '/developers',
    '/healthz',
    '/readyz',
    '/health_check',
    '/sdk.min.js',
    '/favicon.svg',
    '/v1/openapi.json',
    '/.well-known/oauth-authorization-server',
    '/.well-known/oauth-protected-resource',
    '/v1/me',
    '/v1/users/handle/nova',
    '/v1/tracks/7eP5n',
    '/v1/tracks/7eP5n/stream',
    '/v1/tracks/7eP5n/download',
    '/v1/nowhere',
    '/nowhere',
    '/uploads/nothing',
    '/content/bafkreigwyw4kwt5kxx4c4skosfrasbgzivnbvjpaqc43w5vhffxxtnqz74/150x150.jpg',
  ])('%s', async (path) => {
    const [got, headed] = [await ask('GET', path), await ask('HEAD', path)]
    const body = await got.arrayBuffer()
    expect(headed.status).toBe(got.status)
    expect(await headed.text()).toBe('')
    const type = body.byteLength > 0 ? ['content-type'] : []
    for (const name of [...type, 'etag', 'cache-control', 'location', 'access-control-allow-origin'])
      expect([name, headed.headers.get(name)]).toEqual([name, got.headers.get(name)])
    if (body.byteLength > 0) expect(headed.headers.get('content-length')).toBe(String(body.byteLength))
  })

  test('and leaves the connection fit for the next request', async () => {
    const { host } = new URL(server.url)
    const answer = await raw(
      server.url,
      `HEAD /sign-in HTTP/1.1\r\nHost: ${host}\r\n\r\nGET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK.*\r\n\r\nHTTP\/1\.1 200 OK.*\{"status":"alive"\}$/s)
  })
})

describe('HEAD changes nothing:', () => {
  test('it begins no login and gives no cookie', async () => {
    const answer = await head(app.authorizePath())
    expect(answer).toMatchObject({ status: 303 })
    expect(answer.headers.get('location')).toMatch(/^\/sign-in\?/)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('it finishes none that the person allowed before', async () => {
    const path = app.authorizePath({ state: 'of HEAD' })
    const headed = await browser.request(path, { method: 'HEAD', headers: {} })
    expect(headed).toMatchObject({ status: 303, leftFor: null })
    // Begun before the sign-in, which was made in another tab.
    const later = new Browser(server.url)
    const begun = await app.begin(later)
    await later.signIn(await later.open('/sign-in'), nova)
    const consent = `/consent${new URL(begun.url).search}`
    const asked = await later.request(consent, { method: 'HEAD', headers: {} })
    expect(asked).toMatchObject({ leftFor: null, text: '' })
    expect((await later.open(consent)).leftFor).toMatch(/code=/)
  })

  test('what is wrong with a login is answered as GET answers it', async () => {
    expect((await head(app.authorizePath({ redirect_uri: 'https://evil.example/' }))).status).toBe(400)
    const refused = await head(app.authorizePath({ scope: 'admin' }))
    expect(refused.headers.get('location')).toMatch(/^https:\/\/app\.example\/cb#error=invalid_scope/)
    const silent = await head(app.authorizePath({ prompt: 'none' }))
    expect(silent.headers.get('location')).toMatch(/#error=login_required/)
  })

  test('it signs nobody out, and follows no log', async () => {
    const member = await signedIn(server.url, nova)
    expect((await member.request('/sign-out', { method: 'HEAD', headers: {} })).status).toBe(200)
    expect((await member.open('/account')).status).toBe(200)
  })
})

test('a range counts for GET alone (RFC 9110 §14.2)', async () => {
  const path = '/content/bafkreigwyw4kwt5kxx4c4skosfrasbgzivnbvjpaqc43w5vhffxxtnqz74/150x150.jpg'
  const range = { range: 'bytes=0-9' }
  expect((await fetch(server.url + path, { headers: range })).status).toBe(206)
  const headed = await head(path, range)
  expect(headed.status).toBe(200)
  expect(Number(headed.headers.get('content-length'))).toBeGreaterThan(10)
  expect(headed.headers.get('content-range')).toBeNull()
})

describe('another method is 405 and says which there are:', () => {
  test.each([
    ['/sign-in', 'PUT', 'GET, HEAD, POST'],
    ['/healthz', 'POST', 'GET, HEAD'],
    ['/v1/oauth/token', 'GET', 'POST'],
    ['/v1/tracks/7eP5n', 'PATCH', 'GET, HEAD, PUT, DELETE'],
    ['/files/x', 'GET', 'HEAD, POST, PATCH, DELETE, OPTIONS'],
    ['/v1/me', 'PROPFIND', 'GET, HEAD'],
    ['/sign-in', 'REPORT', 'GET, HEAD, POST'],
  ])('%s %s', async (path, method, allow) => {
    const answer = await fetch(server.url + path, { method })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe(allow)
  })

  test('OPTIONS says so of every address, and allows no other origin in to pages', async () => {
    for (const [path, allow] of [
      ['/sign-in', 'GET, HEAD, POST'],
      ['/v1/oauth/token', 'POST'],
      ['/v1/me', 'GET, HEAD'],
    ]) {
      const answer = await fetch(server.url + path, { method: 'OPTIONS' })
      expect([answer.status, answer.headers.get('allow')]).toEqual([204, allow])
      expect(answer.headers.get('access-control-allow-origin')).toBe(path === '/sign-in' ? null : '*')
    }
  })
})

describe('a trailing slash is forgiven:', () => {
  test.each([
    '/docs/api',
    '/docs/errors',
    '/healthz',
    '/v1/openapi.json',
    '/v1/users/handle/nova',
    '/sdk.min.js',
  ])('%s/', async (path) => {
    const [without, with_] = [await fetch(server.url + path), await fetch(`${server.url}${path}/`)]
    expect(with_.status).toBe(200)
    expect(await with_.text()).toBe(await without.text())
  })

  test('of the authorization endpoint, whose login goes through', async () => {
    const slashed = app.authorizePath().replace('?', '/?')
    expect((await browser.open(slashed)).leftFor).toMatch(/^https:\/\/app\.example\/cb#code=/)
  })

  test('of the token endpoint', async () => {
    expect((await app.post('/v1/oauth/token/', { grant_type: 'x' })).body).toMatchObject({
      error: 'unsupported_grant_type',
    })
  })
})

test('of the server itself OPTIONS says what there is (RFC 9110 §9.3.7)', async () => {
  const { status, head } = await rawRequest(server.url, 'OPTIONS *')
  expect(status).toBe(204)
  expect(head).toMatch(/^allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS$/im)
})

test('of an address that is whole the host counts, whatever the header says (RFC 9112 §3.2.2)', async () => {
  const { host } = new URL(server.url)
  const misled = await rawRequest(server.url, 'GET http://evil.example/sign-in', [`Host: ${host}`])
  expect(misled.status).toBe(421)
  const proxied = await rawRequest(server.url, `GET ${server.url}/sign-in`, ['Host: evil.example'])
  expect(proxied.status).toBe(200)
})

test('an address that names this server and no path is its home page (RFC 9112 §3.2.2)', async () => {
  for (const path of [server.url, `${server.url}?a=b`])
    expect((await rawRequest(server.url, `GET ${path}`)).status).toBe(200)
})

describe('what a request says once is not said twice (RFC 9112 §3.2):', () => {
  const { host } = new URL(server.url)
  test.each([
    ['GET /sign-in', [`Host: ${host}`, 'Host: evil.example']],
    ['GET /v1/me', ['Host: evil.example', `Host: ${host}`]],
    ['GET /sign-in', [`HOST: ${host}`, `host: ${host}`]],
    ['POST /v1/oauth/token', ['Content-Type: application/json', 'content-type: text/plain']],
    ['POST /sign-in', ['Content-Type: application/x-www-form-urlencoded', 'Content-Type: text/plain']],
  ])('%s with %j (RM-18, TK-3)', async (line, headers) => {
    const { status, body } = await rawRequest(server.url, line, headers)
    expect(status).toBe(400)
    expect(body).toMatch(/has the header (?:host|content-type) more than once/)
  })
})

describe('a host is compared as hosts are:', () => {
  const { port } = new URL(server.url)
  test.each([`LOCALHOST:${port}`, `LocalHost:${port}`])('%s is this one', async (host) => {
    expect((await rawRequest(server.url, 'GET /sign-in', [`Host: ${host}`])).status).toBe(200)
  })

  test.each([
    'evil.example',
    'localhost',
    `localhost:${Number(port) + 1}`,
    `localhost.evil.example:${port}`,
    `evil@localhost:${port}`,
    `localhost:${port}/x`,
    `localhost:${port}#`,
    `localhost:${port},evil.example`,
  ])('%s is not', async (host) => {
    expect((await rawRequest(server.url, 'GET /sign-in', [`Host: ${host}`])).status).toBe(421)
  })

  test('the port of the scheme need not be said', async () => {
    const server = await fileServer({ PUBLIC_URL: 'https://login.example.com' })
    const at = (host: string) =>
      rawRequest(`http://localhost:${server.port}`, 'GET /sign-in', [`Host: ${host}`])
    for (const host of ['login.example.com', 'Login.Example.COM', 'login.example.com:443'])
      expect((await at(host)).status).toBe(200)
    for (const host of ['login.example.com:80', 'login.example.com:', 'example.com'])
      expect((await at(host)).status).toBe(host.endsWith(':') ? 200 : 421)
  })
})

describe('a path that is no call is 404, whatever stands where an id would:', () => {
  test.each([
    '/v1/tracks/best',
    '/v1/tracks/best/',
    '/v1/tracks/recommended',
    '/v1/tracks/most_loved',
    '/v1/tracks/feeling-lucky',
    '/v1/users/top',
    '/v1/users/unclaimed_id',
    '/v1/tracks/trending/underground',
    '/v1/tracks/7eP5n/remixes',
    '/v1/users/not an id/supporters',
    '/v1/playlists/7eP5n',
    '/v1/',
  ])('%s', async (path) => {
    const answer = await fetch(server.url + path)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ error: 'not_found' })
  })

  test('what should be an id and is none is 400', async () => {
    for (const id of ['1', 'nope', 'AAAAA!', 'x'.repeat(50)])
      expect((await fetch(`${server.url}/v1/tracks/${encodeURIComponent(id)}`)).status).toBe(400)
  })
})

test('an app without a slash at its end, or with one, is another app’s address', async () => {
  const strict = new App(
    server.url,
    { apiKey: await server.register('Strict', 'https://a.example/cb') },
    'https://a.example/cb/',
  )
  expect(await strict.begin(new Browser(server.url))).toMatchObject({ status: 400, leftFor: null })
})

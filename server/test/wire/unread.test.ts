import { fileServer } from '@stagedoor/testkit/server'
import { describe, expect, test } from 'vitest'
import { raw, rawRequest } from './socket.ts'

const server = await fileServer()
const { host } = new URL(server.url)
const asPerson = 'Accept: text/html,application/xhtml+xml,*/*;q=0.8'
const cookies = (count: number, bytes: number) =>
  `Cookie: ${Array.from({ length: count }, (_, i) => `other-app-${i}=${'x'.repeat(bytes)}`).join('; ')}`

test('five cookies of 3.9 kB that other apps on this host have set do no harm', async () => {
  const { status, body } = await rawRequest(server.url, 'GET /sign-in', [asPerson, cookies(5, 3900)])
  expect(status).toBe(200)
  expect(body).toContain('Sign in')
  expect((await rawRequest(server.url, 'GET /healthz', [cookies(14, 3900)])).status).toBe(200)
})

describe('a person is told by a page, a program in JSON:', () => {
  const long = 'x'.repeat(17 * 1024)
  test.each<[string, number, string, readonly string[], RegExp]>([
    ['too many cookies', 431, 'GET /sign-in', [cookies(20, 3900)], /Delete the cookies/],
    ['too many cookies at the API', 431, 'GET /v1/nowhere', [cookies(20, 3900)], /Delete the cookies/],
    ['an address that is too long', 414, `GET /sign-in?next=${long}`, [], /16 kB/],
    [
      'an address of an app that is too long',
      414,
      `GET /v1/oauth/authorize?state=${long}`,
      [],
      /tell its dev/,
    ],
    ['a logout that is too long', 414, `GET /v1/oauth/logout?state=${long}`, [], /tell its developer/],
    ['an expectation', 417, 'GET /sign-in', ['Expect: foo'], /another than 100-continue/],
    ['a coding', 501, 'GET /sign-in', ['Transfer-Encoding: gzip, chunked'], /another than chunked/],
    ['an address that is no encoding', 404, 'GET /%zz', [], /nothing at this address/],
    ['an address that leads nowhere', 404, 'GET /sign-inn', [], /nothing at this address/],
    ['a call that leads nowhere', 404, 'GET /v1/oauth/authorise', [], /nothing at this address/],
    ['another host', 421, 'GET /sign-in', ['Host: evil.example'], /Open http:\/\/localhost/],
    ['another method', 405, 'PUT /sign-in', [], /GET, HEAD, POST/],
  ])('%s', async (_, status, line, headers, words) => {
    const page = await rawRequest(server.url, line, [asPerson, ...headers])
    expect(page.status).toBe(status)
    expect(page.head).toMatch(/content-type: text\/html/i)
    expect(page.head).not.toMatch(/access-control/i)
    expect(page.body).toMatch(/<h1>/)
    expect(page.body).toMatch(words)
    const answer = await rawRequest(server.url, line, ['Accept: application/json', ...headers])
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject({
      error: expect.any(String),
      error_description: expect.stringMatching(words),
    })
  })

  test.each([
    ['a body of another kind', 415, 'text/plain', 'scope=read'],
    ['a body that is too long', 413, 'application/x-www-form-urlencoded', `state=${'x'.repeat(70_000)}`],
  ])('what an app lets a browser send blames the app: %s', async (_, status, type, body) => {
    const headers = [asPerson, `Content-Type: ${type}`]
    const page = await rawRequest(server.url, 'POST /v1/oauth/authorize', headers, body)
    expect(page.status).toBe(status)
    expect(page.body).toMatch(/This login link is broken.*The fault is in the app, not with you\./s)
  })

  test('a state of 2,000 emoji, which an address cannot hold, blames the app and says what to change', async () => {
    const state = new URLSearchParams({ state: '\u{1f3b5}'.repeat(2000) })
    const page = await rawRequest(server.url, `GET /v1/oauth/authorize?${state}`, [asPerson])
    expect(page.status).toBe(414)
    expect(page.body).toMatch(/The fault is in the app, not with you\..*a random text of 43 characters/s)
  })

  test('more cookies than are read at all', async () => {
    const { status, head, body } = await rawRequest(server.url, 'GET /sign-in', [asPerson, cookies(40, 3900)])
    expect(status).toBe(431)
    expect(head).toMatch(/content-type: text\/html/i)
    expect(body).toMatch(/<h1>.*Delete the cookies/s)
  })

  test('a request of HTTP/1.1 that names no host, and an older one that need not', async () => {
    const page = await raw(server.url, `GET /sign-in HTTP/1.1\r\n${asPerson}\r\nConnection: close\r\n\r\n`)
    expect(page).toMatch(/^HTTP\/1\.1 400 .*<h1>.*which host it is for/s)
    expect(await raw(server.url, 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('a request for a connection to elsewhere', async () => {
    const answer = await raw(server.url, 'CONNECT app.example:443 HTTP/1.1\r\nHost: app.example:443\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 501 .*connection: close.*"It opens no connection to another/s)
  })

  test('what is no HTTP', async () => {
    expect(await raw(server.url, `GET / HTTP/1.1\r\nHost ${host}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\n.*\r\n\r\n\{"error":"invalid_request"/s,
    )
    expect(await raw(server.url, `GET / HTTP/1.1\r\n${asPerson}\r\nHost ${host}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\n.*text\/html.*<h1>This could not be read<\/h1>/s,
    )
  })
})

test('many small headers are read as far as few large ones', async () => {
  const many = Array.from({ length: 3000 }, (_, i) => `x-${i}: 1`)
  expect((await rawRequest(server.url, 'GET /healthz', many)).status).toBe(200)
  const more = Array.from({ length: 8000 }, (_, i) => `x-${i}: 1`)
  expect((await rawRequest(server.url, 'GET /healthz', more)).status).toBe(431)
})

test('programs that name nothing are told in JSON that their call leads nowhere', async () => {
  for (const path of ['/v1/nowhere', '/uploads/a/b', '/files/a/b', '/content/a/b/c']) {
    const answer = await rawRequest(server.url, `GET ${path}`, ['Accept: */*'])
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'not_found' })
  }
})

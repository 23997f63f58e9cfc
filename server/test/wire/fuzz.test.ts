import { fileServer } from '@stagedoor/testkit/server'
import { appAndBrowser, type Changes, encoded } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, passkeyScript } from '@stagedoor/testkit/wire-browser'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { raw } from './socket.ts'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)
// As many as fit into four seconds, however busy the machine is.
const runs = { numRuns: 300, interruptAfterTimeLimit: 4000 }

const known = [
  'response_type scope api_key client_id app_name redirect_uri state code_challenge code_challenge_method',
  'response_mode display prompt login_hint origin request request_uri grant_type code code_verifier refresh_token',
  'client_secret token token_type_hint csrf account login password handle name email',
]
  .join(' ')
  .split(' ')
const evilNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'code[]',
  'a.b',
  '',
  ' ',
]
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...known) },
  fc.constantFrom(...evilNames),
  fc.string(),
)
const value = fc.oneof(
  fc.constantFrom(
    'code',
    'S256',
    'read',
    'write',
    'none',
    'authorization_code',
    'refresh_token',
    'x'.repeat(43),
  ),
  fc.constantFrom(
    app.redirectUri,
    app.apiKey ?? '',
    'https://evil.example',
    'javascript:alert(1)',
    "' OR 1=1--",
  ),
  fc.constantFrom('sdac_', 'sdrt_', 'sdat_', 'sdrq_').map((prefix) => prefix + 'A'.repeat(49)),
  fc.constantFrom('\u0000', '\r\nSet-Cookie: a=b', '\ud800', '\u202e', '🎧', '<script>alert(1)</script>'),
  fc.string({ unit: 'binary' }),
  fc.webUrl(),
)
const pairs = fc.array(fc.tuple(name, value), { maxLength: 12 })
const escaped = fc.constantFrom(
  '%ff',
  '%00',
  '%',
  '%zz',
  '%ed%a0%80',
  '&',
  '=',
  '&&',
  '+',
  ';',
  '%26',
  '[]',
  '#',
)
const query = fc.oneof(
  pairs.map((list) =>
    new URLSearchParams(list.map(([one, two]) => [one.toWellFormed(), two.toWellFormed()])).toString(),
  ),
  fc
    .array(fc.oneof(escaped, name.map(encodeWell), value.map(encodeWell)), { maxLength: 20 })
    .map((list) => list.join('')),
)

function encodeWell(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** What no answer may hold, whatever was asked. */
function expectClean(text: string): void {
  expect(text.replace(passkeyScript, '')).not.toMatch(/\n\s+at |node:internal|\.ts:\d|SQLITE|FST_ERR|<script/)
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
}

async function expectOAuthRefusal(response: Response): Promise<void> {
  expect(JSON.parse(await expectRefusal(response))).toEqual({
    error: expect.any(String),
    error_description: expect.any(String),
    error_uri: expect.any(String),
  })
}

async function expectRefusal(response: Response): Promise<string> {
  const text = await response.text()
  expectClean(text)
  expect(response.status, text).toBeGreaterThanOrEqual(400)
  expect(response.status, text).toBeLessThan(500)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  return text
}

describe('whatever comes,', () => {
  test('the authorization endpoint shows a page or sends an error to the app', async () => {
    const request = fc.oneof(
      query,
      fc.tuple(pairs, query).map(([list, rest]) => {
        const changes = Object.fromEntries(list.map(([one, two]) => [one, two.toWellFormed()]))
        return `${app.authorizePath(changes).split('?')[1]}&${rest}`
      }),
    )
    await fc.assert(
      fc.asyncProperty(request, async (text) => {
        const shown = await new Browser(server.url).request(`/v1/oauth/authorize?${text}`, { headers: {} })
        expectClean(shown.text)
        const location = shown.headers.get('location')
        expect(shown.status).toBe(location === null ? 400 : 303)
        expect(location ?? '').toMatch(
          shown.leftFor === null ? /^$|^\/sign-in\?request=/ : /^[^#]*[#?&]error=[^#]*#?$/,
        )
        expect(location ?? '').not.toMatch(/[#?&]code=/)
      }),
      runs,
    )
  })

  test.each(['/v1/oauth/token', '/v1/oauth/revoke'])(
    '%s refuses a form in the shape of OAuth',
    async (path) => {
      await fc.assert(
        fc.asyncProperty(query, async (body) => {
          const isKnown = path.endsWith('revoke') && /(?:^|&)token=[^&]/.test(body)
          const headers = { 'content-type': 'application/x-www-form-urlencoded' }
          const response = await fetch(server.url + path, { method: 'POST', headers, body })
          if (isKnown && response.status === 200) expect(await response.json()).toEqual({})
          else await expectOAuthRefusal(response)
        }),
        runs,
      )
    },
  )

  test.each(['/v1/oauth/token', '/v1/oauth/revoke'])(
    '%s refuses JSON in the shape of OAuth',
    async (path) => {
      const flat = pairs.map((list) => JSON.stringify(Object.fromEntries(list)))
      const repeated = pairs.map(
        (list) => `{${list.map((pair) => pair.map((text) => JSON.stringify(text)).join(':')).join(',')}}`,
      )
      const polluting = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
      const body = fc.oneof(flat, repeated, fc.json(), fc.string(), fc.constant(polluting))
      await fc.assert(
        fc.asyncProperty(body, async (text) => {
          const headers = { 'content-type': 'application/json' }
          const response = await fetch(server.url + path, {
            method: 'POST',
            headers,
            body: text.toWellFormed(),
          })
          if (path.endsWith('revoke') && response.status === 200) expect(await response.json()).toEqual({})
          else await expectOAuthRefusal(response)
        }),
        runs,
      )
    },
  )

  test('the token endpoint refuses any bytes of any type', async () => {
    const type = fc.oneof(
      fc.constantFrom(
        'application/json',
        'application/x-www-form-urlencoded',
        'text/plain',
        'multipart/form-data',
      ),
      fc.stringMatching(/^[ -~]{0,40}$/),
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), type, async (bytes, contentType) => {
        const headers = { 'content-type': contentType }
        const response = await fetch(`${server.url}/v1/oauth/token`, {
          method: 'POST',
          headers,
          body: new Uint8Array(bytes),
        })
        await expectOAuthRefusal(response)
      }),
      runs,
    )
  })

  test('a bearer header is refused with problem details (BR-3, BR-11)', async () => {
    const header = fc.oneof(
      fc.stringMatching(/^Bearer [ -~]{0,80}$/),
      fc.stringMatching(/^[ -~]{1,40}$/),
      fc.stringMatching(/^sdat_[\w-]{57}$/).map((token) => `Bearer ${token}`),
    )
    await fc.assert(
      fc.asyncProperty(header, async (authorization) => {
        const text = await expectRefusal(await fetch(`${server.url}/v1/me`, { headers: { authorization } }))
        expect(JSON.parse(text)).toMatchObject({ status: expect.any(Number), error: expect.any(String) })
      }),
      runs,
    )
  })

  test('our own forms answer with a page', async () => {
    const forms = ['/sign-in', '/sign-up', '/consent', '/cancel']
    const { csrf = '' } = formTo(await browser.open('/sign-in'), '/sign-in').fields
    const fields = pairs.map(
      (list): Changes =>
        Object.fromEntries(list.map(([one, two]) => [one.toWellFormed(), two.toWellFormed()])),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...forms), fields, fc.boolean(), async (path, some, isOurs) => {
        const body = encoded({ ...some, ...(isOurs && { csrf }) })
        const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: server.url }
        const shown = await browser.request(path, { method: 'POST', headers, body })
        expectClean(shown.text)
        expect([303, 400, 403, 422, 429], shown.text).toContain(shown.status)
        expect(shown.headers.get('content-security-policy') ?? '').toContain("default-src 'none'")
        expect(shown.leftFor).toBeNull()
      }),
      { ...runs, numRuns: 100 },
    )
  })
})

describe('bytes that are no HTTP are refused and harm nothing:', () => {
  const head = `Host: ${new URL(server.url).host}\r\nConnection: close\r\n`
  test.each([
    ['noise', 'garbage\r\n\r\n'],
    ['no Host', 'GET /v1/me HTTP/1.1\r\n\r\n'],
    ['a folded header', 'GET /v1/me HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n'],
    ['another version', 'GET /v1/me HTTP/9.9\r\nHost: a\r\n\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    [
      'two lengths',
      `POST /v1/oauth/token HTTP/1.1\r\n${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    ],
    [
      'a length and chunks',
      `POST /v1/oauth/token HTTP/1.1\r\n${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a negative length', `POST /v1/oauth/token HTTP/1.1\r\n${head}Content-Length: -1\r\n\r\n`],
    [
      'a bad chunk',
      `POST /v1/oauth/token HTTP/1.1\r\n${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
    ],
    ['a NUL in a header', `GET /v1/me HTTP/1.1\r\n${head}X: \u0000\r\n\r\n`],
    ['a bare line feed in a header', `GET /v1/me HTTP/1.1\r\n${head}X: a\nY: b\r\n\r\n`],
    ['an address of 20 kB', `GET /v1/oauth/authorize?state=${'x'.repeat(20_000)} HTTP/1.1\r\n${head}\r\n`],
    ['headers of 20 kB', `GET /v1/me HTTP/1.1\r\n${head}Cookie: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['5,000 headers', `GET /v1/me HTTP/1.1\r\n${head}${'X: y\r\n'.repeat(5000)}\r\n`],
    ['an unknown method', `BREW /v1/me HTTP/1.1\r\n${head}\r\n`],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
  ])('%s (AZ-27, TK-11)', async (_, bytes) => {
    const answer = await raw(server.url, Buffer.from(bytes, 'latin1'))
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expectClean(answer)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })

  test('chunks without end are cut off at 64 kB (TK-11)', async () => {
    const start = `POST /v1/oauth/token HTTP/1.1\r\n${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`
    const answer = await raw(server.url, start + `1000\r\n${'x'.repeat(4096)}\r\n`.repeat(100))
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('a client that leaves in the middle', async () => {
    const hangUps = Array.from({ length: 50 }, async () => {
      const leaving = AbortSignal.timeout(Math.floor(Math.random() * 5))
      const body = JSON.stringify(app.exchangeOf({ code: 'x', verifier: 'verifier-'.padEnd(43, 'x') }))
      const headers = { 'content-type': 'application/json' }
      await fetch(`${server.url}/v1/oauth/token`, { method: 'POST', body, headers, signal: leaving }).catch(
        () => undefined,
      )
    })
    await Promise.all(hangUps)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })
})

test('afterwards the server works as before', async () => {
  expect((await app.exchange(await app.logIn(browser))).status).toBe(200)
})

import { fileServer } from '@stagedoor/testkit/server'
import { type Answer, appAndBrowser, encoded, expectOAuthError, post } from '@stagedoor/testkit/wire-app'
import { describe, expect, test } from 'vitest'
import { rawRequest } from './socket.ts'

const server = await fileServer()
const { app, browser } = await appAndBrowser(server)
const endpoint = `${server.url}/v1/oauth/token`
const json = 'application/json'
const form = 'application/x-www-form-urlencoded'
const exchange = app.exchangeOf(await app.logIn(browser))

/** Nothing of what was refused in this file may have used the code up. */
const expectUnused = async () => {
  const login = await app.logIn(browser)
  expect((await app.exchange(login)).status).toBe(200)
}

describe('a method other than POST is refused:', () => {
  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('%s', async (method) => {
    for (const path of ['/v1/oauth/token', '/v1/oauth/revoke']) {
      const { status, head, body } = await rawRequest(server.url, `${method} ${path}`)
      expect(status).toBe(405)
      expect(head).toMatch(/\r\nallow: POST\r\n/i)
      expect(head).toMatch(/\r\naccess-control-allow-origin: \*\r\n/i)
      if (method !== 'HEAD') expect(JSON.parse(body)).toMatchObject({ error: 'invalid_request' })
    }
  })
})

describe('any origin may ask', () => {
  test.each(['https://app.example', 'null'])('from %s (TK-17)', async (origin) => {
    const preflight = await fetch(endpoint, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type,authorization')
    expect(Number(preflight.headers.get('access-control-max-age'))).toBeGreaterThan(0)
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    const answer = await post(endpoint, '{}', json, { origin })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/Retry-After.*WWW-Authenticate/)
  })
})

test('errors are kept out of old caches as well (TK-16)', async () => {
  const answer = await post(endpoint, '{}', json)
  expectOAuthError(answer, 400, 'invalid_request', /grant_type is missing/)
  expect(answer.headers.get('pragma')).toBe('no-cache')
})

describe('credentials in the query are refused, never merged:', () => {
  test.each(['code', 'code_verifier', 'refresh_token', 'access_token', 'token', 'client_secret'])(
    '%s',
    async (name) => {
      const answer = await post(`${endpoint}?${name}=x`, JSON.stringify(exchange), json)
      expectOAuthError(answer, 400, 'invalid_request', /query/)
    },
  )

  test('other parameters there count for nothing (TK-2)', async () => {
    const { grant_type, ...rest } = exchange
    const answer = await post(`${endpoint}?grant_type=${grant_type}`, JSON.stringify(rest), json)
    expectOAuthError(answer, 400, 'invalid_request', /grant_type is missing/)
  })
})

describe('a body of another kind is refused:', () => {
  test.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    `${form}; charset=iso-8859-1`,
    'application/jsonp',
    'application/xml',
    'nonsense',
    ',',
  ])('%s', async (type) => {
    expectOAuthError(
      await post(endpoint, encoded(exchange), type),
      415,
      'invalid_request',
      /Send the body as/,
    )
  })

  test('without a type (TK-3)', async () => {
    expectOAuthError(
      await post(endpoint, new TextEncoder().encode(encoded(exchange)), null),
      415,
      'invalid_request',
    )
  })

  test.each(['gzip', 'br', 'deflate', 'x'])('compressed with %s (TK-9)', async (encoding) => {
    const answer = await post(endpoint, encoded(exchange), form, { 'content-encoding': encoding })
    expectOAuthError(answer, 415, 'invalid_request')
  })

  test('that is not there at all', async () => {
    expectOAuthError(await post(endpoint, '', null), 400, 'invalid_request', /grant_type is missing/)
    expectOAuthError(await post(endpoint, '', form), 400, 'invalid_request', /grant_type is missing/)
    expectOAuthError(await post(endpoint, '', json), 400, 'invalid_request', /not valid JSON/)
  })

  test.each([
    ['larger than 64 kB', `code=${'x'.repeat(64 * 1024)}`],
    ['of a megabyte', 'x'.repeat(1_000_000)],
  ])('%s', async (_, body) => {
    expectOAuthError(await post(endpoint, body, form), 413, 'invalid_request', /64 kB/)
  })

  test('announced as larger than it may be, before it comes (TK-8)', async () => {
    const { status } = await rawRequest(server.url, 'POST /v1/oauth/token', [
      'Content-Type: application/json',
      'Content-Length: 10000000000',
    ])
    expect(status).toBe(413)
  })

  test('of more than 50 parameters', async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`p${i}`, 'x']))
    expectOAuthError(await post(endpoint, encoded(many), form), 400, 'invalid_request', /50/)
    expectOAuthError(await post(endpoint, JSON.stringify(many), json), 400, 'invalid_request', /50/)
  })
})

describe('a parameter sent twice is refused:', () => {
  test.each(Object.keys(exchange))('%s', async (name) => {
    const value = exchange[name]
    const words = new RegExp(`^${name} was sent more than once`)
    const twice = encoded({ ...exchange, [name]: [String(value), String(value)] })
    expectOAuthError(await post(endpoint, twice, form), 400, 'invalid_request', words)
    const inJson = JSON.stringify(exchange).replace(
      /\}$/,
      `,${JSON.stringify(name)}:${JSON.stringify(value)}}`,
    )
    expectOAuthError(await post(endpoint, inJson, json), 400, 'invalid_request', words)
    const escaped = inJson.replace(
      /,"(.)([^"]*)":("[^"]*")\}$/,
      (_, first: string, rest: string, text: string) => {
        const code = first.charCodeAt(0).toString(16).padStart(4, '0')
        return `,"\\u${code}${rest}":${text}}`
      },
    )
    expectOAuthError(await post(endpoint, escaped, json), 400, 'invalid_request', words)
  })

  test('beyond a run of empty ones', async () => {
    const body = `${encoded(exchange)}${'&'.repeat(60)}client_id=x`
    expectOAuthError(await post(endpoint, body, form), 400, 'invalid_request')
  })

  test('brackets are part of a name like any other letter (TK-4)', async () => {
    const body = `${encoded({ ...exchange, code: null })}&code[]=x&code[a]=y`
    expectOAuthError(await post(endpoint, body, form), 400, 'invalid_request', /code is missing/)
  })
})

describe('text that is none is refused:', () => {
  test.each(['%ff', '%00', '%0a', '%ed%a0%80', '%', '%zz', '%7f', '%c3%28'])('code=%s', async (value) => {
    const body = `${encoded({ ...exchange, code: null })}&code=${value}`
    expectOAuthError(await post(endpoint, body, form), 400, 'invalid_request', /UTF-8/)
  })

  test.each(['\\u0000', '\\n', '\\ud800', '\\udc00x'])('a JSON string of %s', async (value) => {
    const body = JSON.stringify({ ...exchange, code: 'here' }).replace('here', value)
    expectOAuthError(await post(endpoint, body, json), 400, 'invalid_request', /UTF-8/)
  })

  test.each([
    ['bytes that are no UTF-8', [0xff]],
    ['half a character', [0xc3]],
    ['a character in too many bytes', [0xc0, 0xaf]],
  ])('%s', async (_, bytes) => {
    const around = (before: string, after: string) =>
      new Uint8Array([...Buffer.from(before), ...bytes, ...Buffer.from(after)])
    expectOAuthError(await post(endpoint, around('{"a":"', '"}'), json), 400, 'invalid_request', /UTF-8/)
    expectOAuthError(await post(endpoint, around('a=', '&b=c'), form), 400, 'invalid_request', /UTF-8/)
  })

  test.each([
    ['after two byte order marks', [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
    ['in UTF-16', [0x7b, 0x00, 0x7d, 0x00]],
  ])('JSON %s (TK-6, TK-7)', async (_, bytes) => {
    expectOAuthError(
      await post(endpoint, new Uint8Array(bytes), json),
      400,
      'invalid_request',
      /not valid JSON/,
    )
  })
})

describe('JSON that is not one flat object of texts is refused:', () => {
  const withCode = (value: unknown) => JSON.stringify({ ...exchange, code: value })
  test.each([
    ['a list', '[]'],
    ['a text', '"code"'],
    ['a number', '1'],
    ['null', 'null'],
    ['nothing whole', '{'],
    ['more than one', '{}{}'],
    ['a comment', '{/**/}'],
    ['a code in a list', withCode(['x'])],
    ['a code in an object', withCode({ $ne: null })],
    ['a number for a code', withCode(1)],
    ['true for a code', withCode(true)],
    ['a deep one', `{"code":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
    ['a deep one without end', '['.repeat(60_000)],
  ])('%s', async (_, body) => {
    expectOAuthError(await post(endpoint, body, json), 400, 'invalid_request', /JSON|must be text/)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('null is no value', async () => {
    expectOAuthError(await post(endpoint, withCode(null), json), 400, 'invalid_request', /code is missing/)
  })
})

test('an error never repeats what was sent (TK-18)', async () => {
  const evil = '"><script>alert(1)</script>é'
  for (const name of ['grant_type', 'code', 'client_id', 'redirect_uri', 'code_verifier', evil]) {
    const answer = await app.post('/v1/oauth/token', { ...exchange, [name]: evil })
    if (answer.status !== 200) expectOAuthError(answer, 400, String(answer.body['error']))
    expect(JSON.stringify(answer.body)).not.toContain('<script')
  }
  await expectUnused()
})

const missing = (answer: Answer) => expectOAuthError(answer, 400, 'invalid_request', /code is missing/)
const rest = { ...exchange, code: null }

describe('what is not asked for is ignored, of any type and however often:', () => {
  test.each<[string, unknown]>([
    ['a number', 1],
    ['a list', ['x', 'y']],
    ['an object', { code: 'x', client_secret: 'x', deep: [{ code: 1 }] }],
    ['false', false],
    ['text that is none', '\ud800\u0000'],
  ])('%s in JSON', async (_, value) => {
    const more = { audience: value, nonce: value, usePKCE: value, ['__proto__x']: value }
    missing(await post(endpoint, JSON.stringify({ ...rest, ...more }), json))
  })

  test('names that every object has', async () => {
    const body = JSON.stringify(rest).replace(
      '{',
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1,',
    )
    missing(await post(endpoint, body, json))
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('a name that is sent twice, or is no text', async () => {
    missing(await post(endpoint, `${encoded(rest)}&purpose=a&purpose=b&x=%ff&y=%00`, form))
    const twice = JSON.stringify(rest).replace(/\}$/, ',"purpose":"a","purpose":["b"]}')
    missing(await post(endpoint, twice, json))
  })

  test('an empty client_secret', async () => {
    missing(await post(endpoint, encoded({ ...rest, client_secret: '' }), form))
    missing(await post(endpoint, JSON.stringify({ ...rest, client_secret: '' }), json))
    missing(await post(endpoint, JSON.stringify({ ...rest, client_secret: null }), json))
  })

  test('but not what is asked for', async () => {
    expectOAuthError(
      await post(endpoint, JSON.stringify({ ...rest, scope: ['read'] }), json),
      400,
      'invalid_request',
      /scope must be text/,
    )
  })
})

describe('the ways to write UTF-8 are all one:', () => {
  test.each(['utf-8', 'UTF-8', 'utf8', 'UTF8', '"utf-8"', 'us-ascii', 'US-ASCII', 'ascii'])(
    'charset=%s',
    async (charset) => {
      for (const separator of [';', '; ', ' ; ']) {
        missing(await post(endpoint, encoded(rest), `${form}${separator}charset=${charset}`))
        missing(await post(endpoint, JSON.stringify(rest), `${json}${separator}charset=${charset}`))
      }
    },
  )

  test('and a byte order mark before it', async () => {
    missing(await post(endpoint, `\ufeff${JSON.stringify(rest)}`, json))
    missing(await post(endpoint, `\ufeff${encoded(rest)}`, form))
  })
})

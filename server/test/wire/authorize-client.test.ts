import { fileServer } from '@stagedoor/testkit/server'
import { App, type Changes, challengeOf, get, newVerifier } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, type Shown, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const uri = 'https://app.example/cb'
const apiKey = await server.register('Wavelength', uri, 'https://app.example/tenant?tenant=1')
const app = new App(server.url, { apiKey }, uri)
const loopback = await server.register(
  'Desktop',
  'http://127.0.0.1/cb',
  'http://[::1]/cb',
  'http://localhost/',
  'myapp://oauth/callback',
)

/** Sends a request that must not leave the server; answers the page. */
async function refused(changes: Changes, words?: RegExp): Promise<Shown> {
  const shown = await app.begin(new Browser(server.url), changes)
  expect(shown.headers.get('location')).toBeNull()
  expect(shown.status).toBe(400)
  expect(shown.headers.get('content-type')).toBe('text/html; charset=utf-8')
  if (words !== undefined) expect(wordsOf(shown)).toMatch(words)
  return shown
}

/** Sends a request that is good; answers the sign-in page it leads to. */
async function accepted(changes: Changes): Promise<Shown> {
  const shown = await app.begin(new Browser(server.url), changes)
  expect(shown.status).toBe(200)
  formTo(shown, '/sign-in')
  return shown
}

describe('a client that is not proven sees a page and no redirect:', () => {
  test.each([
    ['no api_key', { api_key: null }, /api_key \(or client_id\) is missing/],
    ['an empty api_key', { api_key: '' }, /api_key \(or client_id\) is missing/],
    ['an unknown api_key', { api_key: 'f'.repeat(40) }, /belongs to no app/],
    ['an api_key of a variable that is not set', { api_key: 'undefined' }, /is no key: it has 9 characters/],
    ['an api_key in quotes', { api_key: `"${apiKey}"` }, /is no key: it has 42 characters/],
    ['an api_key after its scheme', { api_key: `Bearer ${apiKey}` }, /is no key: it has 47 characters/],
    ['an api_key of 10 kB', { api_key: 'a'.repeat(10_000) }, /is no key: it has 10000 characters/],
    [
      'a client document without https',
      { api_key: null, client_id: 'http://app.example/c' },
      /document can have/,
    ],
    [
      'a client document without a path',
      { api_key: null, client_id: 'https://app.example/' },
      /document can have/,
    ],
    [
      'more parameters than are read',
      Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`p${at}`, 'x'])),
      /More than 50 parameters were sent.*The fault is in the app/,
    ],
    [
      'an api_key with brackets',
      { api_key: null, 'api_key[]': apiKey },
      /api_key \(or client_id\) is missing/,
    ],
    ['an api_key in a full-width digit', { api_key: `０${apiKey.slice(1)}` }, /and a key is 40 hex digits/],
    ['api_key twice', { api_key: [apiKey, apiKey] }, /api_key more than once/],
    ['client_id twice', { api_key: null, client_id: [apiKey, apiKey] }, /client_id more than once/],
    ['another client_id beside api_key', { client_id: loopback }, /differ/],
    ['no redirect_uri', { redirect_uri: null }, /redirect_uri is missing/],
    ['an empty redirect_uri', { redirect_uri: '' }, /redirect_uri is missing/],
    [
      'a good redirect_uri and an evil one',
      { redirect_uri: [uri, 'https://evil.example/'] },
      /more than once/,
    ],
    [
      'an evil redirect_uri and a good one',
      { redirect_uri: ['https://evil.example/', uri] },
      /more than once/,
    ],
    [
      'an unregistered app without a redirect_uri',
      { api_key: null, app_name: 'X', redirect_uri: null },
      /miss/,
    ],
  ])('%s', async (_, changes, words) => {
    await refused(changes, words)
  })

  test('a NUL in api_key (RM-6)', async () => {
    const shown = await new Browser(server.url).open(app.authorizePath().replace('api_key=', 'api_key=%00'))
    expect(shown.status).toBe(400)
    expect(wordsOf(shown)).toMatch(/api_key more than once or garbled/)
  })

  test('repeated parameters beyond a run of empty ones (RM-4)', async () => {
    const path = `${app.authorizePath()}${'&'.repeat(60)}redirect_uri=https://evil.example/`
    expect(await new Browser(server.url).open(path)).toMatchObject({ status: 400, leftFor: null })
  })

  test('the client comes before everything else that is wrong', async () => {
    await refused({ api_key: 'nope', response_type: 'token', scope: 'nope', code_challenge: null })
    await refused({ redirect_uri: 'https://evil.example/', response_type: 'token', state: ['1', '2'] })
  })
})

describe('a redirect URI must be the registered one, to the letter:', () => {
  test.each([
    `${uri}/`,
    `${uri}?x=1`,
    `${uri}?`,
    `${uri}#`,
    `${uri}#x`,
    `${uri}%2f`,
    `${uri}/..`,
    'https://app.example/CB',
    `${uri};x`,
    `${uri}.evil`,
    '//app.example/cb',
    'https://app.example.evil.example/cb',
    'https://evilapp.example/cb',
    'https://sub.app.example/cb',
    'https://app.example:444/cb',
    'https://app.example:443/cb',
    'http://app.example/cb',
    'HTTPS://app.example/cb',
    'https://APP.example/cb',
    'https://app.example./cb',
    'https:app.example/cb',
    'https:\\\\app.example\\cb',
    'https://app.example\\@evil.example/cb',
    'https://app.example@evil.example/cb',
    'https://user:pw@app.example/cb',
    ' https://app.example/cb',
    `${uri} `,
    'https://app.example/a/../cb',
    'https://app.example/%2e/cb',
    'https://аpp.example/cb',
    encodeURIComponent(uri),
    'https://*.app.example/cb',
    'https://app.example/tenant',
    'https://app.example/tenant?tenant=2',
    'javascript:alert(1)//https://app.example/cb',
    'data:text/html,<script>alert(1)</script>',
    'https://8.8.8.8/cb',
    `https://app.example/${'x'.repeat(2001)}`,
    `${uri}${'?'.repeat(1000)}`,
  ])('%.80s (RM-1, RM-2, RM-3, RM-5)', async (redirectUri) => {
    const shown = await refused({ redirect_uri: redirectUri }, /redirect URI is not registered/)
    expect(shown.text).not.toContain('<script')
  })

  test.each([uri, 'https://app.example/tenant?tenant=1'])('%s is good', async (redirectUri) => {
    await accepted({ redirect_uri: redirectUri })
  })

  test('the page shows the given URI and the nearest registered one, their difference marked', async () => {
    const shown = await refused({ redirect_uri: 'https://app.example/callback' })
    expect(shown.text).toContain('https://app.example/<mark>callback</mark>')
    expect(shown.text).toContain('https://app.example/<mark>cb</mark>')
    expect(wordsOf(shown)).toMatch(/Wavelength.*not registered.*The path is/)
  })

  test('the page escapes the URI that it shows (RM-7)', async () => {
    const shown = await refused({ redirect_uri: 'https://app.example/"><script>alert(1)</script>' })
    expect(shown.text).not.toContain('<script>')
    expect(shown.text).toContain('&lt;')
  })
})

describe('a loopback URI registered without a port', () => {
  test.each([
    'http://127.0.0.1:54321/cb',
    'http://[::1]:1/cb',
    'http://localhost:65535/',
    'http://127.0.0.1/cb',
  ])('is good as %s (RM-9)', async (redirectUri) => {
    await accepted({ api_key: loopback, redirect_uri: redirectUri })
  })

  test.each([
    'http://attacker@127.0.0.1:1/cb',
    'http://127.0.0.1:1@evil.example/cb',
    'http://127.0.0.1.evil.example/cb',
    'http://127.0.0.1:1.evil.example/cb',
    'http://127.0.0.1:1/other',
    'http://127.0.0.1:1/cb/',
    'http://127.0.0.1:1/cb?x=1',
    'http://localhost:1/cb',
    'http://localhost:1',
    'https://127.0.0.1:1/cb',
    'http://127.0.0.1:0/cb',
    'http://127.0.0.1:99999/cb',
    'http://127.0.0.1:080/cb',
    'http://127.0.0.1:/cb',
    'http://127.0.0.2:1/cb',
    'http://127.1:1/cb',
    'http://2130706433:1/cb',
    'http://[::ffff:127.0.0.1]:1/cb',
    'myapp://oauth:1/callback',
    'myapp://oauth/callback/x',
    'MYAPP://oauth/callback',
  ])('is not good as %s (RM-10)', async (redirectUri) => {
    await refused({ api_key: loopback, redirect_uri: redirectUri }, /not registered/)
  })
})

describe('an API key', () => {
  test.each([
    ['in upper case', apiKey.toUpperCase()],
    ['after 0x', `0x${apiKey}`],
    ['after 0X', `0X${apiKey.toUpperCase()}`],
  ])('is the same %s', async (_, key) => {
    await accepted({ api_key: key })
  })

  test('may be called client_id, or both in different spellings', async () => {
    await accepted({ api_key: null, client_id: apiKey })
    await accepted({ client_id: `0x${apiKey.toUpperCase()}` })
  })
})

describe('whoever prefers JSON', () => {
  test.each(['application/json', 'application/json, text/html;q=0.5', 'text/html;q=0.1, application/json'])(
    'is told in JSON: Accept %s',
    async (accept) => {
      const { status, headers, body } = await get(`${server.url}/v1/oauth/authorize`, { accept })
      expect(status).toBe(400)
      expect(body).toEqual({
        error: 'invalid_request',
        error_description: expect.any(String),
        error_uri: `${server.url}/docs/errors#invalid_request`,
      })
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('access-control-allow-origin')).toBeNull()
    },
  )

  test.each(['text/html', '*/*', 'text/html,application/xhtml+xml,*/*;q=0.8', ''])(
    'others get a page: Accept %j',
    async (accept) => {
      const shown = await new Browser(server.url).open('/v1/oauth/authorize', { accept })
      expect(shown.headers.get('content-type')).toBe('text/html; charset=utf-8')
    },
  )

  test('is told invalid_client of an unknown client', async () => {
    const url = server.url + app.authorizePath({ api_key: 'f'.repeat(40) })
    expect((await get(url, { accept: 'application/json' })).body).toMatchObject({ error: 'invalid_client' })
  })
})

test('a redirect URI taken from an app is refused at once', async () => {
  const key = await server.register('Mover', uri, 'https://app.example/old')
  const mover = new App(server.url, { apiKey: key }, 'https://app.example/old')
  const browser = new Browser(server.url)
  const page = await mover.begin(browser)
  formTo(page, '/sign-in')
  await server.store.removeRedirectUri(key, 'https://app.example/old', Date.now())
  expect(await mover.begin(browser)).toMatchObject({ status: 400, leftFor: null })
  expect((await browser.open(page.url)).status).toBe(400)
  await accepted({ api_key: key, code_challenge: challengeOf(newVerifier()) })
})

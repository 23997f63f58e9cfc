import { fileServer } from '@stagedoor/testkit/server'
import { App, answerTo, type Changes } from '@stagedoor/testkit/wire-app'
import { Browser } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const uri = 'https://app.example/cb'
const app = new App(server.url, { apiKey: await server.register('Wavelength', uri) }, uri)
const browser = new Browser(server.url)

/** Sends a request that is told back to the app, by redirect. */
async function refused(changes: Changes): Promise<Readonly<Record<string, string>>> {
  const shown = await app.begin(browser, changes)
  expect(shown.leftFor).toMatch(/^https:\/\/app\.example\/cb#/)
  const answer = answerTo(shown, uri)
  expect(answer).toMatchObject({
    iss: server.url,
    error_description: expect.stringMatching(/^[ !#-[\]-~]+$/),
  })
  expect(answer).not.toHaveProperty('code')
  return answer
}

describe('what the app got wrong is told to the app, with its state and iss:', () => {
  test.each<[string, Changes, string, RegExp]>([
    ['no response_type', { response_type: null }, 'invalid_request', /response_type is missing/],
    ['an empty response_type', { response_type: '' }, 'invalid_request', /response_type is missing/],
    ...['token', 'id_token', 'code token', 'code id_token', 'none', 'CODE', 'code '].map(
      (type): [string, Changes, string, RegExp] => [
        `response_type ${JSON.stringify(type)}`,
        { response_type: type },
        'unsupported_response_type',
        /response_type=code/,
      ],
    ),
    ...['form_post', 'web_message', 'jwt', 'Query', 'query fragment'].map(
      (mode): [string, Changes, string, RegExp] => [
        `response_mode ${JSON.stringify(mode)}`,
        { response_mode: mode },
        'invalid_request',
        /response_mode/,
      ],
    ),
    ...['admin', 'write admin', 'read,write', 'READ', 'x'.repeat(5000), 'read"', 'read\\', 'read  write'].map(
      (scope): [string, Changes, string, RegExp] => [
        `scope ${JSON.stringify(scope.slice(0, 20))}`,
        { scope },
        'invalid_scope',
        /scope/,
      ],
    ),
    ['another display', { display: 'iframe' }, 'invalid_request', /display/],
    ['another prompt', { prompt: 'signup' }, 'invalid_request', /prompt/],
    ['prompt none with select_account', { prompt: 'none select_account' }, 'invalid_request', /prompt/],
    ['prompt none with login', { prompt: 'none login' }, 'invalid_request', /prompt/],
    ['no code_challenge', { code_challenge: null }, 'invalid_request', /PKCE/],
    ['an empty code_challenge', { code_challenge: '' }, 'invalid_request', /PKCE/],
    ...[
      'a'.repeat(42),
      'a'.repeat(44),
      'a'.repeat(128),
      `${'a'.repeat(42)}=`,
      `${'a'.repeat(42)}+`,
      `${'a'.repeat(42)}/`,
      `${'a'.repeat(42)}é`,
      `${'a'.repeat(42)} `,
      `${'a'.repeat(43)}!`,
    ].map((challenge): [string, Changes, string, RegExp] => [
      `code_challenge of ${challenge.length} characters ending in ${challenge.at(-1)}`,
      { code_challenge: challenge },
      'invalid_request',
      /code_challenge/,
    ]),
    ...['plain', 's256', 'S512', 'S256 ', ''].map((method): [string, Changes, string, RegExp] => [
      `code_challenge_method ${JSON.stringify(method)}`,
      { code_challenge_method: method },
      'invalid_request',
      /code_challenge_method/,
    ]),
    ['no code_challenge_method', { code_challenge_method: null }, 'invalid_request', /code_challenge_method/],
    ['a request object', { request: 'e30.e30.' }, 'request_not_supported', /request/],
    ['a request_uri', { request_uri: 'http://169.254.169.254/' }, 'request_uri_not_supported', /request_uri/],
  ])('%s (PK-1, PK-2, PK-3, PK-7)', async (_, changes, error, words) => {
    const answer = await refused(changes)
    expect(answer).toMatchObject({ error, state: 'state of the app' })
    expect(answer['error_description']).toMatch(words)
  })

  test('prompt=none with nobody signed in is login_required (AZ-28)', async () => {
    expect(await refused({ prompt: 'none' })).toMatchObject({ error: 'login_required' })
  })

  test('a state of more than 2000 characters, which is not sent back', async () => {
    const answer = await refused({ state: 'x'.repeat(2001) })
    expect(answer).toMatchObject({ error: 'invalid_request' })
    expect(answer).not.toHaveProperty('state')
  })

  test.each(['%00', '%0d%0aSet-Cookie:%20a=b', '%ff', '%ed%a0%80', '%', '%zz'])(
    'a state that is no text: %s',
    async (state) => {
      const shown = await browser.open(`${app.authorizePath({ state: null })}&state=${state}`)
      const answer = answerTo(shown, uri)
      expect(answer).toMatchObject({ error: 'invalid_request' })
      expect(answer).not.toHaveProperty('state')
      expect(shown.headers.getSetCookie()).toEqual([])
    },
  )
})

describe('a parameter sent twice is refused, never joined:', () => {
  const once = new URLSearchParams(app.authorizePath().split('?')[1])
  const others = {
    response_mode: 'fragment',
    display: 'popup',
    prompt: 'login',
    login_hint: 'x',
    origin: 'x',
  }
  for (const [name, value] of [...once, ...Object.entries(others)]) {
    if (name === 'api_key' || name === 'redirect_uri') continue
    test(name, async () => {
      const answer = await refused({ [name]: [value, value] })
      expect(answer).toMatchObject({ error: 'invalid_request' })
      expect(answer['error_description']).toContain(`${name} was sent more than once`)
      expect(answer['state']).toBe(name === 'state' ? undefined : 'state of the app')
    })
  }

  test('an empty one beside a full one counts as two (AZ-3)', async () => {
    expect(await refused({ scope: ['', 'read'] })).toMatchObject({ error: 'invalid_request' })
  })

  test('its name percent-encoded is the same name', async () => {
    const shown = await browser.open(`${app.authorizePath()}&%73cope=write`)
    expect(answerTo(shown, uri)).toMatchObject({ error: 'invalid_request' })
  })
})

describe('what is no mistake leads to the sign-in page:', () => {
  test.each<[string, Changes]>([
    ['unknown parameters', { foo: 'bar', origin: 'https://evil.example', usePKCE: 'true' }],
    [
      'parameters of other languages (AZ-4)',
      { __proto__x: '1', constructor: '1', toString: '1', 'scope[]': 'write' },
    ],
    ['empty optional ones', { state: '', display: '', response_mode: '', prompt: '', login_hint: '' }],
    ...['fullScreen', 'page', 'touch', 'wap'].map((display): [string, Changes] => [
      `display ${display}`,
      { display },
    ]),
    ['prompt select_account', { prompt: 'select_account' }],
    [
      'what OpenID clients add',
      { nonce: 'n', max_age: '3600', ui_locales: 'de en', acr_values: '0', claims: '{}', id_token_hint: 'x' },
    ],
    ['a scope list', { scope: 'read write read' }],
    ['no scope', { scope: null }],
    ['an empty scope', { scope: '' }],
    ['a state of 2000 characters', { state: 'x'.repeat(2000) }],
    [
      'characters of two units each',
      { state: '\u{1f3b5}'.repeat(1001), login_hint: '\u{1f3b5}'.repeat(160) + 'x'.repeat(160) },
    ],
  ])('%s', async (_, changes) => {
    expect(await app.begin(browser, changes)).toMatchObject({ status: 200, leftFor: null })
  })

  test('__proto__ as a name changes nothing (TK-5)', async () => {
    const shown = await browser.open(`${app.authorizePath()}&__proto__=polluted&__proto__[polluted]=1`)
    expect(shown.status).toBe(200)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

describe('errors follow the response mode', () => {
  test('query', async () => {
    const shown = await app.begin(browser, { response_mode: 'query', scope: 'admin' })
    expect(shown.leftFor).toMatch(/^https:\/\/app\.example\/cb\?error=invalid_scope&[^#]*$/)
  })

  test('fragment', async () => {
    const shown = await app.begin(browser, { response_mode: 'fragment', scope: 'admin' })
    expect(shown.leftFor).toMatch(/^https:\/\/app\.example\/cb#error=invalid_scope&/)
  })
})

test('what is wrong first is told first (AZ-1, AZ-5)', async () => {
  const all = { response_type: null, scope: 'admin', code_challenge: null, display: 'iframe' }
  expect(await refused({ ...all, foo: ['1', '2'] })).toMatchObject({ error: 'invalid_request' })
  expect((await refused(all))['error_description']).toMatch(/response_type/)
  expect(await refused({ ...all, response_type: 'token' })).toMatchObject({
    error: 'unsupported_response_type',
  })
})

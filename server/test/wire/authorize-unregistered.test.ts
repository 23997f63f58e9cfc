import { fileServer } from '@stagedoor/testkit/server'
import { App, answerTo, type Changes } from '@stagedoor/testkit/wire-app'
import { Browser, decoded, formTo, type Shown, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const server = await fileServer()
const wavelength = { apiKey: await server.register('Wavelength', 'https://app.example/cb') }

/** Begins a login for an app that has nothing but a name. */
const begin = (appName: string, redirectUri = 'https://demo.example/cb'): Promise<Shown> =>
  new App(server.url, { appName }, redirectUri).begin(new Browser(server.url))

async function refused(appName: string, redirectUri: string | undefined, words: RegExp): Promise<void> {
  const shown = await begin(appName, redirectUri)
  expect(shown).toMatchObject({ status: 400, leftFor: null })
  expect(wordsOf(shown)).toMatch(words)
}

describe('an app known by its name alone', () => {
  test.each(['https://demo.example/cb', 'http://localhost:3000/cb', 'https://demo.example'])(
    'may return to %s',
    async (redirectUri) => {
      const page = await begin('My demo', redirectUri)
      expect(wordsOf(page)).toContain('“ My demo ”')
      expect(wordsOf(page)).toContain(new URL(redirectUri).host)
    },
  )

  test.each([
    'http://demo.example/cb',
    'myapp://oauth/callback',
    'https://8.8.8.8/cb',
    'https://user@demo.example/cb',
    'https://demo.example/a/../cb',
    'https://demo.example/a/..',
    'https://demo.example/%2e%2e/cb',
    'https://demo.example/%252e%252e/cb',
    'https://demo.example/..\\cb',
    'https://demo.example/cb#x',
    'https://DEMO.example/cb?x=1',
    'https://demo.example/cb?code=1',
    'javascript:alert(1)',
    'http://2130706433/cb',
    'http://[::ffff:127.0.0.1]/cb',
    'not a uri',
  ])('may not return to %s', async (redirectUri) => {
    await refused('My demo', redirectUri, /not allowed/)
  })

  test.each([
    ['the service itself', 'Audius'],
    ['the service itself, in disguise', 'АUD1US'],
  ])('may not have the name of %s', async (_, name) => {
    await refused(name, undefined, /name that is not its own/)
  })

  test.each([
    ['65 characters', 'x'.repeat(65)],
    ['spaces around it', ' demo '],
    ['an invisible character', 'de\u200bmo'],
    ['a reordering character', 'de\u202emo'],
    ['nothing else than a space', ' '],
  ])('may not have a name with %s', async (_, name) => {
    await refused(name, undefined, /1 to 64 printable/)
  })

  test('may have 64 characters outside the basic plane', async () => {
    formTo(await begin('🎧'.repeat(64)), '/sign-in')
  })

  test('is not looked at when there is an api_key', async () => {
    const app = new App(server.url, wavelength, 'https://app.example/cb')
    const page = await app.begin(new Browser(server.url), { app_name: 'Audius' })
    expect(wordsOf(page)).toContain('Wavelength')
  })

  test('gets scope read only', async () => {
    const shown = await demo.begin(new Browser(server.url), { scope: 'write' })
    expectLeftToThePerson(shown, 'invalid_scope')
  })

  test.each(['Wavelength', 'w a v e l е n g t h'])(
    'may have the name of a registered app, and its consent page says that it is not that app: %s',
    async (name) => {
      const browser = await signedIn(server.url)
      const namesake = new App(server.url, { appName: name }, 'https://demo.example/cb')
      const page = await namesake.begin(browser)
      expect(wordsOf(page)).toContain('this is not that app')
      expect(answerTo(await browser.allow(page), namesake.redirectUri)['code']).toBeDefined()
      expect(wordsOf(await demo.begin(browser))).not.toContain('not that app')
    },
  )
})

const demo = new App(server.url, { appName: 'My demo' }, 'https://demo.example/cb')

/** Nobody was sent anywhere: a page names the host and has a link that tells the app. */
function expectLeftToThePerson(shown: Shown, error: string): void {
  expect(shown).toMatchObject({ status: 400, leftFor: null })
  expect(shown.headers.get('location')).toBeNull()
  expect(wordsOf(shown)).toContain('Go to demo.example')
  const [, href = ''] = /<a class="button" href="([^"]*)"/.exec(shown.text) ?? []
  const answer = answerTo({ ...shown, status: 303, text: '', leftFor: decoded(href) }, demo.redirectUri)
  expect(answer).toMatchObject({ error, iss: server.url })
}

describe('an app that nobody has registered sends nobody on before they have done something here', () => {
  test.each<[string, Changes]>([
    ['invalid_request', { response_type: null }],
    ['invalid_request', { code_challenge: 'short' }],
    ['invalid_request', { prompt: 'unknown' }],
    ['invalid_request', { state: 'x'.repeat(2001) }],
    ['invalid_request', { login_hint: 'x'.repeat(321) }],
    ['invalid_request', { state: ['one', 'two'] }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: 'everything' }],
    ['request_not_supported', { request: 'x' }],
    ['login_required', { prompt: 'none' }],
  ])('%s: %j (RM-11)', async (error, changes) => {
    expectLeftToThePerson(await demo.begin(new Browser(server.url), changes), error)
  })

  test('consent_required, though somebody is signed in', async () => {
    const browser = await signedIn(server.url)
    expectLeftToThePerson(await demo.begin(browser, { prompt: 'none' }), 'consent_required')
  })

  test('programs are told in JSON', async () => {
    const path = demo.authorizePath({ prompt: 'none' })
    const shown = await new Browser(server.url).open(path, { accept: 'application/json' })
    expect(shown).toMatchObject({ status: 400, leftFor: null })
    expect(JSON.parse(shown.text)).toMatchObject({ error: 'login_required' })
  })

  test('who has cancelled is sent on', async () => {
    const browser = new Browser(server.url)
    const answer = await browser.cancel(await demo.begin(browser))
    expect(answerTo(answer, demo.redirectUri)).toMatchObject({ error: 'access_denied' })
  })

  test('a registered app is told by itself', async () => {
    const app = new App(server.url, wavelength, 'https://app.example/cb')
    const shown = await app.begin(new Browser(server.url), { prompt: 'none' })
    expect(answerTo(shown, app.redirectUri)).toMatchObject({ error: 'login_required' })
  })
})

import { describe, expect, test } from 'vitest'
import { fileServer } from '../harness.ts'
import { Browser, formTo, type Shown, wordsOf } from './browser.ts'
import { App, answerTo } from './client.ts'

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
    ['a registered app', 'Wavelength'],
    ['a registered app, in disguise', 'w a v e l е n g t h'],
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
    const app = new App(server.url, { appName: 'My demo' }, 'https://demo.example/cb')
    const shown = await app.begin(new Browser(server.url), { scope: 'write' })
    expect(answerTo(shown, app.redirectUri)).toMatchObject({ error: 'invalid_scope' })
  })
})

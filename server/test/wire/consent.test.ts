import { randomBytes } from 'node:crypto'
import { fileServer, ownServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { type Browser, formTo, jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { developed } from './developer.ts'

const server = await fileServer()
const uri = 'https://app.example/cb'
const moved = 'https://intruder.example/cb'

/** An app of nova's that jun has allowed, and jun's browser. */
async function allowed(scope = 'write') {
  const { app, apiKey, ownerId, browser: developer } = await developed(server, nova)
  const browser = await signedIn(server.url, jun)
  await app.logIn(browser, { scope })
  expect((await app.begin(browser, { scope })).leftFor).not.toBeNull()
  return { app, apiKey, ownerId, developer, browser }
}

const isSilent = async (app: App, browser: Browser, changes = {}) =>
  (await app.begin(browser, changes)).leftFor?.includes('code=') ?? false

describe('a remembered consent', () => {
  test('gives no code to a redirect URI that was added later', async () => {
    const { app, apiKey, browser } = await allowed()
    await server.store.addRedirectUri(apiKey, moved, 50, Date.now())
    const widened = { redirect_uri: moved, scope: 'read' }
    expect(await isSilent(app, browser, widened)).toBe(false)
    const silent = await app.begin(browser, { ...widened, prompt: 'none' })
    expect(silent.leftFor).toContain('error=consent_required')
    const page = await app.begin(browser, widened)
    expect(wordsOf(page)).toMatch(/intruder\.example\s*, which you have not allowed this app before/)
    expect(await isSilent(app, browser)).toBe(true)
    await browser.allow(page)
    expect(await isSilent(app, browser, widened)).toBe(true)
    expect(await isSilent(app, browser, { redirect_uri: moved, scope: 'write' })).toBe(false)
  })

  test('is asked for anew when a redirect URI has gone and come back', async () => {
    const { app, apiKey, browser } = await allowed('read')
    await server.store.removeRedirectUri(apiKey, uri, Date.now())
    await server.store.addRedirectUri(apiKey, uri, 50, Date.now())
    expect(await isSilent(app, browser)).toBe(false)
  })

  test('is asked for again when the app’s name changes, which the page says', async () => {
    const { app, apiKey, developer, browser } = await allowed('read')
    const before = (await server.store.findApp(apiKey))?.name
    const name = `Renamed ${randomBytes(6).toString('hex')}`
    const path = `/developers/${apiKey}`
    await developer.submit(formTo(await developer.open(path), path), { name })
    const page = await app.begin(browser)
    expect(page.leftFor).toBeNull()
    expect(wordsOf(page)).toContain(`Its name was ${before} when you allowed it before`)
    await browser.allow(page)
    expect(await isSilent(app, browser)).toBe(true)
  })

  test('is asked for again for more, and the page marks what is new', async () => {
    const { app, browser } = await allowed('read')
    const page = await app.begin(browser, { scope: 'write' })
    expect(wordsOf(page)).toMatch(/New: Upload, edit and delete tracks/)
    expect(wordsOf(page)).not.toMatch(/New: See your profile/)
  })
})

describe('consent is never remembered', () => {
  const uris = [
    ['with its exact port', 'http://localhost:5173/cb'],
    ['with another port', 'http://127.0.0.1/cb', 'http://127.0.0.1:49152/cb'],
    ['without a port', 'http://localhost/cb'],
    ['by IPv6', 'http://[::1]:8080/cb'],
    ['by https', 'https://localhost:8443/cb'],
    ['by a name below localhost', 'https://app.localhost/cb'],
    ['by a scheme of the app', 'myapp://cb'],
  ]
  test.each(uris)('for what is on the device, %s (AZ-13)', async (_, registered = '', sent = registered) => {
    const apiKey = await server.register(`App ${randomBytes(6).toString('hex')}`, registered)
    const app = new App(server.url, { apiKey }, sent)
    const browser = await signedIn(server.url, jun)
    await app.logIn(browser)
    const page = await app.begin(browser)
    expect(page.leftFor).toBeNull()
    expect(wordsOf(page)).toContain('on this device')
    expect((await app.begin(browser, { prompt: 'none' })).leftFor).toContain('error=consent_required')
  })
})

test('development remembers the sample app’s own loopback address', async () => {
  const apiKey = '0057a6ed000057a6ed000057a6ed000057a6ed00'
  const development = await ownServer({}, { apiKey, handles: [], confirmsByLink: false })
  const app = new App(development.url, { apiKey }, 'http://localhost:5173/')
  const browser = await signedIn(development.url, jun)
  await app.logIn(browser)
  expect(await isSilent(app, browser)).toBe(true)
})

test('the page says who owns the app', async () => {
  const { app } = await developed(server, nova)
  const browser = await signedIn(server.url, jun)
  expect(wordsOf(await app.begin(browser))).toContain(`Owned by @${nova.handle}`)
  const apiKey = await server.register(`App ${randomBytes(6).toString('hex')}`, uri)
  const ownerless = new App(server.url, { apiKey }, uri)
  expect(wordsOf(await ownerless.begin(browser))).toContain('Owner unknown')
})

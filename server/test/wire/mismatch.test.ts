import { fileServer } from '@stagedoor/testkit/server'
import { App, answerTo } from '@stagedoor/testkit/wire-app'
import {
  Browser,
  type Form,
  formTo,
  jun,
  nova,
  type Shown,
  signedIn,
  wordsOf,
} from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { addApp } from '../store/world.ts'

const server = await fileServer()
const registered = 'https://app.example/cb'
const moved = 'https://app.example/moved'

/** An app of nova's, which sends another redirect URI than it has registered. */
async function mistaken(redirectUri: string = moved) {
  const owner = await server.store.findUserByHandle('nova')
  const apiKey = await addApp(server.store, {
    name: 'Wave',
    ownerId: owner?.id ?? 0,
    redirectUris: [registered],
  })
  return {
    apiKey,
    app: new App(server.url, { apiKey }, redirectUri),
    action: `/developers/${apiKey}/redirect-uris`,
    uris: async () => (await server.store.findApp(apiKey))?.redirectUris,
  }
}

const hasForm = (page: Shown) => page.text.includes('<form')

describe('the developer of the app', () => {
  test('registers the address by one button, and the login goes on', async () => {
    const { app, action, uris } = await mistaken()
    const browser = await signedIn(server.url)
    const page = await app.begin(browser)
    expect(page.status).toBe(400)
    const { fields } = formTo(page, action)
    expect(fields['redirect_uri']).toBe(moved)
    expect(wordsOf(page)).toContain('The redirect URI sent https://app.example/ moved')
    const consent = await browser.submit(formTo(page, action))
    expect(await uris()).toEqual([registered, moved])
    expect(answerTo(await browser.allow(consent), moved)).toMatchObject({ state: 'state of the app' })
    const { access } = await app.pair(browser)
    expect(await app.me(access)).toBe(200)
  })

  test('allows the app at the new address though they have allowed it before, past the policy of the page', async () => {
    const { app, apiKey, action } = await mistaken()
    const browser = await signedIn(server.url)
    await new App(server.url, { apiKey }, registered).logIn(browser)
    const page = await app.begin(browser)
    expect(page.headers.get('content-security-policy')).toMatch(/form-action 'self' https:;/)
    const consent = await browser.submit(formTo(page, action))
    expect((await browser.allow(consent)).leftFor).toContain(moved)
  })

  test('pressing twice, or again after going back, registers it once', async () => {
    const { app, action, uris } = await mistaken()
    const browser = await signedIn(server.url)
    const form = formTo(await app.begin(browser), action)
    await Promise.all([browser.submit(form), browser.submit(form)])
    expect((await browser.submit(form)).text).toContain('action="/consent"')
    expect(await uris()).toEqual([registered, moved])
  })

  test.each([
    ['javascript:alert(1)', 'This scheme is not one an app can own'],
    ['https://App.example/cb', 'Write it as browsers do: https://app.example/cb'],
    ['https://app.example/cb#x', 'fragment'],
    ['https://app.example/\u202ecb', 'only contain visible ASCII characters'],
  ])('is told why %j cannot be registered', async (uri, words) => {
    const { app, action, uris } = await mistaken(uri)
    const browser = await signedIn(server.url)
    const page = await app.begin(browser)
    expect(hasForm(page)).toBe(false)
    expect(wordsOf(page)).toContain(words)
    expect(wordsOf(page)).not.toContain('Register the address')
    const { csrf = '' } = formTo(await browser.open('/developers'), '/developers').fields
    const forced = await browser.post(action, { redirect_uri: uri, csrf })
    expect(forced.status).toBe(422)
    expect(await uris()).toEqual([registered])
  })

  test('is told on the form of the app that there is no more room', async () => {
    const { app, action, apiKey, uris } = await mistaken()
    const browser = await signedIn(server.url)
    const form = formTo(await app.begin(browser), action)
    for (let n = 0; n < 49; n += 1)
      await server.store.addRedirectUri(apiKey, `https://${n}.example/`, 50, Date.now())
    const page = await browser.submit(form)
    expect(page.status).toBe(422)
    expect(wordsOf(page)).toContain('50 redirect URIs at most')
    expect(formTo(page, `/developers/${apiKey}`).fields['redirect_uris']).toContain(moved)
    expect(await uris()).toHaveLength(50)
  })

  test('whose session ended meanwhile signs in, comes back and goes on', async () => {
    const { app, action, uris } = await mistaken()
    const browser = await signedIn(server.url)
    const form = formTo(await app.begin(browser), action)
    await browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))
    const kept = await browser.submit(form)
    expect(kept.status).toBe(401)
    expect(await uris()).toEqual([registered])
    await browser.signIn(await browser.open('/sign-in'), nova)
    expect((await browser.submit(formTo(kept, action))).text).toContain('action="/consent"')
    expect(await uris()).toEqual([registered, moved])
  })
})

describe('everybody else', () => {
  test.each([
    ['who is not signed in', () => new Browser(server.url)],
    ['who is signed in', () => signedIn(server.url, jun)],
  ])('%s is told what to say to the developer, with the rest folded', async (_, visit) => {
    const { app, apiKey } = await mistaken()
    const page = await app.begin(await visit())
    expect(hasForm(page)).toBe(false)
    expect(wordsOf(page)).toContain(
      'Tell the developer of Wave that it sends a redirect URI which is not registered',
    )
    expect(page.text).toMatch(/<details[^>]*><summary>For the developer<\/summary>.*moved/s)
    expect(page.text).toContain(`href="/developers/${apiKey}"`)
  })

  test('cannot register an address, with whatever form', async () => {
    const { action, uris } = await mistaken()
    const browser = await signedIn(server.url, jun)
    const { csrf = '' } = formTo(await browser.open('/developers'), '/developers').fields
    expect((await browser.post(action, { redirect_uri: moved, csrf })).status).toBe(404)
    expect(await uris()).toEqual([registered])
  })

  test('learns nothing of who owns an app of nobody', async () => {
    const apiKey = await addApp(server.store)
    const page = await new App(server.url, { apiKey }, moved).begin(new Browser(server.url))
    expect(hasForm(page)).toBe(false)
  })
})

describe('another site', () => {
  async function ready() {
    const { app, action, uris } = await mistaken()
    const browser = await signedIn(server.url)
    return { browser, action, uris, form: formTo(await app.begin(browser), action) }
  }

  test.each<[string, Form['fields'], Readonly<Record<string, string>>]>([
    ['by a form of its own', {}, { origin: 'https://evil.example' }],
    ['by a form across sites', {}, { 'sec-fetch-site': 'cross-site' }],
    ['with a token it made up', { csrf: 'x'.repeat(43) }, {}],
  ])('registers nothing %s', async (_, fields, headers) => {
    const { browser, action, uris, form } = await ready()
    const answer = await browser.post(action, { ...form.fields, ...fields }, headers)
    expect(answer.status).toBe(403)
    expect(await uris()).toEqual([registered])
  })

  test('registers nothing by an address, and cannot frame the button', async () => {
    const { app, action, uris } = await mistaken()
    const browser = await signedIn(server.url)
    const page = await app.begin(browser)
    expect(page.headers.get('x-frame-options')).toBe('DENY')
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(page.text).toContain('class="primary allow"')
    expect((await browser.open(`${action}?redirect_uri=${moved}`)).status).toBe(405)
    expect(await uris()).toEqual([registered])
  })

  test('is not led to by what the form goes on with', async () => {
    const { browser, action, form } = await ready()
    for (const authorization of ['//evil.example', '\nx: y', 'https://evil.example']) {
      const answer = await browser.post(action, { ...form.fields, authorization })
      expect(answer.leftFor).toBeNull()
      expect(answer.headers.get('location')).toMatch(/^\/v1\/oauth\/authorize\?/)
    }
  })
})

test('programs are told in JSON, whoever is signed in', async () => {
  const { app } = await mistaken()
  const browser = await signedIn(server.url)
  const answer = await browser.request(app.authorizePath(), { headers: { accept: 'application/json' } })
  expect(JSON.parse(answer.text)).toMatchObject({ error: 'invalid_request' })
})

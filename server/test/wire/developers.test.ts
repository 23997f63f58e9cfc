import { temporaryFolder } from '@stagedoor/testkit/command'
import { freePort } from '@stagedoor/testkit/ports'
import { fileServer, ownServer, testServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { addApp } from '../store/world.ts'
import { redirectUri } from './developer.ts'
import { create, developerOf, keyOn, newName } from './registered.ts'

const server = await fileServer()
const developer = (fields?: Readonly<Record<string, string>>) => developerOf(server, fields)

describe('creating an app', () => {
  test('takes one step, and shows its key', async () => {
    const browser = await signedIn(server.url)
    const name = newName()
    const page = await create(browser, { name })
    expect(page.status).toBe(200)
    expect(wordsOf(page)).toContain('Your app is registered')
    expect(await server.store.findApp(keyOn(page))).toMatchObject({ name, redirectUris: [redirectUri] })
    expect(wordsOf(await browser.open('/developers'))).toContain(name)
  })

  test('begins with a redirect URI that works at once', async () => {
    const browser = await signedIn(server.url)
    const { fields } = formTo(await browser.open('/developers'), '/developers')
    expect(fields).toMatchObject({ redirect_uris: '', development_uris: 'http://localhost:5173/' })
    const page = await browser.submit(formTo(await browser.open('/developers'), '/developers'), {
      name: newName(),
    })
    const app = new App(server.url, { apiKey: keyOn(page) }, 'http://localhost:5173/')
    const { access } = await app.pair(browser)
    expect(await app.me(access)).toBe(200)
  })

  test('asks who is not signed in to sign in, and comes back', async () => {
    const browser = new Browser(server.url)
    const page = await browser.open('/developers')
    expect(page.url).toContain('/sign-in?next=%2Fdevelopers')
    expect(wordsOf(await browser.signIn(page, nova))).toContain('Create an app')
  })

  test.each(['/plans', '/settings/developer-apps'])('is found at %s as well', async (path) => {
    expect((await (await signedIn(server.url)).open(path)).url).toBe(`${server.url}/developers`)
  })

  test('sent twice, or again after going back, makes one app', async () => {
    const browser = await signedIn(server.url)
    const form = formTo(await browser.open('/developers'), '/developers')
    const fields = { name: newName(), redirect_uris: redirectUri }
    const pages = await Promise.all([browser.submit(form, fields), browser.submit(form, fields)])
    const again = await browser.submit(form, fields)
    expect(new Set([...pages, again].map(keyOn)).size).toBe(1)
    const { ownerId } = (await server.store.findApp(keyOn(again))) ?? expect.unreachable()
    const apps = await server.store.listAppsOf(ownerId ?? 0)
    expect(apps.filter(({ name }) => name === fields.name)).toHaveLength(1)
  })

  test('leads to the app that one has of this name, when the rest differs', async () => {
    const { browser, apiKey, stored } = await developer()
    const { name } = await stored()
    const page = await create(browser, { name, redirect_uris: 'https://other.example/' })
    expect(page.status).toBe(422)
    expect(page.text).toContain(`<a href="/developers/${apiKey}">Open the app you have</a>`)
  })

  test.each([
    ['the brand', 'Audius'],
    ['in Cyrillic', 'Аudius'],
    ['in Cherokee and Greek', 'ᎪUDΙUS'],
    ['with a claim', 'Official Audius App'],
    ['with a claim run together', 'AudiusSupport'],
    ['with Hangul that shows nothing', 'Aud\u3164ius'],
    ['turned around', 'suid\u202eua'],
    ['with a zero-width space', 'Aud\u200bius'],
    ['without a letter', '🎧🎧'],
    ['empty', '   '],
    ['too long', 'x'.repeat(65)],
  ])('refuses a name: %s', async (_, name) => {
    const browser = await signedIn(server.url)
    const page = await create(browser, { name })
    expect(page.status).toBe(422)
    expect(page.text).toContain('href="#name"')
    expect(formTo(page, '/developers').fields['name']).toBe(name.trim())
  })

  test('refuses what reads like another’s app, whoever owns it', async () => {
    await developer({ name: 'Modern Wave' })
    const page = await create(await signedIn(server.url, jun), { name: 'ΜOΔERN WАVE'.replace('Δ', 'D') })
    expect(wordsOf(page)).toContain('Another app has this name, or one that reads like it')
    expect(page.text).not.toContain('Open the app you have')
    expect((await create(await signedIn(server.url, jun), { name: 'Modem Wave' })).status).toBe(422)
  })

  test('refuses what reads like an app whose name was folded by older rules, from the next start on', async () => {
    const settings = { DATA_DIR: temporaryFolder(), PORT: String(await freePort()) }
    const first = await testServer(settings)
    await addApp(first.store, { name: 'Mοdern Wave', nameKey: 'mοdernwave' })
    await first.stop()
    const second = await ownServer(settings)
    expect((await create(await signedIn(second.url), { name: 'Modern Wave' })).status).toBe(422)
  })

  test('offers the form of a redirect URI that may be registered, and takes it by one button', async () => {
    const browser = await signedIn(server.url)
    const typed = 'HTTPS://App.example:443/a/../cb'
    const name = newName()
    const page = await create(browser, { name, redirect_uris: `${typed}\nhttps://fine.example/` })
    expect(page.status).toBe(422)
    expect(page.text).toContain(`<button type="submit" name="use" value="${typed}">`)
    expect(wordsOf(page)).toContain('Use https://app.example/cb')
    const form = formTo(page, '/developers')
    expect(form.fields).toMatchObject({ name, redirect_uris: `${typed}\nhttps://fine.example/` })
    const created = await browser.submit(form, { use: typed })
    expect((await server.store.findApp(keyOn(created)))?.redirectUris).toEqual([
      'https://app.example/cb',
      'https://fine.example/',
    ])
  })

  test('offers nothing where no other form will do', async () => {
    const page = await create(await signedIn(server.url), { redirect_uris: 'javascript:alert(1)' })
    expect(wordsOf(page)).toContain('This scheme is not one an app can own')
    expect(page.text).not.toContain('name="use"')
  })
})

describe('deleting an app', () => {
  test('asks first, then ends its tokens, codes and pending logins at once (PO-2, PO-9)', async () => {
    const { browser, app, apiKey, path } = await developer()
    const { access, refresh } = await app.pair(browser)
    const login = await app.logIn(browser)
    const pending = await app.begin(browser, { prompt: 'consent' })
    const asked = await browser.open(`${path}/delete`)
    expect(await app.me(access)).toBe(200)
    const page = await browser.submit(formTo(asked, `${path}/delete`))
    expect(page.url).toBe(`${server.url}/developers?done=deleted`)
    expect(await app.me(access)).toBe(401)
    expect((await app.refresh(refresh)).body['error']).toMatch(/invalid_(?:grant|client)/)
    expect((await app.exchange(login)).body['error']).toMatch(/invalid_(?:grant|client)/)
    expect((await browser.allow(pending)).leftFor).toBeNull()
    expect((await app.begin(browser)).status).toBe(400)
    expect((await browser.open(path)).status).toBe(404)
    // The same press again, by going back.
    expect((await browser.submit(formTo(asked, `${path}/delete`))).url).toBe(page.url)
    expect(await server.store.findApp(apiKey)).toBeUndefined()
  })

  test('is never done by an address', async () => {
    const { browser, path, stored } = await developer()
    await browser.open(`${path}/delete?confirm=yes`)
    await stored()
  })
})

describe('an app of somebody else', () => {
  test('is no page of theirs, and takes no form of theirs (RU-18, PO-4)', async () => {
    const { browser: own, path, stored } = await developer()
    const before = await stored()
    const stranger = await signedIn(server.url, jun)
    const mine = formTo(await stranger.open('/developers'), '/developers').fields
    for (const page of [path, `${path}/delete`, `/developers/${'0'.repeat(40)}`, '/developers/nope'])
      expect((await stranger.open(page)).status, page).toBe(404)
    const fields = { ...formTo(await own.open(path), path).fields, ...mine, name: 'Taken over' }
    for (const page of [path, `${path}/delete`])
      expect((await stranger.post(page, fields)).status, page).toBe(404)
    expect(await stored()).toEqual(before)
  })

  test('cannot be made one’s own by a field of the form (PO-3)', async () => {
    const browser = await signedIn(server.url, jun)
    const page = await create(browser, { owner_id: '1', ownerId: '1', api_key: 'ab'.repeat(20) })
    expect(keyOn(page)).not.toBe('ab'.repeat(20))
    const juns = await server.store.findUserByHandle('jun')
    expect((await server.store.findApp(keyOn(page)))?.ownerId).toBe(juns?.id)
  })
})

test('no page of the portal can be framed, cached, or run foreign script (PO-10)', async () => {
  const { browser, path } = await developer()
  for (const page of ['/developers', path, `${path}/delete`]) {
    const { headers } = await browser.open(page)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*frame-ancestors 'none'.*script-src 'self'/,
    )
  }
})

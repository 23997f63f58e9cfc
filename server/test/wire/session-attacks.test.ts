import { ownServer } from '@stagedoor/testkit/server'
import { appAndBrowser } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, type Person, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'

const cookieOf = (browser: Browser) => [...browser.cookies].find(([name]) => name.includes('session'))

describe('a session', () => {
  const enter: Readonly<Record<string, (browser: Browser) => Promise<unknown>>> = {
    'a sign-in': async (browser) => browser.signIn(await browser.open('/sign-in'), nova),
    'a sign-up': async (browser) => {
      const form = formTo(await browser.open('/sign-up'), '/sign-up')
      const person = { handle: 'new_here', name: 'N', email: 'new@example.com' }
      return browser.submit(form, { ...person, password: 'some pass-phrase' })
    },
    'a new password': async (browser) => {
      const form = formTo(await browser.open('/account/security'), '/account/password')
      const fields = { password: jun.password, new_password: 'a changed pass-phrase' }
      return browser.submit(form, fields)
    },
  }

  test.each(Object.entries(enter))(
    'that was planted before %s is dead after it (fixation)',
    async (_, act) => {
      const server = await ownServer()
      const attacker = await signedIn(server.url, jun)
      const [name = '', planted = ''] = cookieOf(attacker) ?? []
      const victim = new Browser(server.url)
      for (const [cookie, value] of attacker.cookies) victim.cookies.set(cookie, value)
      await act(victim)
      expect(cookieOf(victim)?.[1]).toMatch(/^sdse_/)
      expect(cookieOf(victim)?.[1]).not.toBe(planted)
      const thief = new Browser(server.url)
      thief.cookies.set(name, planted)
      expect((await thief.open('/account')).url).toContain('/sign-in')
      expect((await victim.open('/account')).url).toBe(`${server.url}/account`)
    },
  )
})

test('a sign-in that was under way when the password changed leaves nobody signed in (AC-9)', async () => {
  const server = await ownServer()
  const browsers = Array.from({ length: 6 }, () => new Browser(server.url))
  const pages = await Promise.all(browsers.map((browser) => browser.open('/sign-in')))
  const [other] = await server.store.findCredentials(jun.handle)
  const ends = pages.map((page, at) => browsers[at]?.signIn(page, nova))
  // The others have found the account by then, and wait for their turn to be compared with its password.
  await Promise.race(ends)
  await server.store.setPassword(nova.handle, other?.passwordHash ?? '', Date.now())
  await Promise.all(ends)
  for (const browser of browsers) expect((await browser.open('/account')).url).toContain('/sign-in')
})

describe('nobody is signed in to another’s account unawares (login CSRF)', () => {
  const attackers: Person = { handle: 'attackers', password: 'some pass-phrase' }
  const foreign = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]

  test.each(['/sign-in', '/sign-up', '/sign-out'])('by a form to %s', async (path) => {
    const server = await ownServer()
    const victim = await signedIn(server.url, nova)
    const before = cookieOf(victim)
    const { csrf = '' } = formTo(await victim.open('/sign-in'), '/sign-in').fields
    const email = 'attacker@example.com'
    const fields = { ...attackers, login: jun.handle, name: 'A', email, csrf }
    for (const headers of foreign)
      expect((await victim.post(path, { ...fields, password: jun.password }, headers)).status).toBe(403)
    const own = formTo(await new Browser(server.url).open('/sign-in'), '/sign-in').fields['csrf'] ?? ''
    for (const wrong of ['', own])
      expect((await victim.post(path, { ...fields, csrf: wrong })).status).toBe(403)
    expect(cookieOf(victim)).toEqual(before)
    expect((await victim.open('/account')).text).toContain('@nova')
  })
})

describe('the token of a form', () => {
  const tokenIn = async (browser: Browser, path: string, action = path) =>
    formTo(await browser.open(path), action).fields['csrf'] ?? ''
  const renamed = (csrf: string) => ({ csrf, name: 'Renamed', bio: '', location: '', website: '' })

  test('of who had the browser before, or of nobody, acts for nobody else', async () => {
    const server = await ownServer()
    const browser = new Browser(server.url)
    const ofNobody = await tokenIn(browser, '/sign-in')
    await browser.signIn(await browser.open('/sign-in'), jun)
    const ofJun = await tokenIn(browser, '/account', '/account/profile')
    await browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))
    await browser.signIn(await browser.open('/sign-in'), nova)
    const ofNova = await tokenIn(browser, '/account', '/account/profile')
    expect(new Set([ofNobody, ofJun, ofNova]).size).toBe(3)

    const name = async () => (await server.store.findUserByHandle('nova'))?.name
    const before = await name()
    const madeUp = `${ofJun.split('.')[0]}.${ofNova.split('.')[1]?.replace(/^./, 'x')}`
    for (const csrf of [ofNobody, ofJun, madeUp]) {
      expect((await browser.post('/account/profile', renamed(csrf))).status).toBe(409)
      await browser.post('/sign-out', { csrf })
      await browser.post('/logout', { csrf })
      expect((await browser.open('/account')).url).toBe(`${server.url}/account`)
    }
    expect(await name()).toBe(before)
    await browser.post('/account/profile', renamed(ofNova))
    expect(await name()).toBe('Renamed')
  })

  test('of a session that has ended is worth nothing in the next one, of the same person too', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const profile = '/account/profile'
    const old = await tokenIn(browser, '/account', profile)
    const asked = formTo(await app.begin(browser, { prompt: 'consent' }), '/consent')
    await browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))
    await browser.signIn(await browser.open('/sign-in'), nova)
    const name = async () => (await server.store.findUserByHandle('nova'))?.name
    const before = await name()

    const held = await browser.post(profile, renamed(old))
    expect(held.status).toBe(409)
    expect(held.text).toContain('This page was opened before you signed in')
    for (const path of ['/sign-out', '/logout']) await browser.post(path, { csrf: old })
    expect((await browser.open('/account')).url).toBe(`${server.url}/account`)
    expect(await name()).toBe(before)

    // They may go on all the same, once they say so; and what they answer to an app is their answer.
    expect((await browser.submit(asked)).leftFor).toContain('code=')
    await browser.submit(formTo(held, profile))
    expect(await name()).toBe('Renamed')
  })

  test('that was kept for after a sign-in is good for an hour', async () => {
    const server = await ownServer()
    const browser = await signedIn(server.url, nova)
    const form = formTo(await browser.open('/account'), '/account/profile')
    await browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))
    const { csrf = '' } = formTo(await browser.submit(form), '/account/profile').fields
    server.advance(61 * 60_000)
    await browser.signIn(await browser.open('/sign-in'), nova)
    expect((await browser.post('/account/profile', renamed(csrf))).status).toBe(409)
  })

  test('of another browser of the same person is none of this one’s', async () => {
    const server = await ownServer()
    const [one, two] = [await signedIn(server.url, nova), await signedIn(server.url, nova)]
    const [mine, theirs] = [await tokenIn(one, '/sign-out'), await tokenIn(two, '/sign-out')]
    const mixed = `${mine.split('.')[0]}.${theirs.split('.')[1]}`
    expect((await one.post('/sign-out', { csrf: theirs })).status).toBe(403)
    expect((await one.post('/account/profile', renamed(mixed))).status).toBe(409)
  })

  test('of a page that was opened before the sign-in goes on once the person says so', async () => {
    const server = await ownServer()
    const browser = new Browser(server.url)
    const csrf = await tokenIn(browser, '/sign-in')
    await browser.signIn(await browser.open('/sign-in'), nova)
    const held = await browser.post('/account/profile', renamed(csrf))
    expect(held.text).toContain('This page was opened before you signed in')
    await browser.submit(formTo(held, '/account/profile'))
    expect((await server.store.findUserByHandle('nova'))?.name).toBe('Renamed')
  })

  test('of who had the browser before allows no app in the name of another (AZ-8)', async () => {
    const server = await ownServer()
    const { app, browser } = await appAndBrowser(server)
    const ofNova = await tokenIn(browser, '/sign-out')
    await browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))
    await browser.signIn(await browser.open('/sign-in'), jun)
    const form = formTo(await app.begin(browser), '/consent')
    const forged = await browser.submit({ ...form, fields: { ...form.fields, csrf: ofNova } })
    expect(forged).toMatchObject({ leftFor: null })
    expect((await browser.submit(form)).leftFor).toContain('code=')
  })
})

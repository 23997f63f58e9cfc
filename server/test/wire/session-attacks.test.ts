import { ownServer } from '@stagedoor/testkit/server'
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

import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { temporaryFolder } from '@stagedoor/testkit/command'
import { newcomer } from '@stagedoor/testkit/newcomer'
import { fileServer, minute, ownServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { mailTo, withOutbox } from './mail.ts'
import { ask, canSignIn, chosen, isSignedIn, linksTo, linkTo, newLink, setOn, trusting } from './reset.ts'

const server = await fileServer(trusting, withOutbox)

describe('a forgotten password', () => {
  test('is replaced by a link, which ends every other sign-in and tells the owner', async () => {
    const { person, email, browser: elsewhere, link } = await newLink(server)
    const app = new App(
      server.url,
      { apiKey: await server.register('Is ended', 'https://a.example/') },
      'https://a.example/',
    )
    const { access } = await app.pair(elsewhere)
    const browser = new Browser(server.url)
    const shown = await setOn(browser, link)
    expect(wordsOf(shown)).toContain('Your new password is set')
    expect(shown.url).toBe(`${server.url}/account/security?done=reset`)
    expect(await isSignedIn(elsewhere)).toBe(false)
    expect(await app.me(access)).toBe(401)
    expect(await canSignIn(server, person, person.password)).toBe(false)
    expect(await canSignIn(server, person, chosen)).toBe(true)
    await expect
      .poll(async () => (await mailTo(email, server)).map(({ subject }) => subject))
      .toContain('Your Audius password was reset')
  })

  test('asked for by handle, in any case and with its @, is the same', async () => {
    const { person, email } = await newcomer(server)
    await ask(server, ` @${person.handle.toUpperCase()} `)
    expect(await linkTo(server, email)).toMatch(/^\/reset-password\/new\?token=sdpr_/)
  })

  test('goes on with the login that it was in the way of', async () => {
    const { person, email } = await newcomer(server)
    const app = new App(
      server.url,
      { apiKey: await server.register('Waits', 'https://a.example/') },
      'https://a.example/',
    )
    const browser = new Browser(server.url)
    const signIn = await app.begin(browser)
    const way = /href="(\/reset-password\?request=[^"]+)"/.exec(signIn.text)?.[1] ?? ''
    const page = await browser.open(way)
    expect(wordsOf(page)).toContain('Waits')
    await browser.submit(formTo(page, '/reset-password'), { login: person.handle })
    const link = await linkTo(server, email)
    const consent = await setOn(browser, link)
    expect(formTo(consent, '/consent')).toBeDefined()
    expect((await browser.allow(consent)).leftFor).toContain('https://a.example/#code=')
  })

  test('in another browser than the login’s, and after the login has ended, is set all the same', async () => {
    const own = await ownServer({}, withOutbox)
    const { person, email } = await newcomer(own)
    const app = new App(
      own.url,
      { apiKey: await own.register('Waits', 'https://a.example/') },
      'https://a.example/',
    )
    const browser = new Browser(own.url)
    const way = /href="(\/reset-password\?request=[^"]+)"/.exec((await app.begin(browser)).text)?.[1] ?? ''
    await browser.submit(formTo(await browser.open(way), '/reset-password'), { login: person.handle })
    const link = await linkTo(own, email)
    expect(link).toContain('&request=sdrq_')
    own.advance(15 * minute)
    expect((await browser.open(link)).status).toBe(200)
    const shown = await setOn(new Browser(own.url), link)
    expect(wordsOf(shown)).toContain('go back to it and log in again')
  })

  test('leads on to a page of one’s own, and to no other address', async () => {
    const { email, browser } = await newcomer(server)
    await browser.submit(
      formTo(await browser.open('/reset-password?next=/account/apps'), '/reset-password'),
      { login: email },
    )
    const link = await linkTo(server, email)
    expect(link).toContain('&next=%2Faccount%2Fapps')
    const forged = link.replace('%2Faccount%2Fapps', encodeURIComponent('//evil.example/'))
    expect((await browser.open(forged)).text).not.toContain('evil.example')
    expect((await setOn(browser, link)).url).toBe(`${server.url}/account/apps`)
  })

  test('a weak one is refused, and the page and its link go on', async () => {
    const { link } = await newLink(server)
    const browser = new Browser(server.url)
    for (const weak of ['short', 'x'.repeat(129), '']) {
      const shown = await setOn(browser, link, { new_password: weak })
      expect(shown.status).toBe(422)
      expect(wordsOf(shown)).toContain('8 to 128 characters')
      expect(formTo(shown, '/reset-password/new').fields['new_password']).toBe('')
    }
    expect((await setOn(browser, link)).status).toBe(200)
  })
})

describe('a link', () => {
  test('that is used twice by its browser, with the same password, signs in there once more', async () => {
    const { link } = await newLink(server)
    const browser = new Browser(server.url)
    const { fields } = formTo(await browser.open(link), '/reset-password/new')
    const filled = { ...fields, new_password: 'the same pass-phrase' }
    const twice = await Promise.all([1, 2].map(() => browser.post('/reset-password/new', filled)))
    const again = await browser.post('/reset-password/new', filled)
    for (const { status, headers } of [...twice, again])
      expect([status, headers.get('location')]).toEqual([303, '/account/security?done=reset'])
    expect(await isSignedIn(browser)).toBe(true)
    const other = { ...filled, new_password: 'another pass-phrase' }
    expect((await browser.post('/reset-password/new', other)).status).toBe(410)
    const elsewhere = new Browser(server.url)
    const { csrf = '' } = formTo(await elsewhere.open('/sign-in'), '/sign-in').fields
    expect((await elsewhere.post('/reset-password/new', { ...filled, csrf })).status).toBe(410)
    expect(await isSignedIn(elsewhere)).toBe(false)
  })

  test('works once: of ten at the same time one is taken', async () => {
    const { person, link } = await newLink(server)
    const browsers = Array.from({ length: 10 }, () => new Browser(server.url))
    const forms = await Promise.all(
      browsers.map(async (browser) => formTo(await browser.open(link), '/reset-password/new')),
    )
    const answers = await Promise.all(
      browsers.map((browser, index) =>
        browser.post('/reset-password/new', {
          ...forms[index]?.fields,
          new_password: `pass-phrase of ${index}`,
        }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(9).fill(410)])
    const winner = answers.findIndex(({ status }) => status === 303)
    expect(await canSignIn(server, person, `pass-phrase of ${winner}`)).toBe(true)
    const signedInOnes = await Promise.all(browsers.map(isSignedIn))
    expect(signedInOnes.map((is, index) => is === (index === winner))).not.toContain(false)
    const again = await new Browser(server.url).open(link)
    expect(again.status).toBe(410)
    expect(wordsOf(again)).toContain('Get another link')
  })

  test('is not used by being looked at', async () => {
    const { link } = await newLink(server)
    for (let time = 0; time < 3; time += 1)
      expect((await new Browser(server.url).open(link)).status).toBe(200)
    expect((await setOn(new Browser(server.url), link)).status).toBe(200)
  })

  test('ends after half an hour, and when another is sent', async () => {
    const own = await ownServer(trusting, withOutbox)
    const { email, link } = await newLink(own)
    own.advance(2 * minute)
    await ask(own, email)
    await expect.poll(() => linksTo(own, email)).toHaveLength(2)
    const next = await linkTo(own, email)
    expect((await new Browser(own.url).open(link)).status).toBe(410)
    const page = await new Browser(own.url).open(next)
    own.advance(30 * minute)
    expect((await new Browser(own.url).open(next)).status).toBe(410)
    const late = new Browser(own.url)
    const { fields } = formTo(await late.open('/reset-password'), '/reset-password')
    const answer = await late.post('/reset-password/new', {
      ...formTo(page, '/reset-password/new').fields,
      ...fields,
      new_password: chosen,
    })
    expect(answer.status).toBe(410)
  })

  test('ends when the password is changed otherwise', async () => {
    const { person, browser, link } = await newLink(server)
    const form = formTo(await browser.open('/account/security'), '/account/password')
    await browser.submit(form, { password: person.password, new_password: chosen })
    expect((await new Browser(server.url).open(link)).status).toBe(410)
  })

  test.each(['', '?token=', '?token=sdpr_x', `?token=${'A'.repeat(54)}`, '?token[]=1', '?token=%00'])(
    'that is none (%j) leads to another',
    async (query) => {
      const shown = await new Browser(server.url).open(`/reset-password/new${query}`)
      expect(shown.status).toBe(410)
    },
  )

  test('starts a session that nobody knew before', async () => {
    const { link } = await newLink(server)
    const attacker = await newcomer(server)
    const victim = new Browser(server.url)
    for (const [name, value] of attacker.browser.cookies) victim.cookies.set(name, value)
    const session = [...victim.cookies].find(([name]) => name.includes('session'))
    await setOn(victim, link)
    expect(victim.cookies.get(session?.[0] ?? '')).not.toBe(session?.[1])
    // The session that the attacker put there has ended: it is nobody's.
    expect(await isSignedIn(attacker.browser)).toBe(false)
  })

  test('is made of the server’s own address, whatever Host the request has', async () => {
    const { person, email } = await newcomer(server)
    const browser = new Browser(server.url)
    const { fields } = formTo(await browser.open('/reset-password'), '/reset-password')
    for (const headers of [
      { 'x-forwarded-host': 'evil.example' },
      { forwarded: 'host=evil.example' },
      { 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' },
    ] as Record<string, string>[])
      await browser.post('/reset-password', { ...fields, login: person.handle }, headers)
    const poisoned = request(`${server.url}/reset-password`, {
      method: 'POST',
      headers: { host: 'evil.example', 'content-type': 'application/x-www-form-urlencoded' },
    })
    poisoned.end(new URLSearchParams({ ...fields, login: email }).toString())
    const [refused] = await once(poisoned, 'response')
    expect(refused.statusCode).toBe(421)
    const [mail] = await expect
      .poll(() => linksTo(server, email))
      .toHaveLength(1)
      .then(() => linksTo(server, email))
    expect(mail?.text).toContain(`${server.url}/reset-password/new?token=`)
    expect(mail?.text).not.toContain('evil')
  })

  test('is repeated to nobody: not as referrer, not in the cache, not in the log, not in the data', async () => {
    const folder = temporaryFolder()
    const own = await ownServer({ ...trusting, DATA_DIR: folder }, withOutbox)
    const { link } = await newLink(own)
    const shown = await new Browser(own.url).open(link)
    expect(shown.headers.get('referrer-policy')).toBe('strict-origin')
    expect(shown.headers.get('cache-control')).toBe('no-store')
    expect(shown.text).not.toMatch(/(?:src|href)="https?:/)
    await setOn(new Browser(own.url), link)
    expect((await new Browser(own.url).open(link)).headers.get('referrer-policy')).toBe('strict-origin')
    const token = new URL(link, own.url).searchParams.get('token') ?? 'none'
    expect(own.log()).toContain('/reset-password/new')
    expect(own.log()).not.toContain(token.slice(0, 12))
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ))
      expect(readFileSync(join(file.parentPath, file.name), 'latin1')).not.toContain(token.slice(0, 12))
  })
})

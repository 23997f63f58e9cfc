import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../command.ts'
import { fileServer, hour, logFolder, minute, ownServer, testServer } from '../harness.ts'
import { smtpServer } from '../mail/smtp-server.ts'
import { Browser, formTo, type Person, type Shown, signedIn, wordsOf } from './browser.ts'
import { App } from './client.ts'
import { mailTo, newcomer, withOutbox } from './mail.ts'

// Behind a proxy on this machine, so that a test says which network it comes from.
const trusting = { TRUSTED_PROXIES: '127.0.0.1,::1' }
const server = await fileServer(trusting, withOutbox)
const chosen = 'a new pass-phrase'
let networks = 0

/** Asks for a link, each time from another network unless one is given. */
async function ask(
  login: string,
  { on = server, browser = new Browser(on.url), from = '' } = {},
): Promise<Shown> {
  networks += 1
  const network = from || `198.51.${Math.floor(networks / 250)}.${networks % 250}`
  const { fields } = formTo(await browser.open('/reset-password'), '/reset-password')
  return browser.post('/reset-password', { ...fields, login }, { 'x-forwarded-for': network })
}

const linksTo = async (email: string, on = server) =>
  (await mailTo(email, on)).filter(({ subject }) => subject.startsWith('Reset'))

/** Waits for the mail that an answer has left to be sent. */
async function linkTo(email: string, on = server): Promise<string> {
  return expect
    .poll(() => linksTo(email, on))
    .not.toEqual([])
    .then(async () => (await linksTo(email, on))[0]?.link ?? '')
}

/** A link to a new password of somebody new. */
async function newLink(on = server) {
  const somebody = await newcomer(on)
  await ask(somebody.email, { on })
  return { ...somebody, link: await linkTo(somebody.email, on) }
}

const setOn = async (browser: Browser, link: string, fields: Readonly<Record<string, string>> = {}) => {
  const page = await browser.open(link)
  return browser.submit(formTo(page, '/reset-password/new'), { new_password: chosen, ...fields })
}
const isSignedIn = async (browser: Browser) =>
  (await browser.open('/account')).url === `${browser.origin}/account`
const canSignIn = async (person: Person, password: string, on = server) =>
  isSignedIn(await signedIn(on.url, { ...person, password }))

describe('a forgotten password', () => {
  test('is replaced by a link, which ends every other sign-in and tells the owner', async () => {
    const { person, email, browser: elsewhere, link } = await newLink()
    const app = new App(
      server.url,
      { apiKey: await server.register('Stays on', 'https://a.example/') },
      'https://a.example/',
    )
    const { access } = await app.pair(elsewhere)
    const browser = new Browser(server.url)
    const shown = await setOn(browser, link)
    expect(wordsOf(shown)).toContain('Your new password is set')
    expect(shown.url).toBe(`${server.url}/account/security?done=reset`)
    expect(await isSignedIn(elsewhere)).toBe(false)
    expect(await app.me(access)).toBe(200)
    expect(await canSignIn(person, person.password)).toBe(false)
    expect(await canSignIn(person, chosen)).toBe(true)
    await expect
      .poll(async () => (await mailTo(email, server))[0]?.subject)
      .toBe('Your Audius password was changed')
  })

  test('asked for by handle, in any case and with its @, is the same', async () => {
    const { person, email } = await newcomer(server)
    await ask(` @${person.handle.toUpperCase()} `)
    expect(await linkTo(email)).toMatch(/^\/reset-password\/new\?token=sdpr_/)
  })

  test('ends the apps as well when that is chosen', async () => {
    const { browser, link } = await newLink()
    const app = new App(
      server.url,
      { apiKey: await server.register('Goes away', 'https://a.example/') },
      'https://a.example/',
    )
    const { access, refresh } = await app.pair(browser)
    await setOn(new Browser(server.url), link, { end_apps: 'yes' })
    expect(await app.me(access)).toBe(401)
    expect((await app.refresh(refresh)).status).toBe(400)
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
    const link = await linkTo(email)
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
    const link = await linkTo(email, own)
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
    const link = await linkTo(email)
    expect(link).toContain('&next=%2Faccount%2Fapps')
    const forged = link.replace('%2Faccount%2Fapps', encodeURIComponent('//evil.example/'))
    expect((await browser.open(forged)).text).not.toContain('evil.example')
    expect((await setOn(browser, link)).url).toBe(`${server.url}/account/apps`)
  })

  test('a weak one is refused, and the page and its link go on', async () => {
    const { link } = await newLink()
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

describe('who has an account is not told', () => {
  test('by what is said, its status or its headers', async () => {
    const { person, email } = await newcomer(server)
    await server.store.disableUser((await newcomer(server)).person.handle, Date.now())
    const facts = async (login: string) => {
      const answer = await ask(login)
      const {
        'x-request-id': _,
        date: __,
        'set-cookie': ___,
        ...headers
      } = Object.fromEntries(answer.headers)
      const after = await new Browser(server.url).open('/reset-password/sent')
      return { status: answer.status, headers, text: answer.text, words: wordsOf(after) }
    }
    const known = await facts(email)
    expect(known.status).toBe(303)
    for (const login of [
      person.handle,
      'nobody@example.com',
      'nobody',
      `member_2`,
      'x'.repeat(300),
      "' OR 1=1 --",
    ])
      expect(await facts(login)).toEqual(known)
  })

  test('by time, though mail takes its time', async () => {
    const silent = await smtpServer({ isSilent: true })
    const own = await testServer({
      ...trusting,
      SMTP_URL: `smtp://localhost:${silent.port}`,
      MAIL_FROM: 'a@b.example',
    })
    const people = await Promise.all(Array.from({ length: 60 }, () => newcomer(own)))
    const times = { known: [] as number[], unknown: [] as number[] }
    const browser = new Browser(own.url)
    const { fields } = formTo(await browser.open('/reset-password'), '/reset-password')
    const time = async (login: string) => {
      networks += 1
      const header = { 'x-forwarded-for': `203.0.${Math.floor(networks / 250)}.${networks % 250}` }
      const from = performance.now()
      await browser.post('/reset-password', { ...fields, login }, header)
      return performance.now() - from
    }
    for (const { email } of people) {
      times.known.push(await time(email))
      times.unknown.push(await time(`no-${email}`))
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[list.length / 2] ?? 0
    const [known, unknown] = [median(times.known), median(times.unknown)]
    console.info(`reset: known ${known.toFixed(2)} ms, unknown ${unknown.toFixed(2)} ms`)
    expect(Math.abs(known - unknown)).toBeLessThan(Math.max(2, unknown * 0.5))
    expect(known).toBeLessThan(500)
    silent.stop()
    await own.stop()
  })

  test('by a mail server that fails, whose words with the address are not logged', async () => {
    const failing = await smtpServer({ refusal: '550 <robin@secret.example> does not live here' })
    const own = await ownServer({
      ...trusting,
      SMTP_URL: `smtp://localhost:${failing.port}`,
      MAIL_FROM: 'a@b.example',
    })
    const { email } = await newcomer(own)
    const answers = [await ask(email, { on: own }), await ask('nobody', { on: own })]
    expect(answers.map(({ status, text }) => ({ status, text }))).toEqual([
      { status: 303, text: '' },
      { status: 303, text: '' },
    ])
    const log = () => logOf(own.port)
    await expect.poll(log).toContain('a mail could not be sent')
    expect(log()).toContain('"code":"EENVELOPE"')
    expect(log()).not.toMatch(/secret\.example|@example\.com/)
    expect(failing.commands.filter((line) => line.startsWith('RCPT'))).toHaveLength(1)
  })
})

const logOf = (port: number): string =>
  readFileSync(
    join(logFolder, readdirSync(logFolder).find((name) => name.endsWith(`-${port}.log`)) ?? ''),
    'utf8',
  )

describe('a link', () => {
  test('works once: of ten at the same time one is taken', async () => {
    const { person, link } = await newLink()
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
    expect(await canSignIn(person, `pass-phrase of ${winner}`)).toBe(true)
    const signedInOnes = await Promise.all(browsers.map(isSignedIn))
    expect(signedInOnes.map((is, index) => is === (index === winner))).not.toContain(false)
    const again = await new Browser(server.url).open(link)
    expect(again.status).toBe(410)
    expect(wordsOf(again)).toContain('Get another link')
  })

  test('is not used by being looked at', async () => {
    const { link } = await newLink()
    for (let time = 0; time < 3; time += 1)
      expect((await new Browser(server.url).open(link)).status).toBe(200)
    expect((await setOn(new Browser(server.url), link)).status).toBe(200)
  })

  test('ends after half an hour, and when another is sent', async () => {
    const own = await ownServer(trusting, withOutbox)
    const { email, link } = await newLink(own)
    own.advance(2 * minute)
    await ask(email, { on: own })
    await expect.poll(() => linksTo(email, own)).toHaveLength(2)
    const next = await linkTo(email, own)
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
    const { person, browser, link } = await newLink()
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
    const { link } = await newLink()
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
      .poll(() => linksTo(email))
      .toHaveLength(1)
      .then(() => linksTo(email))
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
    expect(logOf(own.port)).toContain('/reset-password/new')
    expect(logOf(own.port)).not.toContain(token.slice(0, 12))
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ))
      expect(readFileSync(join(file.parentPath, file.name), 'latin1')).not.toContain(token.slice(0, 12))
  })
})

describe('another site', () => {
  test.each([
    ['another origin', { origin: 'https://evil.example' }, {}],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }, {}],
    ['no token of the form', {}, { csrf: '' }],
    ['the token of another browser', {}, { csrf: 'x'.repeat(43) }],
  ])('with %s asks for no link and sets no password', async (_, headers, fields) => {
    const { person, email, link } = await newLink()
    const browser = new Browser(server.url)
    const asking = formTo(await browser.open('/reset-password'), '/reset-password').fields
    const setting = formTo(await browser.open(link), '/reset-password/new').fields
    const refused = [
      await browser.post('/reset-password', { ...asking, login: person.handle, ...fields }, headers),
      await browser.post('/reset-password/new', { ...setting, new_password: chosen, ...fields }, headers),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403])
    expect(await linksTo(email)).toHaveLength(1)
    expect(await canSignIn(person, person.password)).toBe(true)
  })
})

describe('nobody is flooded', () => {
  test('an account is sent one link a minute and three an hour, and nobody is told', async () => {
    const own = await ownServer(trusting, withOutbox)
    const { email } = await newcomer(own)
    const answers: number[] = []
    for (let time = 0; time < 12; time += 1) {
      answers.push((await ask(email, { on: own })).status, (await ask(email, { on: own })).status)
      own.advance(2 * minute)
    }
    expect(new Set(answers)).toEqual(new Set([303]))
    await expect.poll(() => linksTo(email, own)).toHaveLength(3)
    own.advance(hour)
    await ask(email, { on: own })
    await expect.poll(() => linksTo(email, own)).toHaveLength(4)
  })

  test('one network asks for twenty at once, then waits; what was typed is kept', async () => {
    const own = await ownServer(trusting, withOutbox)
    const statuses: number[] = []
    for (let time = 0; time < 21; time += 1)
      statuses.push((await ask(`nobody_${time}`, { on: own, from: '192.0.2.7' })).status)
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(303))
    const refused = await ask('typed', { on: own, from: '192.0.2.7' })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(wordsOf(refused)).toMatch(/Too many emails were asked for from your network\. Wait \d+ seconds?/)
    expect(refused.text).toContain('value="typed"')
    expect((await ask('typed', { on: own, from: '192.0.2.8' })).status).toBe(303)
  })

  test('an empty answer asks for one', async () => {
    const shown = await ask(' ')
    expect(shown.status).toBe(422)
    expect(wordsOf(shown)).toContain('Enter your email or handle')
  })
})

describe('a server that sends no mail', () => {
  test('says so, has no dead link, no outbox, and sends nothing', async () => {
    const own = await ownServer()
    const { browser } = await newcomer(own)
    expect((await new Browser(own.url).open('/sign-in')).text).not.toContain('/reset-password')
    expect((await browser.open('/account/security')).text).not.toContain('/reset-password')
    const page = await browser.open('/reset-password')
    expect(page.status).toBe(404)
    expect(wordsOf(page)).toContain('Ask whoever runs it')
    const { fields } = formTo(await browser.open('/account'), '/account/profile')
    const csrf = fields['csrf'] ?? ''
    expect((await browser.post('/reset-password', { csrf, login: 'nova' })).status).toBe(404)
    expect((await browser.open('/dev/outbox')).status).toBe(404)
  })

  test('and one that sends it by SMTP has no outbox either', async () => {
    const smtp = await smtpServer()
    const own = await ownServer(
      { SMTP_URL: `smtp://localhost:${smtp.port}`, MAIL_FROM: 'Audius <a@b.example>' },
      withOutbox,
    )
    const { email } = await newcomer(own)
    await ask(email, { on: own })
    await expect.poll(() => smtp.received.length).toBe(1)
    expect(smtp.received[0]?.to).toEqual([email])
    expect(smtp.received[0]?.data.replaceAll('=\n', '').replaceAll('=3D', '=')).toContain(
      `${own.url}/reset-password/new?token=sdpr_`,
    )
    expect((await new Browser(own.url).open('/dev/outbox')).status).toBe(404)
  })
})

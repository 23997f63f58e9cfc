import { newcomer } from '@stagedoor/testkit/newcomer'
import { fileServer, hour, minute, ownServer, testServer } from '@stagedoor/testkit/server'
import { Browser, formTo, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { smtpServer } from '../mail/smtp-server.ts'
import { withOutbox } from './mail.ts'
import { ask, canSignIn, chosen, linksTo, newLink, newNetwork, trusting } from './reset.ts'

const server = await fileServer(trusting, withOutbox)

describe('who has an account is not told', () => {
  test('by what is said, its status or its headers', async () => {
    const { person, email } = await newcomer(server)
    await server.store.disableUser((await newcomer(server)).person.handle, Date.now())
    const facts = async (login: string) => {
      const answer = await ask(server, login)
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
      const header = { 'x-forwarded-for': newNetwork() }
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
    expect(Math.abs(known - unknown)).toBeLessThan(Math.max(5, unknown * 0.5))
    expect(known).toBeLessThan(500)
    silent.stop()
    await own.stop()
  })

  test('by a mail server that fails, whose words with the address are not logged (IN-3)', async () => {
    const failing = await smtpServer({ refusal: '550 <robin@secret.example> does not live here' })
    const own = await ownServer({
      ...trusting,
      SMTP_URL: `smtp://localhost:${failing.port}`,
      MAIL_FROM: 'a@b.example',
    })
    const { person, email } = await newcomer(own)
    // The mail with its link is lost here, as every other.
    await own.store.confirmEmail(person.handle, Date.now())
    const answers = [await ask(own, email), await ask(own, 'nobody')]
    expect(answers.map(({ status, text }) => ({ status, text }))).toEqual([
      { status: 303, text: '' },
      { status: 303, text: '' },
    ])
    await expect.poll(own.log).toContain('a mail could not be sent')
    expect(own.log()).toContain('"code":"EENVELOPE"')
    expect(own.log()).not.toMatch(/secret\.example|@example\.com/)
    const recipients = () => failing.commands.filter((line) => line.startsWith('RCPT'))
    await expect.poll(recipients).toHaveLength(2)
  })
})

describe('another site', () => {
  test.each([
    ['another origin', { origin: 'https://evil.example' }, {}],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }, {}],
    ['no token of the form', {}, { csrf: '' }],
    ['the token of another browser', {}, { csrf: 'x'.repeat(43) }],
  ])('with %s asks for no link and sets no password', async (_, headers, fields) => {
    const { person, email, link } = await newLink(server)
    const browser = new Browser(server.url)
    const asking = formTo(await browser.open('/reset-password'), '/reset-password').fields
    const setting = formTo(await browser.open(link), '/reset-password/new').fields
    const refused = [
      await browser.post('/reset-password', { ...asking, login: person.handle, ...fields }, headers),
      await browser.post('/reset-password/new', { ...setting, new_password: chosen, ...fields }, headers),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403])
    expect(await linksTo(server, email)).toHaveLength(1)
    expect(await canSignIn(server, person, person.password)).toBe(true)
  })
})

describe('nobody is flooded', () => {
  test('an account is sent one link a minute and three an hour, and nobody is told', async () => {
    const own = await ownServer(trusting, withOutbox)
    const { email } = await newcomer(own)
    const answers: number[] = []
    for (let time = 0; time < 12; time += 1) {
      answers.push((await ask(own, email)).status, (await ask(own, email)).status)
      own.advance(2 * minute)
    }
    expect(new Set(answers)).toEqual(new Set([303]))
    await expect.poll(() => linksTo(own, email)).toHaveLength(3)
    own.advance(hour)
    await ask(own, email)
    await expect.poll(() => linksTo(own, email)).toHaveLength(4)
  })

  test('one network asks for twenty at once, then waits; what was typed is kept', async () => {
    const own = await ownServer(trusting, withOutbox)
    const statuses: number[] = []
    for (let time = 0; time < 21; time += 1)
      statuses.push((await ask(own, `nobody_${time}`, '192.0.2.7')).status)
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(303))
    const refused = await ask(own, 'typed', '192.0.2.7')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(wordsOf(refused)).toMatch(/Too many emails were asked for from your network\. Wait \d+ seconds?/)
    expect(refused.text).toContain('value="typed"')
    expect((await ask(own, 'typed', '192.0.2.8')).status).toBe(303)
  })

  test('an empty answer asks for one', async () => {
    const shown = await ask(server, ' ')
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
    await ask(own, email)
    await expect.poll(() => smtp.received.length).toBe(2)
    expect(smtp.received[1]?.to).toEqual([email])
    expect(smtp.received[1]?.data.replaceAll('=\n', '').replaceAll('=3D', '=')).toContain(
      `${own.url}/reset-password/new?token=sdpr_`,
    )
    expect((await new Browser(own.url).open('/dev/outbox')).status).toBe(404)
  })
})

import { newcomer } from '@stagedoor/testkit/newcomer'
import { day, fileServer, hour, minute, ownServer } from '@stagedoor/testkit/server'
import { Browser, formTo, nova, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { mailTo, withOutbox } from './mail.ts'

const server = await fileServer({}, withOutbox)

/** Asks for another address. */
async function ask(
  { browser, person }: Pick<Awaited<ReturnType<typeof newcomer>>, 'browser' | 'person'>,
  new_email: string,
  fields: Readonly<Record<string, string>> = {},
) {
  const form = formTo(await browser.open('/account/security'), '/account/email')
  return browser.submit(form, { new_email, password: person.password, ...fields })
}

/** The newest mail for an address, once there is one. */
async function newest(address: string, on = server) {
  await expect.poll(() => mailTo(address, on)).not.toEqual([])
  const [mail] = await mailTo(address, on)
  if (mail === undefined) throw new Error('There is no mail.')
  return mail
}

const emailOf = async (handle: string, on = server) => (await on.store.findUserByHandle(handle))?.email
const confirm = async (browser: Browser, link: string) =>
  browser.submit(formTo(await browser.open(link), '/confirm-email'))

describe('another email', () => {
  test('is the account’s once it is confirmed, in any browser, and the one of before is told', async () => {
    const somebody = await newcomer(server)
    const { person, email, browser } = somebody
    const next = `next.${email}`
    const asked = await ask(somebody, ` ${next} `)
    expect(wordsOf(asked)).toContain('We have sent a link to the new address')
    expect(wordsOf(asked)).toContain(`${next} waits to be confirmed`)
    expect(await emailOf(person.handle)).toBe(email)
    expect((await newest(email)).subject).toBe('A new email was asked for at Audius')
    const { subject, link, text } = await newest(next)
    expect(subject).toBe('Confirm your email for Audius')
    expect(text).not.toContain('Robin')
    const elsewhere = new Browser(server.url)
    for (let time = 0; time < 3; time += 1) expect((await elsewhere.open(link)).status).toBe(200)
    expect(await emailOf(person.handle)).toBe(email)
    const done = await confirm(elsewhere, link)
    expect(wordsOf(done)).toContain('Your email is confirmed')
    expect(await emailOf(person.handle)).toBe(next)
    await expect.poll(async () => (await newest(email)).subject).toBe('Your Audius email was changed')
    // Confirming signs nobody in, and nobody out.
    expect((await elsewhere.open('/account')).url).toContain('/sign-in')
    expect((await browser.open('/account')).url).toBe(`${server.url}/account`)
    const again = await signedIn(server.url, { handle: next, password: person.password })
    expect((await again.open('/account')).url).toBe(`${server.url}/account`)
    expect((await elsewhere.open(link)).status).toBe(410)
  })

  test('of another account is answered the same, and only its owner is told', async () => {
    const [one, other, third] = [await newcomer(server), await newcomer(server), await newcomer(server)]
    const words = (text: string, address: string) => text.replaceAll(address, 'ADDRESS')
    const free = await ask(one, `free.${one.email}`)
    const taken = await ask(other, third.email.toUpperCase())
    expect([
      taken.status,
      words(wordsOf(taken), third.email.toUpperCase()).replaceAll(other.email, ''),
    ]).toEqual([free.status, words(wordsOf(free), `free.${one.email}`).replaceAll(one.email, '')])
    const mail = await newest(third.email.toUpperCase())
    expect(mail.subject).toBe('Your email is in use at Audius')
    expect(mail.text).not.toMatch(/confirm-email|sdec_/)
    expect(mail.text).not.toContain(other.person.handle)
    expect(await emailOf(third.person.handle)).toBe(third.email)
    expect(await emailOf(other.person.handle)).toBe(other.email)
  })

  test('that two asked for is one’s, and the other is told kindly', async () => {
    const [one, other] = [await newcomer(server), await newcomer(server)]
    const wanted = `wanted.${one.email}`
    await ask(one, wanted)
    const first = await newest(wanted)
    await ask(other, wanted)
    await expect.poll(() => mailTo(wanted, server)).toHaveLength(2)
    const second = await newest(wanted)
    expect((await confirm(new Browser(server.url), first.link)).status).toBe(200)
    const late = await confirm(new Browser(server.url), second.link)
    expect(late.status).toBe(409)
    expect(wordsOf(late)).toContain('that of another account meanwhile')
    expect(await emailOf(other.person.handle)).toBe(other.email)
  })

  test.each([
    ['no address', 'nowhere', {}, /Enter an email address/],
    ['a header', 'a@b.example\r\nBcc: c@d.example', {}, /Enter an email address/],
    ['a tag', '<img/src=x>@b.example', {}, /Enter an email address/],
    ['two addresses', 'a@b.example,c@d.example', {}, /Enter an email address/],
    ['a wrong password', 'fine@example.org', { password: 'wrong pass-phrase' }, /not your current password/],
    ['no password', 'fine@example.org', { password: '' }, /not your current password/],
  ])('is refused with %s, with what was typed but the password', async (_, address, fields, words) => {
    const somebody = await newcomer(server)
    const shown = await ask(somebody, address, fields)
    expect(shown.status).toBe(422)
    expect(wordsOf(shown)).toMatch(words)
    expect(shown.text).not.toContain('pass-phrase')
    if (address === 'fine@example.org') expect(shown.text).toContain('value="fine@example.org"')
    expect((await mailTo(somebody.email, server)).length + (await mailTo(address, server)).length).toBe(0)
  })

  test('that is one’s own already is nothing to change', async () => {
    const somebody = await newcomer(server)
    expect(wordsOf(await ask(somebody, somebody.email))).toContain('This is your email already')
  })

  test('sent twice is one mail, and its link works', async () => {
    const somebody = await newcomer(server)
    const next = `twice.${somebody.email}`
    const { browser, person } = somebody
    const { fields } = formTo(await browser.open('/account/security'), '/account/email')
    const filled = { ...fields, new_email: next, password: person.password }
    const answers = await Promise.all([1, 2, 3].map(() => browser.post('/account/email', filled)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    const { link } = await newest(next)
    expect(await mailTo(next, server)).toHaveLength(1)
    expect(await mailTo(somebody.email, server)).toHaveLength(1)
    const confirming = new Browser(server.url)
    const form = formTo(await confirming.open(link), '/confirm-email')
    const ten = await Promise.all(
      Array.from({ length: 10 }, () => confirming.post('/confirm-email', form.fields)),
    )
    // One that is pressed again is told what it has done, and nobody is told twice.
    for (const { status, headers } of ten)
      expect([status, headers.get('location')]).toEqual([303, '/confirm-email/done'])
    await expect.poll(async () => (await mailTo(somebody.email, server)).length).toBe(2)
  })

  test('is withdrawn, replaced by the next, and ended by a new password', async () => {
    const somebody = await newcomer(server)
    const { browser, person, email } = somebody
    await ask(somebody, `a.${email}`)
    const { link: first } = await newest(`a.${email}`)
    await ask(somebody, `b.${email}`)
    const { link: second } = await newest(`b.${email}`)
    expect((await browser.open(first)).status).toBe(410)
    const shown = await browser.submit(
      formTo(await browser.open('/account/security'), '/account/email/cancel'),
    )
    expect(wordsOf(shown)).toContain('Your email stays as it is')
    expect((await browser.open(second)).status).toBe(410)
    await ask(somebody, `c.${email}`)
    const { link: third } = await newest(`c.${email}`)
    const form = formTo(await browser.open('/account/security'), '/account/password')
    await browser.submit(form, { password: person.password, new_password: 'a changed pass-phrase' })
    expect((await browser.open(third)).status).toBe(410)
    expect(await emailOf(person.handle)).toBe(email)
  })

  test('ends a link to a new password that is in the mailbox of before', async () => {
    const somebody = await newcomer(server)
    const { email } = somebody
    await ask(somebody, `moved.${email}`)
    const { link } = await newest(`moved.${email}`)
    const browser = new Browser(server.url)
    await browser.submit(formTo(await browser.open('/reset-password'), '/reset-password'), { login: email })
    await expect.poll(async () => (await newest(email)).subject).toBe('Reset your Audius password')
    const { link: reset } = await newest(email)
    expect((await browser.open(reset)).status).toBe(200)
    await confirm(browser, link)
    expect((await browser.open(reset)).status).toBe(410)
  })

  test('is to be confirmed within a day', async () => {
    const own = await ownServer({}, withOutbox)
    const somebody = await newcomer(own)
    await ask(somebody, `late.${somebody.email}`)
    const { link } = await newest(`late.${somebody.email}`, own)
    const browser = new Browser(own.url)
    const form = formTo(await browser.open(link), '/confirm-email')
    own.advance(day)
    const shown = await browser.submit(form)
    expect(shown.status).toBe(410)
    expect(wordsOf(shown)).toContain('This link has ended')
    expect(await emailOf(somebody.person.handle, own)).toBe(somebody.email)
  })

  test('is asked for three times an hour at most, whoever asks for one address', async () => {
    const own = await ownServer({}, withOutbox)
    const people = await Promise.all(Array.from({ length: 4 }, () => newcomer(own)))
    for (const somebody of people.slice(0, 3)) await ask(somebody, 'victim@example.org')
    const [, , , last] = people
    if (last === undefined) throw new Error('There is nobody')
    const refused = await ask(last, 'victim@example.org')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('3600')
    expect(refused.text).toContain('value="victim@example.org"')
    await expect.poll(() => mailTo('victim@example.org', own)).toHaveLength(3)
    for (const address of ['a@example.org', 'b@example.org', 'c@example.org'])
      expect((await ask(last, address)).status).toBe(200)
    expect((await ask(last, 'd@example.org')).status).toBe(429)
    own.advance(hour + minute)
    expect((await ask(last, 'd@example.org')).status).toBe(200)
  })

  test('guesses at the password are slowed down', async () => {
    const somebody = await newcomer(server)
    const answers = []
    for (let time = 0; time < 11; time += 1)
      answers.push((await ask(somebody, 'x@example.org', { password: `wrong pass-phrase ${time}` })).status)
    expect(answers.slice(0, 10)).toEqual(Array(10).fill(422))
    expect(answers[10]).toBe(429)
  })

  test('is asked for, withdrawn and confirmed by nobody from another site', async () => {
    const somebody = await newcomer(server)
    const { browser, person, email } = somebody
    const page = await browser.open('/account/security')
    const fields = {
      ...formTo(page, '/account/email').fields,
      new_email: `evil.${email}`,
      password: person.password,
    }
    const cross = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await browser.post('/account/email', fields, cross)).status).toBe(403)
    expect((await browser.post('/account/email', { ...fields, csrf: 'x' })).status).toBe(403)
    expect((await browser.post('/account/email/cancel', fields, cross)).status).toBe(403)
    await ask(somebody, `mine.${email}`)
    const { link } = await newest(`mine.${email}`)
    const confirming = formTo(await browser.open(link), '/confirm-email').fields
    expect((await browser.post('/confirm-email', confirming, cross)).status).toBe(403)
    expect((await browser.post('/confirm-email', { ...confirming, csrf: '' })).status).toBe(403)
    expect(await emailOf(person.handle)).toBe(email)
    expect(await mailTo(`evil.${email}`, server)).toEqual([])
  })

  test('typed while the session ended is kept, its password is not', async () => {
    const { browser, person } = await newcomer(server)
    const form = formTo(await browser.open('/account/security'), '/account/email')
    await server.store.disableUser(person.handle, Date.now())
    const held = await browser.submit(form, { new_email: 'kept@example.org', password: person.password })
    expect(held.status).toBe(401)
    expect(held.text).toContain('kept@example.org')
    expect(held.text).not.toContain('pass-phrase')
  })

  test('is no business of a server that sends no mail', async () => {
    const own = await ownServer()
    const browser = await signedIn(own.url, nova)
    const page = await browser.open('/account/security')
    expect(wordsOf(page)).toContain('Ask whoever runs it for help')
    const { csrf } = formTo(page, '/account/password').fields
    const answer = await browser.post('/account/email', {
      csrf: csrf ?? '',
      new_email: 'a@b.example',
      password: nova.password,
    })
    expect(answer.status).toBe(404)
    expect(await emailOf('nova', own)).toBe('nova@example.com')
  })
})

test('a link to a new address is repeated to nobody, and neither link is in the export', async () => {
  const somebody = await newcomer(server)
  const { browser, email } = somebody
  await ask(somebody, `export.${email}`)
  const { link } = await newest(`export.${email}`)
  const shown = await browser.open(link)
  expect(shown.headers.get('referrer-policy')).toBe('strict-origin')
  expect(shown.headers.get('cache-control')).toBe('no-store')
  const { text } = await browser.open('/account/data/export')
  expect(text).toContain(email)
  expect(text).not.toMatch(/sdec_|sdpr_|export\./)
})

test('the outbox keeps fifty mails', async () => {
  const own = await ownServer({}, withOutbox)
  const { browser, person } = await newcomer(own)
  for (let time = 0; time < 30; time += 1) {
    await ask({ browser, person }, `${time}@example.org`)
    if (time % 3 === 2) own.advance(hour)
  }
  await expect.poll(async () => (await browser.open('/dev/outbox')).text.match(/<h2>/g)?.length).toBe(50)
})

import { fileServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, type Person, type Shown, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { Authenticator } from './authenticator.ts'
import { allMailTo, byLink } from './mail.ts'
import { managementToken } from './manager.ts'
import { addPasskey, creationFor } from './passkey.ts'
import { ask, canSignIn, chosen, isSignedIn, linkTo, setOn, trusting } from './reset.ts'

const server = await fileServer(trusting, byLink)
let people = 0

/** Signs somebody up with an address, in a browser of their own. */
async function signUp(email: string, path = '/sign-up') {
  people += 1
  const person: Person = { handle: `somebody_${people}`, password: `pass-phrase ${people}` }
  const browser = new Browser(server.url)
  const form = formTo(await browser.open(path), '/sign-up')
  const answer = await browser.post(form.action, { ...form.fields, ...person, name: 'Robin', email })
  return { person, browser, answer }
}

const address = () => {
  people += 1
  return `address.${people}@example.com`
}

/** The newest mail to an address whose subject begins like this, once it is there. */
async function mail(email: string, subject: string, count = 1) {
  const found = async () =>
    (await allMailTo(email, server)).filter((each) => each.subject.startsWith(subject))
  await expect.poll(found).toHaveLength(count)
  const [newest] = await found()
  return newest ?? expect.unreachable()
}

const confirm = async (link: string): Promise<Shown> => {
  const browser = new Browser(server.url)
  return browser.submit(formTo(await browser.open(link), '/confirm-email'))
}

/** Somebody whose address is confirmed. */
async function confirmed() {
  const email = address()
  const somebody = await signUp(email)
  await confirm((await mail(email, 'Confirm your email')).link)
  return { ...somebody, email }
}

const statusOf = async ({ handle }: Person) => (await server.store.findUserByHandle(handle))?.emailStatus

async function withPasskeyAndApp(person: Person, browser: Browser) {
  const device = new Authenticator(server.url)
  await addPasskey(browser, device.create(await creationFor(browser, person)))
  people += 1
  const apiKey = await server.register(`App ${people}`, 'https://a.example/')
  const app = new App(server.url, { apiKey }, 'https://a.example/')
  return { device, app, pair: await app.pair(browser) }
}

async function passkeySignsIn(device: Authenticator): Promise<boolean> {
  const browser = new Browser(server.url)
  const { fields } = formTo(await browser.open('/sign-in'), '/sign-in/passkey')
  const { options } = JSON.parse((await browser.post('/sign-in/passkey/options', fields)).text)
  await browser.post('/sign-in/passkey', { ...fields, credential: device.get(options) })
  return isSignedIn(browser)
}

describe('whoever signed up with a stranger’s address', () => {
  test('is out once its owner has reset the password: session, passkey and app', async () => {
    const email = address()
    const attacker = await signUp(email)
    const { device, app, pair } = await withPasskeyAndApp(attacker.person, attacker.browser)
    await confirm((await mail(email, 'Confirm your email')).link)
    await ask(server, email)
    const link = await linkTo(server, email)
    const owner = new Browser(server.url)
    expect(wordsOf(await owner.open(link))).toContain('removes every passkey')
    const shown = await setOn(owner, link)
    expect(wordsOf(shown)).toMatch(/access of every app has ended, and every passkey is removed/)
    expect(await isSignedIn(owner)).toBe(true)
    expect(await isSignedIn(attacker.browser)).toBe(false)
    expect(await passkeySignsIn(device)).toBe(false)
    expect(await app.me(pair.access)).toBe(401)
    expect((await app.refresh(pair.refresh)).status).toBe(400)
    expect(await canSignIn(server, attacker.person, attacker.person.password)).toBe(false)
    expect((await mail(email, 'Your Audius password was reset')).text).toContain('every passkey is removed')
  })

  test('has no link to a new password sent to it before it is confirmed', async () => {
    const email = address()
    const { person } = await signUp(email)
    await mail(email, 'Confirm your email')
    server.advance(120_000)
    await ask(server, person.handle)
    expect((await mail(email, 'Confirm your email', 2)).text).toContain('Then ask for a new password again')
    expect((await allMailTo(email, server)).filter(({ subject }) => subject.startsWith('Reset'))).toEqual([])
  })

  test('keeps nobody from it: the owner signs up, confirms, and has it alone', async () => {
    const email = address()
    const attacker = await signUp(email)
    const first = await mail(email, 'Confirm your email')
    const owner = await signUp(email.toUpperCase())
    const second = await mail(email.toUpperCase(), 'Confirm your email')
    const byEmail = (person: Person) => ({ handle: email, password: person.password })
    expect(await isSignedIn(await signedIn(server.url, byEmail(attacker.person)))).toBe(true)
    expect(await isSignedIn(await signedIn(server.url, byEmail(owner.person)))).toBe(true)
    expect(wordsOf(await confirm(second.link))).toContain('Your email is confirmed')
    expect((await confirm(first.link)).status).toBe(409)
    expect(await isSignedIn(await signedIn(server.url, byEmail(attacker.person)))).toBe(false)
    expect(await isSignedIn(await signedIn(server.url, byEmail(owner.person)))).toBe(true)
    expect(await canSignIn(server, attacker.person, attacker.person.password)).toBe(true)
    const account = await attacker.browser.open('/account/security')
    expect(wordsOf(account)).toContain('another account has confirmed it')
  })

  test('is no way past the counts of wrong passwords at its owner’s account', async () => {
    const { email } = await confirmed()
    const { browser } = await signUp(email)
    const owned = [...browser.cookies].find(([name]) => name.includes('browser'))
    expect(owned).toBeDefined()
    const page = await browser.open('/sign-in')
    const fresh = new Browser(server.url)
    const freshPage = await fresh.open('/sign-in')
    for (let time = 0; time < 11; time += 1)
      await fresh.signIn(freshPage, { handle: email, password: `wrong pass-phrase ${time}` })
    const answer = await browser.signIn(page, { handle: email, password: 'wrong pass-phrase' })
    expect(answer.status).toBe(429)
  })
})

describe('a sign-up', () => {
  const facts = ({ status, text, headers }: Shown) => {
    const kept = [...headers].filter(([name]) => !['date', 'x-request-id', 'set-cookie'].includes(name))
    const location = headers.get('location')?.replace(/=.*/, '=…')
    return { status, text, headers: { ...Object.fromEntries(kept), location } }
  }

  test('answers the same for an address that another account has confirmed, and only its mail says so', async () => {
    const owner = await confirmed()
    const [free, taken] = [await signUp(address()), await signUp(owner.email)]
    expect(facts(taken.answer)).toEqual(facts(free.answer))
    const words = async ({ browser, person }: typeof free) =>
      wordsOf(await browser.open('/account/security'))
        .replaceAll(person.handle, 'HANDLE')
        .replace(/address\.\d+@/, 'ADDRESS@')
    expect(await words(taken)).toBe(await words(free))
    const told = await mail(owner.email, 'Somebody tried to sign up')
    expect(told.text).toContain(`@${owner.person.handle}`)
    expect(told.text).not.toMatch(/confirm-email|sdec_/)
    expect(told.text).not.toContain(taken.person.handle)
    expect(await statusOf(owner.person)).toBe('confirmed')
  })

  test('inside a login goes on at once, confirmed or not', async () => {
    const owner = await confirmed()
    for (const email of [address(), owner.email]) {
      people += 1
      const apiKey = await server.register(`App ${people}`, 'https://a.example/')
      const app = new App(server.url, { apiKey }, 'https://a.example/')
      const browser = new Browser(server.url)
      const signIn = await app.begin(browser)
      const way = /href="(\/sign-up\?request=[^"]+)"/.exec(signIn.text)?.[1] ?? ''
      const form = formTo(await browser.open(way), '/sign-up')
      const fields = { handle: `inside_${people}`, name: 'Robin', email, password: 'some pass-phrase' }
      const consent = await browser.submit(form, fields)
      expect((await browser.allow(consent)).leftFor).toContain('code=')
    }
  })
})

describe('what waits for the confirmation', () => {
  test('is creating apps, on the page: what was typed stays, and works afterwards', async () => {
    const email = address()
    const { browser, person } = await signUp(email)
    const { link } = await mail(email, 'Confirm your email')
    const page = await browser.open('/developers')
    expect(wordsOf(page)).toContain('Confirm your email, then you can create apps')
    const typed = { name: `Kept ${person.handle}`, redirect_uris: 'https://kept.example/' }
    const refused = await browser.submit(formTo(page, '/developers'), typed)
    expect(refused.status).toBe(403)
    expect(formTo(refused, '/developers').fields).toMatchObject(typed)
    server.advance(120_000)
    const again = await browser.submit(formTo(refused, '/account/email/confirm'))
    expect(wordsOf(again)).toContain('We have sent a link to your email')
    const { link: next } = await mail(email, 'Confirm your email', 2)
    expect((await new Browser(server.url).open(link)).status).toBe(410)
    await confirm(next)
    const created = await browser.submit(formTo(refused, '/developers'))
    expect(created.url).toMatch(/\/developers\/[0-9a-f]{40}/)
  })

  test('is creating apps and publishing tracks by the API, which says what to do', async () => {
    const email = address()
    const { browser } = await signUp(email)
    const apiKey = await server.register(`App ${email}`, 'https://a.example/')
    const app = new App(server.url, { apiKey }, 'https://a.example/')
    const { access } = await app.pair(browser, { scope: 'write' })
    const manager = await managementToken(browser)
    const call = async (path: string, body: object) => {
      const token = path.endsWith('apps') ? manager : access
      const answer = await fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return { status: answer.status, ...(await answer.json()) }
    }
    const track = { title: 'T', genre: 'Electronic', track_cid: `bafkrei${'a'.repeat(52)}` }
    for (const [path, body] of [
      ['/v1/developer-apps', { name: `Made by ${people}` }],
      ['/v1/tracks', track],
    ] as const) {
      const refused = await call(path, body)
      expect(refused).toMatchObject({ status: 403, error: 'email_not_confirmed' })
      expect(refused.detail).toContain(`${server.url}/account/security`)
    }
    await confirm((await mail(email, 'Confirm your email')).link)
    expect((await call('/v1/developer-apps', { name: `Made by ${people}` })).status).toBe(200)
    expect((await call('/v1/tracks', track)).error).not.toBe('email_not_confirmed')
  })
})

describe('the address that was there before is told', () => {
  test('of a new passkey, a new browser and a new password', async () => {
    const { person, browser, email } = await confirmed()
    const { device, app, pair } = await withPasskeyAndApp(person, browser)
    expect((await mail(email, 'A passkey was added')).text).toContain('If it was not you')
    await signedIn(server.url, person)
    expect((await mail(email, 'A new browser signed in')).text).toContain(`@${person.handle}`)
    // The one that is known already is no news.
    await browser.signIn(await browser.open('/sign-in'), person)
    const form = formTo(await browser.open('/account/security'), '/account/password')
    const fields = { password: person.password, new_password: chosen }
    await browser.submit(form, { ...fields, end_apps: 'yes', end_passkeys: 'yes' })
    await mail(email, 'Your Audius password was changed')
    await mail(email, 'A new browser signed in')
    expect(await passkeySignsIn(device)).toBe(false)
    expect(await app.me(pair.access)).toBe(401)
  })

  test('and one that nobody has confirmed is told nothing', async () => {
    const email = address()
    const { person, browser } = await signUp(email)
    await withPasskeyAndApp(person, browser)
    await signedIn(server.url, person)
    await mail(email, 'Confirm your email')
    expect(await allMailTo(email, server)).toHaveLength(1)
  })
})

describe('a disabled account', () => {
  test('is told so with the right password or passkey, and with a wrong one nothing', async () => {
    const { person, browser } = await confirmed()
    const { device } = await withPasskeyAndApp(person, browser)
    await server.store.disableUser(person.handle, Date.now())
    const other = new Browser(server.url)
    const page = await other.open('/sign-in')
    const told = await other.signIn(page, person)
    expect(told.status).toBe(403)
    expect(wordsOf(told)).toContain('This account is disabled')
    expect(wordsOf(told)).toContain('Ask whoever runs')
    const wrong = await other.signIn(page, { ...person, password: 'wrong pass-phrase' })
    const nobody = await other.signIn(page, { handle: 'nobody', password: 'wrong pass-phrase' })
    expect(wordsOf(wrong)).toBe(wordsOf(nobody))
    const { fields } = formTo(page, '/sign-in/passkey')
    const { options } = JSON.parse((await other.post('/sign-in/passkey/options', fields)).text)
    const signed = await other.post('/sign-in/passkey', { ...fields, credential: device.get(options) })
    expect(signed.status).toBe(403)
    expect(wordsOf(signed)).toContain('This account is disabled')
    expect(await isSignedIn(other)).toBe(false)
  })
})

test('a password is the same however its device writes its letters', async () => {
  const email = address()
  const { person, browser } = await signUp(email)
  const composed = 'P\u00e4ssw\u00f6rd-\u00e91 pass-phrase'
  const form = formTo(await browser.open('/account/security'), '/account/password')
  await browser.submit(form, { password: person.password, new_password: composed.normalize('NFD') })
  for (const written of [composed, composed.normalize('NFD'), composed.replace(' ', '\u00a0')])
    expect(await canSignIn(server, person, written)).toBe(true)
  expect(await canSignIn(server, person, 'Passwort-e1 pass-phrase')).toBe(false)
})

import { fileServer, minute, ownServer } from '@stagedoor/testkit/server'
import { appAndBrowser } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, jun, nova, type Person, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { Authenticator, type Deviation } from './authenticator.ts'
import { addPasskey, creationFor, passkeyOf } from './passkey.ts'

const server = await fileServer()
const options = '/sign-in/passkey/options'
const isSignedIn = async (browser: Browser) =>
  (await browser.open('/account')).url === `${browser.origin}/account`

async function requestIn(browser: Browser) {
  const { fields } = formTo(await browser.open('/sign-in'), '/sign-in/passkey')
  return { fields, options: JSON.parse((await browser.post(options, fields)).text).options }
}

/** Signs in with a device in a browser. */
async function use(device: Authenticator, deviation: Deviation = {}, browser = new Browser(server.url)) {
  const { fields, options } = await requestIn(browser)
  const answer = await browser.post('/sign-in/passkey', {
    ...fields,
    credential: device.get(options, deviation),
  })
  return { browser, answer }
}

describe('a passkey', () => {
  test('signs its user in under a new session, and goes on to where they were going', async () => {
    const device = await passkeyOf(nova, server.url)
    const browser = new Browser(server.url)
    const form = formTo(await browser.open('/sign-in?next=/account/apps'), '/sign-in/passkey')
    const { options: request } = JSON.parse((await browser.post(options, form.fields)).text)
    expect(request).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
    expect(request.allowCredentials ?? []).toEqual([])
    const shown = await browser.submit(form, { credential: device.get(request) })
    expect(shown.url).toBe(`${server.url}/account/apps`)
    const session = () => [...browser.cookies].find(([name]) => name.includes('session'))?.[1]
    const before = session()
    await use(device, {}, browser)
    expect(session()).not.toBe(before)
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('takes a login of an app to the question whether it may, in the browser that began it', async () => {
    const device = await passkeyOf(nova, server.url)
    const { app } = await appAndBrowser(server)
    const browser = new Browser(server.url)
    const form = formTo(await app.begin(browser, { prompt: 'consent' }), '/sign-in/passkey')
    const { options: request } = JSON.parse((await browser.post(options, form.fields)).text)
    const shown = await browser.submit(form, { credential: device.get(request) })
    expect(shown.url).toContain('/consent?request=')
    expect((await browser.allow(shown)).leftFor).toContain('code=')
  })

  test('goes nowhere but to our own pages', async () => {
    const device = await passkeyOf(nova, server.url)
    const browser = new Browser(server.url)
    const { fields, options: request } = await requestIn(browser)
    const sent = { ...fields, next: 'https://evil.example/', credential: device.get(request) }
    const { headers } = await browser.post('/sign-in/passkey', sent)
    expect(headers.get('location')).toBe('/')
  })

  test('is asked for by nothing that names a person, and made by nothing that names their account', async () => {
    const browser = await signedIn(server.url, jun)
    const first = await creationFor(browser, jun)
    const again = await creationFor(browser, jun)
    expect(first.user.id).toBe(again.user.id)
    expect(Buffer.from(first.user.id, 'base64url')).toHaveLength(64)
    expect(first.challenge).not.toBe(again.challenge)
    expect(first.authenticatorSelection).toMatchObject({
      residentKey: 'required',
      userVerification: 'required',
    })
  })

  const refusals: Readonly<Record<string, Deviation>> = {
    'of another site': { origin: 'https://evil.example' },
    'for another relying party': { rpId: 'evil.example' },
    'made, not signed with': { type: 'webauthn.create' },
    'whose device did not ask who holds it': { isVerified: false },
    'over a challenge of nobody': { challenge: Buffer.alloc(32, 7).toString('base64url') },
    'with a broken signature': { signature: Buffer.alloc(70, 1).toString('base64url') },
    'for another user': { userHandle: Buffer.alloc(64).toString('base64url') },
  }
  test.each(Object.entries(refusals))('%s signs nobody in', async (_name, deviation) => {
    const device = await passkeyOf(nova, server.url)
    const { browser, answer } = await use(device, deviation)
    expect(answer.status).toBe(422)
    expect(wordsOf(answer)).toContain('This passkey did not sign you in')
    expect(await isSignedIn(browser)).toBe(false)
    // The same words as for one that nobody has.
    const unknown = await use(new Authenticator(server.url), { userHandle: 'AA' })
    expect(wordsOf(unknown.answer)).toBe(wordsOf(answer))
  })

  test('signed by another key signs nobody in', async () => {
    const device = await passkeyOf(nova, server.url)
    const { response } = JSON.parse(device.get({ challenge: '', rpId: 'localhost' }))
    const forger = new Authenticator(server.url, device.id)
    expect((await use(forger, { userHandle: response.userHandle })).answer.status).toBe(422)
    expect((await use(device)).answer.status).toBe(303)
  })

  test('answers a challenge once, and in its own browser', async () => {
    const device = await passkeyOf(nova, server.url)
    const browser = new Browser(server.url)
    const { fields, options } = await requestIn(browser)
    const credential = device.get(options)
    const thief = new Browser(server.url)
    const theirs = await requestIn(thief)
    expect((await thief.post('/sign-in/passkey', { ...theirs.fields, credential })).status).toBe(422)
    expect((await browser.post('/sign-in/passkey', { ...fields, credential })).status).toBe(303)
    expect((await browser.post('/sign-in/passkey', { ...fields, credential })).status).toBe(422)
  })

  test('answers a challenge within five minutes', async () => {
    const own = await ownServer()
    const device = await passkeyOf(nova, own.url)
    const browser = new Browser(own.url)
    const { fields, options } = await requestIn(browser)
    own.advance(5 * minute)
    const late = await browser.post('/sign-in/passkey', { ...fields, credential: device.get(options) })
    expect(late.status).toBe(422)
    expect((await use(device, {}, browser)).answer.status).toBe(303)
  })

  test('that has counted as far already is a copy, and refused', async () => {
    const device = await passkeyOf(nova, server.url)
    expect((await use(device, { counter: 7 })).answer.status).toBe(303)
    for (const counter of [7, 6, 0]) expect((await use(device, { counter })).answer.status).toBe(422)
    expect((await use(device, { counter: 8 })).answer.status).toBe(303)
  })

  test('of a disabled account signs nobody in', async () => {
    const own = await ownServer()
    const device = await passkeyOf(jun, own.url)
    await own.store.disableUser(jun.handle, Date.now())
    expect((await use(device, {}, new Browser(own.url))).answer.status).toBe(403)
  })

  test.each(['', '{}', 'null', '[]', '{"id":1}', 'x'.repeat(20_000), '{"__proto__":{}}'])(
    'that is %j is refused like any other',
    async (credential) => {
      const browser = new Browser(server.url)
      const { fields } = await requestIn(browser)
      const answer = await browser.post('/sign-in/passkey', { ...fields, credential })
      expect(answer.status).toBe(422)
      expect(wordsOf(answer)).toContain('This passkey did not sign you in')
    },
  )
})

test('a sign-in that is too large is not read', async () => {
  const browser = new Browser(server.url)
  const { fields } = await requestIn(browser)
  const answer = await browser.post('/sign-in/passkey', { ...fields, credential: 'x'.repeat(70_000) })
  expect(answer.status).toBe(413)
})

test('a passkey outlives a new password, is in one’s data without its key, and ends with the account', async () => {
  const own = await ownServer()
  const device = await passkeyOf(nova, own.url)
  const signIn = async () => (await use(device, {}, new Browser(own.url))).answer.status
  const browser = await signedIn(own.url, nova)
  const change = formTo(await browser.open('/account/security'), '/account/password')
  const changed = { ...nova, password: 'a changed pass-phrase' }
  await browser.submit(change, { password: nova.password, new_password: changed.password })
  expect(await signIn()).toBe(303)
  const { text } = await browser.request('/account/data/export', { headers: {} })
  const passkey = { device: expect.any(String), created_at: expect.any(String), used_at: expect.any(String) }
  expect(JSON.parse(text).passkeys).toEqual([passkey])
  expect(text).not.toContain(device.id)
  const end = formTo(await browser.open('/account/data'), '/account/delete')
  await browser.submit(end, { handle: nova.handle, password: changed.password })
  expect(await signIn()).toBe(422)
  expect(await own.store.findPasskey(device.id)).toBeUndefined()
})

test('a page without script shows no control of passkeys', async () => {
  const browser = await signedIn(server.url, nova)
  const pages = [await browser.open('/sign-in'), await browser.open('/account/security')]
  for (const { text } of pages) expect(text).toMatch(/<form [^>]*data-passkey="[^>]* hidden>/)
  expect(pages[0]?.text).toContain('<button type="submit" form="passkey" hidden>')
  expect(pages[1]?.text).toMatch(/<p [^>]*data-without-passkeys[^>]*>To add one/)
})

test('the script of passkeys is under 3 kB', async () => {
  const page = await new Browser(server.url).open('/sign-in')
  const [path = ''] = page.text.match(/\/assets\/passkey\.\w+\.js/) ?? []
  const script = await fetch(server.url + path)
  expect(script.headers.get('content-type')).toContain('text/javascript')
  expect((await script.arrayBuffer()).byteLength).toBeLessThan(3000)
})

describe('adding a passkey', () => {
  test('asks for the password, and counts wrong ones', async () => {
    const own = await ownServer()
    const browser = await signedIn(own.url, nova)
    const { fields } = formTo(await browser.open('/account/security'), '/account/passkeys')
    const ask = (password: string) => browser.post('/account/passkeys/options', { ...fields, password })
    for (let tries = 0; tries < 10; tries += 1) {
      const answer = await ask('not the pass-phrase')
      expect(answer.status).toBe(422)
      expect(JSON.parse(answer.text)).toEqual({ problem: 'This is not your current password.' })
    }
    expect((await ask(nova.password)).status).toBe(429)
    own.advance(minute)
    expect((await ask(nova.password)).status).toBe(200)
  })

  const refusals: Readonly<Record<string, Deviation>> = {
    'of another site': { origin: 'https://evil.example' },
    'for another relying party': { rpId: 'evil.example' },
    'whose device did not ask who holds it': { isVerified: false },
    'over a challenge of nobody': { challenge: Buffer.alloc(32, 7).toString('base64url') },
  }
  test.each(Object.entries(refusals))('refuses one %s', async (_name, deviation) => {
    const browser = await signedIn(server.url, jun)
    const device = new Authenticator(server.url)
    const shown = await addPasskey(browser, device.create(await creationFor(browser, jun), deviation))
    expect(shown.status).toBe(422)
    expect(wordsOf(shown)).toContain('The passkey was not added')
    expect((await use(device)).answer.status).toBe(422)
  })

  test('refuses another’s challenge: one person’s device is no key to another’s account', async () => {
    const [novas, juns] = [await signedIn(server.url, nova), await signedIn(server.url, jun)]
    const made = new Authenticator(server.url).create(await creationFor(novas, nova))
    expect((await addPasskey(juns, made)).status).toBe(422)
    // In one browser as well, whoever is signed in by then.
    const device = new Authenticator(server.url)
    const credential = device.create(await creationFor(novas, nova))
    await novas.submit(formTo(await novas.open('/sign-in'), '/sign-in'), {
      login: 'jun',
      password: jun.password,
    })
    expect((await addPasskey(novas, credential)).status).toBe(422)
  })

  test('refuses a passkey that is known, whoever it is of', async () => {
    const { id } = await passkeyOf(nova, server.url)
    const browser = await signedIn(server.url, jun)
    const copy = new Authenticator(server.url, id)
    const shown = await addPasskey(browser, copy.create(await creationFor(browser, jun)))
    expect(shown.status).toBe(422)
    expect(wordsOf(shown)).toContain('in use already')
  })

  test('twice by a double press adds it once', async () => {
    const browser = await signedIn(server.url, jun)
    const form = formTo(await browser.open('/account/security'), '/account/passkeys')
    const credential = new Authenticator(server.url).create(await creationFor(browser, jun))
    const answers = await Promise.all(
      [1, 2].map(() => browser.post(form.action, { ...form.fields, credential })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 303])
  })
})

test('a passkey is removed by its own user alone', async () => {
  const device = await passkeyOf(nova, server.url)
  const removal = async (person: Person) => {
    const browser = await signedIn(server.url, person)
    const { fields } = formTo(await browser.open('/account/security'), '/account/passkeys')
    return browser.post('/account/passkeys/remove', { csrf: fields['csrf'] ?? '', passkey: device.id })
  }
  await removal(jun)
  expect((await use(device)).answer.status).toBe(303)
  await removal(nova)
  expect((await use(device)).answer.status).toBe(422)
})

test.each([
  options,
  '/sign-in/passkey',
  '/account/passkeys',
  '/account/passkeys/options',
  '/account/passkeys/remove',
])('no other site can send %s', async (path) => {
  const browser = await signedIn(server.url, nova)
  const { fields } = formTo(await browser.open('/account/security'), '/account/passkeys')
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
    expect((await browser.post(path, fields, headers)).status).toBe(403)
  expect((await browser.post(path, { ...fields, csrf: 'guessed' })).status).toBe(403)
})

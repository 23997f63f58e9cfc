import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fileServer } from '../harness.ts'
import { Browser, type Form, formTo, jun, type Person, type Shown, signedIn, wordsOf } from './browser.ts'
import { App } from './client.ts'

const server = await fileServer()
const uri = 'https://app.example/cb'
const moved = 'https://app.example/moved'
const unique = () => randomBytes(5).toString('hex')

/** A form of who is signed in, filled in and not sent. */
interface Filled {
  readonly form: Form
  /** What was typed; the names of passwords hold `password`. */
  readonly typed: Readonly<Record<string, string>>
  /** Whether what the form says has become true. */
  isDone(): Promise<boolean>
}

interface Actor {
  readonly person: Person
  readonly browser: Browser
}

/** Somebody new, signed in. */
async function newcomer(): Promise<Actor> {
  const person = { handle: `p_${unique()}`, password: `pass-phrase ${unique()}` }
  const browser = new Browser(server.url)
  const email = `${person.handle}@example.com`
  const form = formTo(await browser.open('/sign-up'), '/sign-up')
  expect((await browser.submit(form, { ...person, name: 'Robin', email })).status).toBe(200)
  return { person, browser }
}

const idOf = async ({ handle }: Person): Promise<number> =>
  (await server.store.findUserByHandle(handle))?.id ?? expect.unreachable()
const isSignedIn = async (browser: Browser) => (await browser.open('/account')).url.endsWith('/account')
const filledOn = async ({ browser }: Actor, page: string, action: string) =>
  formTo(await browser.open(page), action)

/** Registers an app of one's own; answers its page. */
async function ownApp({ browser }: Actor): Promise<{ path: string; apiKey: string }> {
  const form = formTo(await browser.open('/developers'), '/developers')
  const shown = await browser.submit(form, { name: `App ${unique()}`, redirect_uris: uri })
  const { pathname } = new URL(shown.url)
  return { path: pathname, apiKey: pathname.split('/').at(-1) ?? '' }
}

/** Lets an app of somebody's own use their account. */
async function allowedApp(actor: Actor) {
  const { apiKey } = await ownApp(actor)
  const app = new App(server.url, { apiKey }, uri)
  const { access } = await app.pair(actor.browser)
  return { hasEnded: async () => (await app.me(access)) === 401 }
}

type Fill = (actor: Actor) => Promise<Filled>

/** Every form of the portal and the account that changes something. */
const forms: Readonly<Record<string, Fill>> = {
  'creating an app': async (actor) => {
    const typed = { name: `App ${unique()}`, redirect_uris: `${uri}\nmyapp://callback` }
    return {
      form: await filledOn(actor, '/developers', '/developers'),
      typed,
      isDone: async () => (await server.store.listAppsOf(await idOf(actor.person))).length === 1,
    }
  },
  'changing an app': async (actor) => {
    const { path, apiKey } = await ownApp(actor)
    const typed = { name: `App ${unique()}`, description: 'Two\nlines & <more>', redirect_uris: moved }
    return {
      form: await filledOn(actor, path, path),
      typed,
      isDone: async () => {
        const app = await server.store.findApp(apiKey)
        return app?.name === typed.name && app.redirectUris.join() === moved
      },
    }
  },
  'adding a redirect URI': async (actor) => {
    const { path, apiKey } = await ownApp(actor)
    return {
      form: await filledOn(actor, `${path}/quickstart`, `${path}/redirect-uris`),
      typed: { redirect_uri: moved },
      isDone: async () => (await server.store.findApp(apiKey))?.redirectUris.includes(moved) ?? false,
    }
  },
  'deleting an app': async (actor) => {
    const { path, apiKey } = await ownApp(actor)
    return {
      form: await filledOn(actor, `${path}/delete`, `${path}/delete`),
      typed: {},
      isDone: async () => (await server.store.findApp(apiKey)) === undefined,
    }
  },
  'saving the profile': async (actor) => {
    const typed = { name: 'Someone New', bio: 'Two\nlines', location: 'Here', website: 'https://a.example/' }
    return {
      form: await filledOn(actor, '/account', '/account/profile'),
      typed,
      isDone: async () => (await server.store.findUserByHandle(actor.person.handle))?.name === typed.name,
    }
  },
  'changing the password': async (actor) => {
    const password = 'a changed pass-phrase'
    return {
      form: await filledOn(actor, '/account/security', '/account/password'),
      typed: { password: actor.person.password, new_password: password },
      isDone: async () => isSignedIn(await signedIn(server.url, { ...actor.person, password })),
    }
  },
  'signing one browser out': async (actor) => {
    const other = await signedIn(server.url, actor.person)
    return {
      form: await filledOn(actor, '/account/security', '/account/sessions/end'),
      typed: {},
      isDone: async () => !(await isSignedIn(other)),
    }
  },
  'signing every other browser out': async (actor) => {
    const other = await signedIn(server.url, actor.person)
    return {
      form: await filledOn(actor, '/account/security', '/account/sessions/end-others'),
      typed: {},
      isDone: async () => !(await isSignedIn(other)),
    }
  },
  'ending an app’s access': async (actor) => {
    const { hasEnded } = await allowedApp(actor)
    return {
      form: await filledOn(actor, '/account/apps', '/account/apps/end'),
      typed: {},
      isDone: hasEnded,
    }
  },
  'deleting the account': async (actor) => ({
    form: await filledOn(actor, '/account/data', '/account/delete'),
    typed: { handle: actor.person.handle, password: actor.person.password },
    isDone: async () => !(await isSignedIn(await signedIn(server.url, actor.person))),
  }),
}

const every = Object.entries(forms)

/** What was typed and is no password. */
const kept = (typed: Filled['typed']) =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => !name.includes('password')))

const passwordsOf = (typed: Filled['typed']) =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => name.includes('password')))

async function signOut({ browser }: Actor): Promise<void> {
  await browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))
}

describe.each(every)('%s', (_, fill) => {
  test('is done once the form is sent', async () => {
    const actor = await newcomer()
    const { form, typed, isDone } = await fill(actor)
    expect(await isDone()).toBe(false)
    expect((await actor.browser.submit(form, typed)).status).toBe(200)
    expect(await isDone()).toBe(true)
  })

  test('is no other site’s to do (CSRF)', async () => {
    const actor = await newcomer()
    const { form, typed, isDone } = await fill(actor)
    const others = formTo(await (await newcomer()).browser.open('/developers'), '/developers').fields['csrf']
    const { csrf = '', ...rest } = form.fields
    const { browser } = actor
    const send = (fields: Form['fields'], headers = {}) =>
      browser.post(form.action, { ...fields, ...typed }, headers)
    const answers = [
      await send(form.fields, { origin: 'https://evil.example' }),
      await send(form.fields, { origin: 'null' }),
      await send(form.fields, { origin: `${server.url}.evil.example` }),
      await send(form.fields, { 'sec-fetch-site': 'cross-site' }),
      await send(form.fields, { 'sec-fetch-site': 'same-site' }),
      await send(rest),
      await send({ ...rest, csrf: '' }),
      await send({ ...rest, csrf: others ?? '' }),
      await send({ ...rest, csrf: csrf.toUpperCase() }),
      await send({ ...rest, csrf: csrf.slice(csrf.indexOf('.')) }),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403))
    for (const type of ['text/plain', 'application/json', 'multipart/form-data'])
      expect(
        (await browser.post(form.action, { ...form.fields, ...typed }, { 'content-type': type })).status,
      ).toBeGreaterThanOrEqual(400)
    expect(await isDone()).toBe(false)
  })

  test('is not done by an address', async () => {
    const actor = await newcomer()
    const { form, typed, isDone } = await fill(actor)
    await actor.browser.open(`${form.action}?${new URLSearchParams({ ...form.fields, ...typed })}`)
    expect(await isDone()).toBe(false)
  })

  test('survives a double press and the way back: it is done once, and no answer is a failure', async () => {
    const actor = await newcomer()
    const { form, typed, isDone } = await fill(actor)
    const fields = { ...form.fields, ...typed }
    const twice = await Promise.all([1, 2].map(() => actor.browser.post(form.action, fields)))
    const again = await actor.browser.post(form.action, fields)
    expect(await isDone()).toBe(true)
    expect(twice.map(({ status }) => status)).toContain(303)
    // What ends the session or changes the password says so to whoever is second.
    const second = 'password' in typed ? [303, 401, 422] : [303]
    for (const { status } of [...twice, again]) expect(second).toContain(status)
  })

  test('after the session ended is kept as it was typed, but for passwords, and goes on after a sign-in', async () => {
    const actor = await newcomer()
    const { form, typed, isDone } = await fill(actor)
    await signOut(actor)
    const held = await actor.browser.submit(form, typed)
    expect(held.status).toBe(401)
    expect(wordsOf(held)).toContain('You are signed out')
    expect(held.text).not.toContain('pass-phrase')
    const isAllKept = Object.keys(passwordsOf(typed)).length === 0
    expect(wordsOf(held)).toContain(
      isAllKept ? 'is kept on this page.' : 'is kept on this page, but for passwords.',
    )
    const again = formTo(held, form.action)
    expect(again.fields).toMatchObject(kept(typed))
    expect(await isDone()).toBe(false)
    await actor.browser.signIn(await actor.browser.open('/sign-in'), actor.person)
    let shown: Shown = await actor.browser.submit(again)
    if (!isAllKept) {
      // The passwords alone are asked for once more.
      expect(shown.status).toBe(422)
      const asked = formTo(shown, form.action)
      expect(asked.fields).toMatchObject(kept(typed))
      shown = await actor.browser.submit(asked, passwordsOf(typed))
    }
    expect(shown.status).toBe(200)
    expect(await isDone()).toBe(true)
  })

  test('in a tab that was left open is not done to the account that was signed in to since', async () => {
    const actor = await newcomer()
    const { form, typed, isDone } = await fill(actor)
    const before = await server.store.findUserByHandle('jun')
    await signOut(actor)
    await actor.browser.signIn(await actor.browser.open('/sign-in'), jun)
    const held = await actor.browser.submit(form, typed)
    expect(held.status).toBe(409)
    expect(wordsOf(held)).toMatch(/You switched accounts.*@jun/)
    expect(await isDone()).toBe(false)
    expect(await server.store.findUserByHandle('jun')).toEqual(before)
    expect(await server.store.listAppsOf(before?.id ?? 0)).toEqual([])
    // Nor by pressing on.
    expect((await actor.browser.submit(formTo(held, form.action))).status).toBe(409)
    await actor.browser.signIn(await actor.browser.open('/sign-in'), actor.person)
    const shown = await actor.browser.submit(formTo(held, form.action), passwordsOf(typed))
    expect(shown.status).toBe(200)
    expect(await isDone()).toBe(true)
  })

  test('is nobody else’s to do, with a form token of their own (IDOR)', async () => {
    const actor = await newcomer()
    const { form, typed, isDone } = await fill(actor)
    const stranger = await newcomer()
    const own = formTo(await stranger.browser.open('/developers'), '/developers').fields['csrf'] ?? ''
    await stranger.browser.post(form.action, { ...form.fields, ...typed, csrf: own })
    expect(await isDone()).toBe(false)
  })
})

describe('a form that is refused comes back', () => {
  test('with what was chosen beside the passwords', async () => {
    const { browser } = await newcomer()
    const form = formTo(await browser.open('/account/security'), '/account/password')
    const wrong = { password: 'wrong pass-phrase', new_password: 'a changed pass-phrase' }
    const isChecked = ({ text }: Shown) => /<input[^>]*name="end_apps"[^>]*\schecked/.test(text)
    expect(isChecked(await browser.submit(form, { ...wrong, end_apps: 'yes' }))).toBe(true)
    expect(isChecked(await browser.submit(form, { ...wrong, new_password: 'short', end_apps: 'yes' }))).toBe(
      true,
    )
    expect(isChecked(await browser.submit(form, wrong))).toBe(false)
  })

  test('with the handle that was typed to delete the account', async () => {
    const { browser, person } = await newcomer()
    const form = formTo(await browser.open('/account/data'), '/account/delete')
    const shown = await browser.submit(form, { handle: person.handle, password: 'wrong pass-phrase' })
    expect(shown.status).toBe(422)
    expect(formTo(shown, '/account/delete').fields['handle']).toBe(person.handle)
  })
})

describe('what is under another’s app', () => {
  const pages = ['', '/quickstart', '/log', '/log/events', '/usage', '/usage/logins.csv', '/delete']
  test.each(pages)('GET /developers/{api_key}%s is no page, to whoever knows the key', async (page) => {
    const { path } = await ownApp(await newcomer())
    const { browser } = await newcomer()
    const [foreign, none] = [
      await browser.open(path + page),
      await browser.open(`/developers/${'0'.repeat(40)}${page}`),
    ]
    expect([foreign.status, none.status]).toEqual([404, 404])
    // Nor does it say which of the two it is.
    const words = (shown: Shown) => wordsOf(shown).replace(/Request id \S+/, '')
    expect(words(foreign)).toBe(words(none))
    // A browser in which nobody is signed in is told neither.
    const asked = await new Browser(server.url).open(path + page)
    expect(asked.url).toContain('/sign-in?next=')
  })
})

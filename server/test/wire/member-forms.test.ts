import { newcomer } from '@stagedoor/testkit/newcomer'
import { fileServer } from '@stagedoor/testkit/server'
import { Browser, type Form, formTo, jun, type Shown, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { afterTheLook } from './ended-meanwhile.ts'
import { type Actor, type Filled, forms, ownApp } from './filled-forms.ts'
import { withOutbox } from './mail.ts'

const server = await fileServer({}, withOutbox)

const every = Object.entries(forms)

/** What was typed and is no password. */
const kept = (typed: Filled['typed']) =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => !name.includes('password')))

const passwordsOf = (typed: Filled['typed']) =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => name.includes('password')))

async function signOut({ browser }: Actor): Promise<void> {
  await browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))
}

/** What ends something, as being disabled does, or asks for a password, which a disabled account has none of. */
const endsOrAsks = [
  ...['changing the password', 'asking for another email', 'keeping the old email', 'deleting the account'],
  ...['signing one browser out', 'signing every other browser out', 'ending an app’s access'],
]

describe.each(every)('%s', (name, fill) => {
  test('is done once the form is sent', async () => {
    const actor = await newcomer(server)
    const { form, typed, isDone } = await fill(actor)
    expect(await isDone()).toBe(false)
    expect((await actor.browser.submit(form, typed)).status).toBe(200)
    expect(await isDone()).toBe(true)
  })

  test('says that its user is signed out, who was disabled while it was looked at', async () => {
    const actor = await newcomer(server)
    const { form, typed, isDone } = await fill(actor)
    afterTheLook(server, () => server.store.disableUser(actor.person.handle, Date.now()))
    const answer = await actor.browser.post(form.action, { ...form.fields, ...typed })
    if (endsOrAsks.includes(name)) return expect([303, 422]).toContain(answer.status)
    expect(answer.status).toBe(401)
    expect(wordsOf(answer)).toContain('signed out')
    expect(await isDone()).toBe(false)
  })

  test('leads on to a page that may be reloaded', async () => {
    const actor = await newcomer(server)
    const { form, typed } = await fill(actor)
    const answer = await actor.browser.post(form.action, { ...form.fields, ...typed })
    expect(answer.status).toBe(303)
  })

  test('is no other site’s to do (CSRF)', async () => {
    const actor = await newcomer(server)
    const { form, typed, isDone } = await fill(actor)
    const others = formTo(await (await newcomer(server)).browser.open('/developers'), '/developers').fields[
      'csrf'
    ]
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
    const actor = await newcomer(server)
    const { form, typed, isDone } = await fill(actor)
    await actor.browser.open(`${form.action}?${new URLSearchParams({ ...form.fields, ...typed })}`)
    expect(await isDone()).toBe(false)
  })

  test('survives a double press and the way back: it is done once, and no answer is a failure', async () => {
    const actor = await newcomer(server)
    const { form, typed, isDone } = await fill(actor)
    const fields = { ...form.fields, ...typed }
    const twice = await Promise.all([1, 2].map(() => actor.browser.post(form.action, fields)))
    const again = await actor.browser.post(form.action, fields)
    expect(await isDone()).toBe(true)
    expect(twice.map(({ status }) => status)).toContain(303)
    // What ends the session or changes the password says so to whoever is second.
    const second = 'password' in typed ? [303, 401, 409, 422] : [303]
    for (const { status } of [...twice, again]) expect(second).toContain(status)
  })

  test('after the session ended is kept as it was typed, but for passwords, and goes on after a sign-in', async () => {
    const actor = await newcomer(server)
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
    const actor = await newcomer(server)
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
    const actor = await newcomer(server)
    const { form, typed, isDone } = await fill(actor)
    const stranger = await newcomer(server)
    const own = formTo(await stranger.browser.open('/developers'), '/developers').fields['csrf'] ?? ''
    await stranger.browser.post(form.action, { ...form.fields, ...typed, csrf: own })
    expect(await isDone()).toBe(false)
  })
})

describe('a form that is refused comes back', () => {
  test('with what was chosen beside the passwords', async () => {
    const { browser } = await newcomer(server)
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
    const { browser, person } = await newcomer(server)
    const form = formTo(await browser.open('/account/data'), '/account/delete')
    const shown = await browser.submit(form, { handle: person.handle, password: 'wrong pass-phrase' })
    expect(shown.status).toBe(422)
    expect(formTo(shown, '/account/delete').fields['handle']).toBe(person.handle)
  })
})

describe('what is under another’s app', () => {
  const pages = ['', '/quickstart', '/log', '/log/events', '/usage', '/usage/logins.csv', '/delete']
  test.each(pages)('GET /developers/{api_key}%s is no page, to whoever knows the key', async (page) => {
    const { path } = await ownApp(await newcomer(server))
    const { browser } = await newcomer(server)
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

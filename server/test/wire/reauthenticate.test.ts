import { readFileSync } from 'node:fs'
import { newcomer } from '@stagedoor/testkit/newcomer'
import { minute, ownServer } from '@stagedoor/testkit/server'
import { type Browser, type Form, formTo, type Shown, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { accountPages } from '../../src/pages/account/routes.ts'
import { developerPages } from '../../src/pages/developers/routes.ts'
import { webhookPages } from '../../src/pages/developers/webhooks.ts'
import { devicePages } from '../../src/pages/device/routes.ts'
import { freshProof } from '../../src/pages/session/fresh-proof.ts'
import { type Actor, ownApp } from './filled-forms.ts'
import { tokenOn } from './manager.ts'
import { passkeyOf } from './passkey.ts'

const page = 'Confirm that it is you'
const uri = 'https://app.example/cb'
const moved = 'https://app.example/moved'

/** A form that changes who may do what. */
interface Act {
  fill(actor: Actor, path: string): Promise<{ form: Form; typed: Readonly<Record<string, string>> }>
  isDone(actor: Actor, apiKey: string, shown: Shown): Promise<boolean> | boolean
}

const filled = async ({ browser }: Actor, at: string, action: string, typed = {}) => ({
  form: formTo(await browser.open(at), action),
  typed,
})
const urisOf = async ({ server }: Actor, apiKey: string) => (await server.store.findApp(apiKey))?.redirectUris
const description = 'Two\nlines & "more"'

const acts: Readonly<Record<string, Act>> = {
  'changing redirect URIs': {
    fill: (actor, path) =>
      filled(actor, path, path, { description, redirect_uris: `${moved}\nmyapp://callback` }),
    isDone: async (actor, apiKey) => {
      const app = await actor.server.store.findApp(apiKey)
      return app?.redirectUris.join() === `${moved},myapp://callback` && app.description === description
    },
  },
  'removing a redirect URI': {
    fill: (actor, path) => filled(actor, path, path, { redirect_uris: '' }),
    isDone: async (actor, apiKey) => (await urisOf(actor, apiKey))?.length === 0,
  },
  'adding a redirect URI': {
    fill: (actor, path) =>
      filled(actor, `${path}/quickstart`, `${path}/redirect-uris`, { redirect_uri: moved }),
    isDone: async (actor, apiKey) => (await urisOf(actor, apiKey))?.includes(moved) ?? false,
  },
  'deleting an app': {
    fill: (actor, path) => filled(actor, `${path}/delete`, `${path}/delete`),
    isDone: async ({ server }, apiKey) => (await server.store.findApp(apiKey)) === undefined,
  },
  'moving a webhook': {
    fill: (actor, path) => filled(actor, `${path}/webhooks`, `${path}/webhooks`, { url: moved }),
    isDone: async ({ server }, apiKey) => (await server.store.findWebhook(apiKey))?.url === moved,
  },
  'telling another address of logouts': {
    fill: (actor, path) =>
      filled(actor, `${path}/webhooks`, `${path}/webhooks/logout`, { logout_uri: moved }),
    isDone: async ({ server }, apiKey) => (await server.store.findLogoutUri(apiKey)) === moved,
  },
  'letting tokens go without a key': {
    fill: async (actor, path) => {
      const at = `${path}/token-binding`
      await actor.browser.submit(formTo(await actor.browser.open(path), at), { binds: 'true' })
      const form = formTo(await actor.browser.open(path), at)
      const { binds: _, ...fields } = form.fields
      return { form: { ...form, fields }, typed: {} }
    },
    isDone: async ({ server }, apiKey) => (await server.store.findApp(apiKey))?.bindsTokens === false,
  },
  'removing a passkey': {
    fill: async (actor) => {
      await passkeyOf(actor.person, actor.server.url)
      return filled(actor, '/account/security', '/account/passkeys/remove')
    },
    isDone: async ({ server, person }, _apiKey, shown) => {
      const id = (await server.store.findUserByHandle(person.handle))?.id ?? expect.unreachable()
      const left = await server.store.listPasskeys(id)
      return wordsOf(shown).includes('The passkey is removed') && left.length < 2
    },
  },
  'making a management token': {
    fill: (actor) => filled(actor, '/developers/tokens', '/developers/tokens', { name: 'Kept name' }),
    isDone: (_actor, _apiKey, shown) => tokenOn(shown) !== null && wordsOf(shown).includes('Kept name'),
  },
}

/** Somebody with an app, whose last proof is older than it may be. */
async function stale(by = 5 * minute) {
  const server = await ownServer()
  const actor = await newcomer(server)
  const { path, apiKey } = await ownApp(actor)
  server.advance(by)
  return { server, actor, path, apiKey }
}

const send = async (browser: Browser, act: Act, actor: Actor, path: string) => {
  const { form, typed } = await act.fill(actor, path)
  return { form, shown: await browser.submit(form, typed) }
}

describe.each(Object.entries(acts))('%s', (_, act) => {
  test('goes on at once within five minutes of the sign-in', async () => {
    const { actor, path, apiKey } = await stale(4 * minute)
    const { shown } = await send(actor.browser, act, actor, path)
    expect(wordsOf(shown)).not.toContain(page)
    expect(await act.isDone(actor, apiKey, shown)).toBe(true)
  })

  test('asks for the password after that, and then goes on with what was filled in', async () => {
    const { actor, path, apiKey } = await stale()
    const { form, shown } = await send(actor.browser, act, actor, path)
    expect(shown.status).toBe(401)
    expect(wordsOf(shown)).toContain(page)
    expect(await act.isDone(actor, apiKey, shown)).toBe(false)
    const asked = formTo(shown, form.action)
    const wrong = await actor.browser.submit(asked, { password: 'a wrong pass-phrase' })
    expect(wrong.status).toBe(422)
    expect(await act.isDone(actor, apiKey, wrong)).toBe(false)
    const done = await actor.browser.submit(formTo(wrong, form.action), { password: actor.person.password })
    expect(done.status).toBe(200)
    expect(await act.isDone(actor, apiKey, done)).toBe(true)
  })

  test('takes a passkey of this account as well, and no other', async () => {
    const { server, actor, path, apiKey } = await stale()
    const other = await newcomer(server)
    const own = await passkeyOf(actor.person, server.url)
    const theirs = await passkeyOf(other.person, server.url)
    const { form, shown } = await send(actor.browser, act, actor, path)
    const asked = formTo(shown, form.action)
    const proof = async (passkey: typeof own) => {
      const answer = await actor.browser.post('/reauthenticate/options', asked.fields)
      const { options } = JSON.parse(answer.text)
      return { credential: passkey.get(options) }
    }
    const refused = await actor.browser.submit(asked, await proof(theirs))
    expect(refused.status).toBe(422)
    expect(await act.isDone(actor, apiKey, refused)).toBe(false)
    const credential = await proof(own)
    const done = await actor.browser.submit(asked, credential)
    expect(await act.isDone(actor, apiKey, done)).toBe(true)
    const again = await actor.browser.submit(asked, credential)
    expect(again.status).not.toBe(200)
  })
})

test('the audit log tells of a webhook and of where logouts are told', async () => {
  const { server, actor, path, apiKey } = await stale(minute)
  for (const at of ['', '/logout']) {
    const form = formTo(await actor.browser.open(`${path}/webhooks`), `${path}/webhooks${at}`)
    await actor.browser.submit(form, { url: moved, logout_uri: moved })
  }
  const entries = await server.store.listAudit({
    ...{ apiKey, userId: null, event: null, appsOnly: true },
    ...{ since: 0, after: null, limit: 10 },
  })
  expect(entries.map(({ event, detail }) => [event, detail])).toEqual(
    expect.arrayContaining([
      ['app_changed', 'webhook'],
      ['app_changed', 'logout address'],
    ]),
  )
})

test.each([
  ['export', '/account/data/export'],
  ['archive', '/account/data/archive'],
])('everything about a person (%s) is handed out after a proof, and begins by itself', async (_, path) => {
  const { server, actor } = await stale(4 * minute)
  const { browser, person } = actor
  const open = () => browser.request(path, { headers: {} })
  expect((await open()).status).toBe(200)
  server.advance(minute)
  const asked = await browser.open(path)
  expect(asked.status).toBe(401)
  expect(wordsOf(asked)).toContain(page)
  const wrong = await browser.submit(formTo(asked, path), { password: 'a wrong pass-phrase' })
  expect(wrong.status).toBe(422)
  const begun = await browser.submit(formTo(wrong, path), { password: person.password })
  expect(begun.text).toContain(`content="0; url=${path}"`)
  expect((await open()).headers.get('content-disposition')).toContain('attachment')
  server.advance(5 * minute)
  expect((await browser.open(`/account/data?done=${path.split('/').at(-1)}`)).text).not.toContain(
    'http-equiv',
  )
})

// They are how one signs in, or they answer to somebody who is not signed in.
const beforeSignIn = /^POST \/(sign-in|sign-up|reset-password|confirm-email|dev|reauthenticate)\b/

test('every form of who is signed in says whether it asks for a proof', () => {
  const routes = readFileSync(new URL('../../src/endpoints/routes/pages.ts', import.meta.url), 'utf8')
  const others = Array.from(routes.matchAll(/people\('(POST)', '([^']+)'/g), ([, method, path]) => [
    method,
    path,
  ])
  const pages = [...accountPages, ...developerPages, ...webhookPages, ...devicePages, ...others]
    .map(([method, path]) => `${method} ${path}`)
    .filter((page) => !beforeSignIn.test(page))
  const decided = Object.keys(freshProof)
  expect(pages).toEqual(expect.arrayContaining(decided))
  expect(decided).toEqual(expect.arrayContaining(pages.filter((page) => page.startsWith('POST '))))
})

test('a proof counts for five minutes, in its own session alone', async () => {
  const { server, actor, path } = await stale()
  const act = acts['making a management token']
  if (act === undefined) return expect.unreachable()
  const { form, shown } = await send(actor.browser, act, actor, path)
  await actor.browser.submit(formTo(shown, form.action), { password: actor.person.password })
  const next = await send(actor.browser, act, actor, path)
  expect(wordsOf(next.shown)).not.toContain(page)
  server.advance(5 * minute)
  expect(wordsOf((await send(actor.browser, act, actor, path)).shown)).toContain(page)
})

test('what changes nothing about redirect URIs needs no proof', async () => {
  const { server, actor, path, apiKey } = await stale()
  const shown = await actor.browser.submit(formTo(await actor.browser.open(path), path), {
    description: 'New',
  })
  expect(shown.status).toBe(200)
  expect((await server.store.findApp(apiKey))?.description).toBe('New')
})

test('what could not be registered is said before a proof is asked for', async () => {
  const { actor, path } = await stale()
  const form = formTo(await actor.browser.open(path), path)
  const shown = await actor.browser.submit(form, { redirect_uris: `${uri}\nhttp://app.example/` })
  expect(shown.status).toBe(422)
  expect(wordsOf(shown)).not.toContain(page)
})

test('wrong passwords there are counted like all others', async () => {
  const { actor, path } = await stale()
  const form = formTo(await actor.browser.open(`${path}/delete`), `${path}/delete`)
  let shown = await actor.browser.submit(form)
  for (let time = 0; time < 12 && shown.status !== 429; time += 1)
    shown = await actor.browser.submit(formTo(shown, form.action), { password: `wrong pass-phrase ${time}` })
  expect(shown.status).toBe(429)
  expect(Number(shown.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(wordsOf(shown)).toContain('Too many wrong passwords')
})

import { randomBytes } from 'node:crypto'
import type { Newcomer } from '@stagedoor/testkit/newcomer'
import type { TestServer } from '@stagedoor/testkit/server'
import { App } from '@stagedoor/testkit/wire-app'
import { type Browser, type Form, formTo, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect } from 'vitest'
import { passkeyOf } from './passkey.ts'

const uri = 'https://app.example/cb'
const moved = 'https://app.example/moved'
const unique = () => randomBytes(5).toString('hex')

/** A form of who is signed in, filled in and not sent. */
export interface Filled {
  readonly form: Form
  /** What was typed; the names of passwords hold `password`. */
  readonly typed: Readonly<Record<string, string>>
  /** Whether what the form says has become true. */
  isDone(): Promise<boolean>
}

export type Actor = Newcomer<TestServer>

const idOf = async ({ person, server }: Actor): Promise<number> =>
  (await server.store.findUserByHandle(person.handle))?.id ?? expect.unreachable()
const isSignedIn = async (browser: Browser) => (await browser.open('/account')).url.endsWith('/account')
const filledOn = async ({ browser }: Actor, page: string, action: string) =>
  formTo(await browser.open(page), action)

const pendingEmail = async (actor: Actor) =>
  actor.server.store.findPendingEmail(await idOf(actor), Date.now())

/** Registers an app of one's own; answers its page. */
export async function ownApp({ browser }: Actor): Promise<{ path: string; apiKey: string }> {
  const form = formTo(await browser.open('/developers'), '/developers')
  const shown = await browser.submit(form, {
    name: `App ${unique()}`,
    redirect_uris: uri,
    development_uris: '',
  })
  const { pathname } = new URL(shown.url)
  return { path: pathname, apiKey: pathname.split('/').at(-1) ?? '' }
}

/** Lets an app of somebody's own use their account. */
async function allowedApp(actor: Actor) {
  const { apiKey } = await ownApp(actor)
  const app = new App(actor.server.url, { apiKey }, uri)
  const { access } = await app.pair(actor.browser)
  return { hasEnded: async () => (await app.me(access)) === 401 }
}

export type Fill = (actor: Actor) => Promise<Filled>

/** Every form of the portal and the account that changes something. */
export const forms: Readonly<Record<string, Fill>> = {
  'creating an app': async (actor) => {
    const typed = { name: `App ${unique()}`, redirect_uris: `${uri}\nmyapp://callback` }
    return {
      form: await filledOn(actor, '/developers', '/developers'),
      typed,
      isDone: async () => (await actor.server.store.listAppsOf(await idOf(actor))).length === 1,
    }
  },
  'changing an app': async (actor) => {
    const { path, apiKey } = await ownApp(actor)
    const typed = { name: `App ${unique()}`, description: 'Two\nlines & <more>', redirect_uris: moved }
    return {
      form: await filledOn(actor, path, path),
      typed,
      isDone: async () => {
        const app = await actor.server.store.findApp(apiKey)
        return app?.name === typed.name && app.redirectUris.join() === moved
      },
    }
  },
  'adding a redirect URI': async (actor) => {
    const { path, apiKey } = await ownApp(actor)
    return {
      form: await filledOn(actor, `${path}/quickstart`, `${path}/redirect-uris`),
      typed: { redirect_uri: moved },
      isDone: async () => (await actor.server.store.findApp(apiKey))?.redirectUris.includes(moved) ?? false,
    }
  },
  'deleting an app': async (actor) => {
    const { path, apiKey } = await ownApp(actor)
    return {
      form: await filledOn(actor, `${path}/delete`, `${path}/delete`),
      typed: {},
      isDone: async () => (await actor.server.store.findApp(apiKey)) === undefined,
    }
  },
  'making a management token': async (actor) => {
    const userId = await idOf(actor)
    return {
      form: await filledOn(actor, '/developers/tokens', '/developers/tokens'),
      typed: { name: 'Nightly' },
      isDone: async () => (await actor.server.store.listManagementTokens(userId, Date.now())).length === 1,
    }
  },
  'setting a webhook': async (actor) => {
    const { path, apiKey } = await ownApp(actor)
    const url = 'https://app.example/hook'
    return {
      form: await filledOn(actor, `${path}/webhooks`, `${path}/webhooks`),
      typed: { url },
      isDone: async () => (await actor.server.store.findWebhook(apiKey))?.url === url,
    }
  },
  'saving the profile': async (actor) => {
    const typed = { name: 'Someone New', bio: 'Two\nlines', location: 'Here', website: 'https://a.example/' }
    return {
      form: await filledOn(actor, '/account', '/account/profile'),
      typed,
      isDone: async () =>
        (await actor.server.store.findUserByHandle(actor.person.handle))?.name === typed.name,
    }
  },
  'changing the password': async (actor) => {
    const password = 'a changed pass-phrase'
    return {
      form: await filledOn(actor, '/account/security', '/account/password'),
      typed: { password: actor.person.password, new_password: password },
      isDone: async () => isSignedIn(await signedIn(actor.server.url, { ...actor.person, password })),
    }
  },
  'asking for another email': async (actor) => {
    const typed = { new_email: `${unique()}@example.org`, password: actor.person.password }
    return {
      form: await filledOn(actor, '/account/security', '/account/email'),
      typed,
      isDone: async () => (await pendingEmail(actor)) === typed.new_email,
    }
  },
  'keeping the old email': async (actor) => {
    const asked = await filledOn(actor, '/account/security', '/account/email')
    const fields = { new_email: `${unique()}@example.org`, password: actor.person.password }
    await actor.browser.submit(asked, fields)
    return {
      form: await filledOn(actor, '/account/security', '/account/email/cancel'),
      typed: {},
      isDone: async () => (await pendingEmail(actor)) === undefined,
    }
  },
  'removing a passkey': async (actor) => {
    const userId = await idOf(actor)
    await passkeyOf(actor.person, actor.server.url)
    return {
      form: await filledOn(actor, '/account/security', '/account/passkeys/remove'),
      typed: {},
      isDone: async () => (await actor.server.store.listPasskeys(userId)).length === 0,
    }
  },
  'signing one browser out': async (actor) => {
    const other = await signedIn(actor.server.url, actor.person)
    return {
      form: await filledOn(actor, '/account/security', '/account/sessions/end'),
      typed: {},
      isDone: async () => !(await isSignedIn(other)),
    }
  },
  'signing every other browser out': async (actor) => {
    const other = await signedIn(actor.server.url, actor.person)
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
    isDone: async () => !(await isSignedIn(await signedIn(actor.server.url, actor.person))),
  }),
}

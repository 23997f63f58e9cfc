import { wav } from '@stagedoor/testkit/media'
import type { Newcomer } from '@stagedoor/testkit/newcomer'
import type { TestServer } from '@stagedoor/testkit/server'
import { Sender } from '@stagedoor/testkit/tus-sender'
import { type App, type Changes, encoded, newVerifier, post } from '@stagedoor/testkit/wire-app'
import { Browser, formTo, type Shown, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect } from 'vitest'
import { mailTo } from './mail.ts'
import { managementToken } from './manager.ts'
import { passkeyOf } from './passkey.ts'
import { create, keyOn } from './registered.ts'
import { ask, linkTo } from './reset.ts'

/** Somebody, and an app that they may be logged in to. */
export interface Actor extends Newcomer<TestServer> {
  readonly app: App
}

/** Gets ready, and answers what tries to get in by that: whether it did. */
export type Way = (actor: Actor) => Promise<() => Promise<boolean>>

/** Where the app of an actor is returned to. */
export const uri = 'https://app.example/cb'
/** What a server of the operator's proves itself with. */
export const secretOfRadio = 'secret-of-the-other-server-0123456789'

const isIn = async (browser: Browser) => (await browser.open('/account')).url.endsWith('/account')
const hasCode = ({ leftFor }: Shown) => leftFor?.includes('code=') ?? false
const isGood = ({ status }: { readonly status: number }) => status >= 200 && status < 300
const json = 'application/json'
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function pushed({ app, server }: Actor, changes: Changes = {}) {
  const body = new URLSearchParams(app.authorizePath(changes).split('?')[1])
  body.set('client_id', app.apiKey ?? '')
  body.delete('api_key')
  return post(`${server.url}/v1/oauth/par`, body.toString(), 'application/x-www-form-urlencoded')
}

async function deviceLogin({ app }: Actor) {
  const { status, body } = await app.post('/v1/oauth/device_authorization', { client_id: app.apiKey })
  const { device_code: code, user_code: userCode } = body
  const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: String(code) }
  return { status, userCode, poll: () => app.post('/v1/oauth/token', { ...grant, client_id: app.apiKey }) }
}

async function allowDevice({ browser }: Actor, userCode: unknown): Promise<Shown> {
  const page = await browser.open(`/device/allow?user_code=${userCode}`)
  return browser.submit(formTo(page, '/device/answer'), { answer: 'allow' })
}

/** A form that was open before, sent now. */
const later =
  (browser: Browser, page: Shown, action: string, fields: Readonly<Record<string, string>> = {}) =>
  async () =>
    browser.submit(formTo(page, action), fields)

/** How an app acts for a person, or is let to. */
export const ofApps: Readonly<Record<string, Way>> = {
  'a login that was allowed before': async ({ app, browser }) => {
    await app.logIn(browser)
    return async () => hasCode(await app.begin(browser))
  },
  'a login without a page': async ({ app, browser }) => {
    await app.logIn(browser)
    return async () => hasCode(await app.begin(browser, { prompt: 'none' }))
  },
  'a login that is asked for once more': async ({ app, browser }) => {
    const path = app.authorizePath({}, newVerifier())
    await browser.allow(await browser.open(path))
    return async () => hasCode(await browser.open(path))
  },
  'the page that asks': async ({ app, browser }) => {
    const sent = later(browser, await app.begin(browser, { prompt: 'consent' }), '/consent')
    return async () => hasCode(await sent())
  },
  'a request that was pushed': async (actor) => {
    await actor.app.logIn(actor.browser)
    const { body } = await pushed(actor)
    const named = encoded({ client_id: actor.app.apiKey, request_uri: String(body['request_uri']) })
    return async () => hasCode(await actor.browser.open(`/v1/oauth/authorize?${named}`))
  },
  'a code that was not exchanged': async ({ app, browser }) => {
    const login = await app.logIn(browser)
    return async () => isGood(await app.exchange(login))
  },
  'a refresh token': async ({ app, browser }) => {
    const { refresh } = await app.pair(browser)
    return async () => isGood(await app.refresh(refresh))
  },
  'a refresh token whose answer was lost': async ({ app, browser }) => {
    const { refresh } = await app.pair(browser)
    await app.refresh(refresh)
    return async () => isGood(await app.refresh(refresh))
  },
  'an access token': async ({ app, browser }) => {
    const { access } = await app.pair(browser)
    return async () => (await app.me(access)) === 200
  },
  'an access token, to write': async ({ app, browser, server }) => {
    const { access } = await app.pair(browser, { scope: 'write' })
    const body = JSON.stringify({ playlist_name: 'List' })
    return async () => isGood(await post(`${server.url}/v1/playlists`, body, json, bearer(access)))
  },
  'an access token, by the words of a program': async ({ app, browser, server }) => {
    const { access } = await app.pair(browser)
    const call = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
    const headers = { ...bearer(access), accept: 'application/json, text/event-stream' }
    return async () => isGood(await post(`${server.url}/mcp`, call, json, headers))
  },
  'an access token that another server asks about': async ({ app, browser, server }) => {
    const { access } = await app.pair(browser)
    const headers = { authorization: `Basic ${btoa(`radio:${secretOfRadio}`)}` }
    const form = 'application/x-www-form-urlencoded'
    return async () =>
      (await post(`${server.url}/v1/oauth/introspect`, `token=${access}`, form, headers)).body['active'] ===
      true
  },
  'a new upload': async ({ app, browser, server }) => {
    const { access } = await app.pair(browser, { scope: 'write' })
    return async () =>
      isGood(await new Sender(server.url, access).post(3, { template: 'audio', filename: 'a.mp3' }))
  },
  'the rest of an upload': async ({ app, browser, server }) => {
    const { access } = await app.pair(browser, { scope: 'write' })
    const sender = new Sender(server.url, access)
    const bytes = wav(1)
    const url = await sender.create(bytes.length, { template: 'audio', filename: 'a.wav' })
    const begun = bytes.subarray(0, 1000)
    await sender.patch(url, 0, begun)
    return async () => isGood(await sender.patch(url, begun.length, bytes.subarray(begun.length)))
  },
  'a device that waits': async (actor) => {
    const { userCode, poll } = await deviceLogin(actor)
    const page = await actor.browser.open(`/device/allow?user_code=${userCode}`)
    const sent = later(actor.browser, page, '/device/answer', { answer: 'allow' })
    return async () => {
      await sent()
      return isGood(await poll())
    }
  },
  'a device that was allowed': async (actor) => {
    const { userCode, poll } = await deviceLogin(actor)
    await allowDevice(actor, userCode)
    return async () => isGood(await poll())
  },
}

/** How a person, or a program of theirs, gets in. */
export const ofPeople: Readonly<Record<string, Way>> = {
  'the password':
    async ({ person, server }) =>
    async () =>
      isIn(await signedIn(server.url, person)),
  'a session':
    async ({ browser }) =>
    async () =>
      isIn(browser),
  'a passkey': async ({ person, server }) => {
    const device = await passkeyOf(person, server.url)
    const browser = new Browser(server.url)
    const form = formTo(await browser.open('/sign-in'), '/sign-in/passkey')
    const { options } = JSON.parse((await browser.post('/sign-in/passkey/options', form.fields)).text)
    return async () => {
      await browser.submit(form, { credential: device.get(options) })
      return isIn(browser)
    }
  },
  'a link to a new password': async ({ email, server }) => {
    await ask(server, email)
    const link = await linkTo(server, email)
    const browser = new Browser(server.url)
    const page = await browser.open(link)
    return async () => {
      await browser.submit(formTo(page, '/reset-password/new'), { new_password: 'another pass-phrase' })
      return isIn(browser)
    }
  },
  'a link that proves another email': async ({ browser, person, server }) => {
    const email = `other-${person.handle}@example.com`
    const form = formTo(await browser.open('/account/security'), '/account/email')
    await browser.submit(form, { new_email: email, password: person.password })
    await expect.poll(() => mailTo(email, server)).not.toEqual([])
    const [mail] = await mailTo(email, server)
    const opened = new Browser(server.url)
    const sent = later(opened, await opened.open(mail?.link ?? ''), '/confirm-email')
    return async () => {
      await sent()
      return (await server.store.findUserByHandle(person.handle))?.email === email
    }
  },
  'a management token': async ({ browser, server }) => {
    const token = await managementToken(browser)
    const body = JSON.stringify({ name: `App ${crypto.randomUUID().slice(0, 8)}`, redirect_uris: [uri] })
    return async () => isGood(await post(`${server.url}/v1/developer-apps`, body, json, bearer(token)))
  },
  'the log of an app, live': async ({ browser, server }) => {
    const apiKey = keyOn(await create(browser))
    return async () => {
      const cookie = Array.from(browser.cookies, ([name, value]) => `${name}=${value}`).join('; ')
      const stream = await fetch(`${server.url}/developers/${apiKey}/log/events`, {
        headers: { cookie },
        redirect: 'manual',
      })
      await stream.body?.cancel()
      return stream.status === 200
    }
  },
  'where an app is told': async ({ browser, server }) => {
    const path = `/developers/${keyOn(await create(browser))}`
    const page = await browser.open(`${path}/webhooks`)
    const apiKey = path.split('/').at(-1) ?? ''
    const sent = later(browser, page, `${path}/webhooks`, { url: 'https://app.example/hook' })
    return async () => {
      await sent()
      return (await server.store.findWebhook(apiKey)) !== undefined
    }
  },
}

/** How the owner of an app tries it. */
export const testLogin: Way = async ({ browser, app }) => {
  const path = `/developers/${app.apiKey}/test-login`
  const consent = await browser.submit(formTo(await browser.open(path), path))
  const allowed = await browser.post('/consent', formTo(consent, '/consent').fields)
  const callback = allowed.headers.get('location') ?? ''
  return async () => (await browser.open(callback)).text.includes('6. The app logs out')
}

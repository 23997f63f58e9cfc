import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verifyWebhook } from '@stagedoor/testkit/sdk'
import { fileServer, hour, ownServer } from '@stagedoor/testkit/server'
import { App, get } from '@stagedoor/testkit/wire-app'
import {
  type Browser,
  formTo,
  jun,
  nova,
  type Shown,
  signedIn,
  wordsOf,
} from '@stagedoor/testkit/wire-browser'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, expect, test } from 'vitest'

const server = await fileServer()
server.stopClock()

interface Message {
  readonly path: string
  readonly id: string
  readonly type: string
  readonly data: { readonly user_id?: string }
  readonly body: string
  readonly seconds: number
  readonly signature: string
  readonly logout_token?: string
}

const received: Message[] = []
let answer = (_: Message, response: ServerResponse): unknown => response.writeHead(204).end()
const receiver = createServer((request, response) => void take(request, response))
await once(receiver.listen(0, '127.0.0.1'), 'listening')
afterAll(() => {
  receiver.closeAllConnections()
  receiver.close()
})

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of request) body += chunk
  const header = (name: string) => String(request.headers[name])
  const isForm = header('content-type') === 'application/x-www-form-urlencoded'
  const message = {
    ...(isForm ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body)),
    path: request.url ?? '',
    body,
    id: header('webhook-id'),
    seconds: Number(header('webhook-timestamp')),
    signature: header('webhook-signature'),
  }
  received.push(message)
  answer(message, response)
}

// Listening on a port, it has an address with one.
const origin = `http://localhost:${(receiver.address() as AddressInfo).port}`
const to = (path: string) => received.filter((message) => message.path === path)

let made = 0

/** An app with a webhook of its own, its developer's browser, and the secret. */
async function appWithWebhook(at = server) {
  made += 1
  const path = `/hook-${made}`
  const developer = await signedIn(at.url, jun)
  const redirectUri = 'https://app.example/cb'
  const created = await developer.submit(formTo(await developer.open('/developers'), '/developers'), {
    name: `Told ${made}`,
    redirect_uris: redirectUri,
  })
  const apiKey = /\/developers\/([\da-f]{40})/.exec(created.url)?.[1] ?? ''
  const page = `/developers/${apiKey}/webhooks`
  const shown = await developer.submit(formTo(await developer.open(page), page), { url: origin + path })
  return { app: new App(at.url, { apiKey }, redirectUri), developer, page, path, secret: secretOn(shown) }
}

const secretOn = (page: Shown): string => /id="webhook-secret">([^<]+)</.exec(page.text)?.[1] ?? ''

const isSigned = ({ id, seconds, body, signature }: Message, secret: string): boolean => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  return signature === `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
}

const press = async (browser: Browser, page: string, button: string): Promise<Shown> =>
  browser.submit(formTo(await browser.open(page), `${page}${button}`))

test('an app is told in signed messages that a profile changed and that its access ended', async () => {
  const { app, path, secret } = await appWithWebhook()
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
  const browser = await signedIn(server.url, nova)
  const { access } = await app.pair(browser, { scope: 'write' })
  const { sub } = (await get(`${server.url}/v1/me`, { authorization: `Bearer ${access}` })).body
  const changed = await fetch(`${server.url}/v1/users/${sub}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
    body: JSON.stringify({ bio: 'Another' }),
  })
  expect(changed.status).toBe(200)
  const apps = await browser.open('/account/apps')
  await browser.submit(formTo(apps, '/account/apps/end'))
  await server.sendWebhooks()
  // Several are sent at once, in whatever order they arrive.
  const told = to(path).toSorted((one, other) => one.type.localeCompare(other.type))
  expect(told.map(({ type, data }) => ({ type, data }))).toEqual([
    { type: 'access.ended', data: { user_id: sub } },
    { type: 'profile.changed', data: { user_id: sub } },
  ])
  expect(to(path).map((message) => isSigned(message, secret))).toEqual([true, true])
  expect(new Set(to(path).map(({ id }) => id)).size).toBe(2)
  const first = told.at(-1)
  const headers = {
    'webhook-id': first?.id,
    'webhook-timestamp': String(first?.seconds),
    'webhook-signature': first?.signature,
  }
  const now = (first?.seconds ?? 0) * 1000
  expect(await verifyWebhook({ headers, body: first?.body ?? '' }, secret, { now })).toMatchObject({
    type: 'profile.changed',
    userId: sub,
  })
})

test('a receiver that fails is asked again later, less and less often, with the same id, until it takes the message', async () => {
  const { developer, page, path } = await appWithWebhook()
  answer = (_, response) => response.writeHead(to(path).length < 3 ? 503 : 200).end()
  await press(developer, page, '/test')
  await server.sendWebhooks()
  await server.sendWebhooks()
  expect(to(path)).toHaveLength(1)
  expect(wordsOf(await developer.open(page))).toContain('Waiting')
  server.advance(hour)
  await server.sendWebhooks()
  expect(to(path)).toHaveLength(2)
  expect(wordsOf(await developer.open(page))).toContain('2 attempts. The last was answered with status 503')
  server.advance(hour)
  await server.sendWebhooks()
  server.advance(hour)
  await server.sendWebhooks()
  expect(to(path)).toHaveLength(3)
  expect(new Set(to(path).map(({ id }) => id)).size).toBe(1)
  expect(wordsOf(await developer.open(page))).toContain('Arrived')
  await press(developer, page, '/replay')
  await server.sendWebhooks()
  expect(to(path).map(({ id }) => id)[3]).toBe(to(path)[0]?.id)
})

test('a redirect is no delivery and is not followed, and 410 ends it (WH-1)', async () => {
  const { developer, page, path } = await appWithWebhook()
  answer = (_, response) => response.writeHead(302, { location: `${origin}/elsewhere` }).end()
  await press(developer, page, '/test')
  await server.sendWebhooks()
  expect(to('/elsewhere')).toEqual([])
  expect(wordsOf(await developer.open(page))).toContain('status 302')
  answer = (_, response) => response.writeHead(410).end()
  server.advance(hour)
  await server.sendWebhooks()
  expect(to(path)).toHaveLength(2)
  expect(wordsOf(await developer.open(page))).toContain('Given up')
})

test('what a receiver says after its status is not waited for, however long it is', async () => {
  const { developer, page, path } = await appWithWebhook()
  answer = (_, response) => response.writeHead(200).write('x'.repeat(100_000))
  await press(developer, page, '/test')
  await server.sendWebhooks()
  expect(wordsOf(await developer.open(page))).toContain('Arrived')
  server.advance(hour)
  await server.sendWebhooks()
  expect(to(path)).toHaveLength(1)
})

test('of any number of nodes one sends a message, and two at once send it once (WH-2)', async () => {
  const { developer, page, path } = await appWithWebhook()
  answer = (_, response) => response.writeHead(204).end()
  await press(developer, page, '/test')
  const now = Date.now() + 100 * hour
  const claims = await Promise.all(
    Array.from({ length: 5 }, () => server.store.claimDelivery(now, now + hour)),
  )
  expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1)
  await server.sendWebhooks()
  expect(to(path)).toEqual([])
})

test('another secret signs from then on, and it is shown this once (WH-3)', async () => {
  const { developer, page, path, secret } = await appWithWebhook()
  answer = (_, response) => response.writeHead(204).end()
  const shown = await developer.open(page)
  expect(shown.text).not.toContain('whsec_')
  const form = {
    action: page,
    formActions: [],
    fields: { ...formTo(shown, page).fields, url: origin + path },
  }
  const nonce = /name="nonce" value="([^"]+)"/.exec(shown.text)?.[1] ?? ''
  const other = secretOn(await developer.submit(form, { nonce }))
  expect(other).not.toBe(secret)
  expect(wordsOf(await developer.open(`${page}?shown=0123456789abcdef`))).toContain(
    'The secret was already shown',
  )
  // Pressed twice, a button loses nothing.
  expect(secretOn(await developer.submit(form, { nonce }))).toBe(other)
  await press(developer, page, '/test')
  await server.sendWebhooks()
  expect(to(path).map((message) => [isSigned(message, other), isSigned(message, secret)])).toEqual([
    [true, false],
  ])
})

test('an address inside the network is sent nothing (WH-4, IN-2)', async () => {
  const own = await ownServer({ PRIVATE_NETWORKS: 'none' })
  const { developer, page, path } = await appWithWebhook(own)
  await press(developer, page, '/test')
  await own.sendWebhooks()
  expect(to(path)).toEqual([])
  expect(wordsOf(await developer.open(page))).toContain('Its host is not on the public internet')
})

test.each([
  ['', 'is missing'],
  ['http://example.com/hook', 'must begin with https://'],
  ['ftp://example.com/hook', 'must begin with https://'],
  ['https://a:b@example.com/hook', 'user name or password'],
  ['https://example.com/hook#a', 'fragment'],
  [`https://example.com/${'x'.repeat(500)}`, 'longer than'],
])('%s is refused as an address', async (url, words) => {
  const { developer, page } = await appWithWebhook()
  const shown = await developer.submit(formTo(await developer.open(page), page), { url })
  expect(shown.status).toBe(422)
  expect(wordsOf(shown)).toContain(words)
})

test('another developer’s webhook is out of reach, and a removed one is told nothing (WH-5)', async () => {
  const { app, developer, page, path } = await appWithWebhook()
  const stranger = await signedIn(server.url, nova)
  expect((await stranger.open(page)).status).toBe(404)
  const { csrf = '' } = formTo(await stranger.open('/developers/tokens'), '/developers/tokens').fields
  for (const button of ['', '/test', '/replay', '/remove'])
    expect((await stranger.post(page + button, { csrf, url: `${origin}/evil` })).status).toBe(404)
  await app.pair(stranger)
  await press(developer, page, '/remove')
  await stranger.submit(formTo(await stranger.open('/account/apps'), '/account/apps/end'))
  await server.sendWebhooks()
  expect(to(path)).toEqual([])
})

test('an app is told in a signed token that a session ended in which somebody was logged in to it', async () => {
  const { app, developer, page } = await appWithWebhook()
  const logoutPath = `/logout-${made}`
  const form = formTo(await developer.open(page), `${page}/logout`)
  expect((await developer.submit(form, { logout_uri: 'ftp://x.example/' })).status).toBe(422)
  await developer.submit(form, { logout_uri: origin + logoutPath })
  answer = (_, response) => response.writeHead(200).end()
  const person = await signedIn(server.url, nova)
  const openid = { scope: 'openid read' }
  const issued = await app.exchange(await app.logIn(person, openid))
  await app.exchange(await app.logIn(await signedIn(server.url, nova), openid))
  await app.exchange(await app.logIn(await signedIn(server.url, jun), { scope: 'read' }))
  await person.submit(formTo(await person.open('/sign-out'), '/sign-out'))
  await server.sendWebhooks()
  expect(to(logoutPath)).toHaveLength(1)
  const keys = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`))
  const { payload } = await jwtVerify(to(logoutPath)[0]?.logout_token ?? '', keys, {
    issuer: server.url,
    audience: app.apiKey ?? '',
    typ: 'logout+jwt',
  })
  const { sid, sub } = decodeJwt(String(issued.body['id_token']))
  expect(payload).toMatchObject({
    sid,
    sub,
    jti: expect.any(String),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  })
  expect(payload).not.toHaveProperty('nonce')
  await person.submit(formTo(await person.open('/sign-in'), '/sign-in'), {
    login: nova.handle,
    password: nova.password,
  })
  const apps = await person.open('/account/apps')
  await person.submit({
    ...formTo(apps, '/account/apps/end'),
    fields: { ...formTo(apps, '/account/apps/end').fields, api_key: app.apiKey ?? '' },
  })
  await server.sendWebhooks()
  expect(to(logoutPath)).toHaveLength(3)
})

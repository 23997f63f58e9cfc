import { fileServer, minute } from '@stagedoor/testkit/server'
import { answerTo, get, newVerifier, pairOf } from '@stagedoor/testkit/wire-app'
import { type Browser, formTo, jun, nova, type Person, sam, signedIn } from '@stagedoor/testkit/wire-browser'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { hashPassword } from '../../src/accounts/password.ts'
import { developed } from './developer.ts'

// Nothing is sent, so what would be waits in the store.
const server = await fileServer({ WEBHOOKS: 'false' })
const { store } = server

const { app, apiKey, ownerId, browser: developer } = await developed(server, sam)
await store.setWebhook(apiKey, ownerId, { url: 'https://app.example/', sealedSecret: new Uint8Array(1) }, 1)
await store.setLogoutUri(apiKey, ownerId, 'https://app.example/logout')

async function logIn(person: Person = nova) {
  const browser = await signedIn(server.url, person)
  const issued = await app.exchange(await app.logIn(browser, { scope: 'openid read' }))
  return { browser, sid: String(decodeJwt(String(issued.body['id_token']))['sid']) }
}

/** What the app is told of since it was last asked. */
async function told(): Promise<{ logouts: readonly (string | null)[]; events: readonly string[] }> {
  const [logouts, events]: [(string | null)[], string[]] = [[], []]
  const now = Date.now() + minute
  for (;;) {
    const delivery = await store.claimDelivery(now, now + minute)
    if (delivery === undefined) return { logouts: logouts.sort(), events: events.sort() }
    if (delivery.event === 'logout') logouts.push(delivery.sid)
    else events.push(delivery.event)
    const { id, attempts: attempt } = delivery
    await store.settleDelivery({ id, attempt, deliveredAt: now, dueAt: null, status: 204, fault: null })
  }
}

describe('who signs in again in the same browser goes on in the same session,', () => {
  const signOut = async (browser: Browser) =>
    browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))

  test('and an app of before is told when it ends', async () => {
    const { browser, sid } = await logIn(jun)
    const page = await app.begin(browser, { scope: 'openid read', prompt: 'login' })
    const end = await browser.signIn(page, jun)
    expect(end.leftFor).toContain('code=')
    expect(await told()).toEqual({ logouts: [], events: [] })
    const again = await app.exchange(await app.logIn(browser, { scope: 'openid read' }))
    expect(decodeJwt(String(again.body['id_token']))['sid']).toBe(sid)
    await signOut(browser)
    expect(await told()).toEqual({ logouts: [sid], events: [] })
  })

  test('as by the password that they have just changed', async () => {
    const { browser, sid } = await logIn(jun)
    const password = { password: jun.password, new_password: 'another pass-phrase of jun' }
    const { action, fields } = formTo(await browser.open('/account/security'), '/account/password')
    const { end_apps: _, ...others } = fields
    expect((await browser.post(action, { ...others, ...password })).status).toBe(303)
    expect(await told()).toEqual({ logouts: [], events: [] })
    await signOut(browser)
    expect(await told()).toEqual({ logouts: [sid], events: [] })
    await server.store.setPassword('jun', await hashPassword(jun.password), Date.now())
    await told()
  })

  test('from another browser as well where the page Security ends it', async () => {
    const [here, there] = [await logIn(jun), await logIn(jun)]
    await there.browser.signIn(await there.browser.open('/sign-in'), jun)
    const page = await here.browser.open('/account/security')
    await here.browser.submit(formTo(page, '/account/sessions/end'))
    expect(await told()).toEqual({ logouts: [there.sid], events: [] })
  })
})

describe('a login that ends alone', () => {
  test('is no end of the session: its app has revoked it, or asked again for a lost answer', async () => {
    const browser = await signedIn(server.url, jun)
    const verifier = newVerifier()
    const login = await app.logIn(browser, { scope: 'openid read' })
    await app.revoke(pairOf(await app.exchange(login)).refresh)
    const path = app.authorizePath({ scope: 'openid read', state: 'lost' }, verifier)
    const first = answerTo(await browser.open(path), app.redirectUri)['code'] ?? ''
    await app.exchange({ code: first, verifier })
    const second = answerTo(await browser.open(path), app.redirectUri)['code'] ?? ''
    const kept = await app.exchange({ code: second, verifier })
    expect(await told()).toEqual({ logouts: [], events: [] })
    await browser.submit(formTo(await browser.open('/sign-out'), '/sign-out'))
    expect(await told()).toEqual({ logouts: [decodeJwt(String(kept.body['id_token']))['sid']], events: [] })
  })

  test('by the page Apps is told with the session of each of its logins', async () => {
    const [one, other] = [await logIn(jun), await logIn(jun)]
    const form = formTo(await one.browser.open('/account/apps'), '/account/apps/end')
    await one.browser.submit(form)
    const { logouts, events } = await told()
    expect(logouts).toEqual(expect.arrayContaining([one.sid, other.sid]))
    expect(events).toEqual(['access.ended'])
  })
})

test('an app is told of every way in which a session or its access ends (OC-12)', async () => {
  const [kept, other, third] = [await logIn(), await logIn(), await logIn()]
  const security = '/account/security'
  await kept.browser.submit(formTo(await kept.browser.open(security), '/account/sessions/end-others'))
  expect(await told()).toEqual({ logouts: [other.sid, third.sid].sort(), events: [] })

  const switched = await logIn()
  const password = { password: nova.password, new_password: 'another pass-phrase of nova' }
  const { action, fields } = formTo(await kept.browser.open(security), '/account/password')
  const { end_apps: _, ...others } = fields
  expect((await kept.browser.post(action, { ...others, ...password })).status).toBe(303)
  expect(await told()).toEqual({ logouts: [switched.sid], events: [] })

  const ofJun = await logIn(jun)
  const signIn = formTo(await ofJun.browser.open('/sign-in?switch=yes'), '/sign-in')
  await ofJun.browser.submit(signIn, { login: sam.handle, password: sam.password })
  expect(await told()).toEqual({ logouts: [ofJun.sid], events: [] })

  await store.suspendApp(apiKey, Date.now())
  const suspended = await told()
  expect(suspended.events.length).toBeGreaterThan(1)
  expect(new Set(suspended.events)).toEqual(new Set(['access.ended']))
  await store.resumeApp(apiKey, Date.now())
  const last = await logIn(jun)
  await store.deleteApp(apiKey, Date.now())
  expect(await told()).toEqual({ logouts: [last.sid], events: ['access.ended'] })
})

test('switched off, there is no page for it, and metadata says so', async () => {
  const { apiKey } = await developed(server, sam)
  expect((await developer.open(`/developers/${apiKey}/webhooks`)).status).toBe(404)
  expect((await developer.open(`/developers/${apiKey}`)).text).not.toContain('Webhooks')
  const { body } = await get(`${server.url}/.well-known/openid-configuration`)
  expect(body['backchannel_logout_supported']).toBe(false)
})

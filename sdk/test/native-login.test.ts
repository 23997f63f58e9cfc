import { FakePhone } from '@stagedoor/testkit/fake-phone'
import { runFastClock } from '@stagedoor/testkit/fast-clock'
import { DEEP_LINK, rejection, requestOf, sdkOnPhone, sleep, until } from '@stagedoor/testkit/sdk'
import { refusal, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test, vi } from 'vitest'
import type { OAuth } from '../src/oauth.ts'

const exchanges = (server: TokenServer) => server.to('/v1/oauth/token')
const waiting = ({ disk }: FakePhone) => [...disk.keys()].filter((key) => key.includes(':login:'))

/** A login whose page the phone shows. */
async function shown(system: FakePhone['system'], options: Parameters<OAuth['login']>[0] = {}) {
  const server = await serve()
  const phone = new FakePhone(system)
  const oauth = sdkOnPhone(phone.app, server.url)
  const login = oauth.login(options)
  login.catch(() => {})
  await until(() => phone.page !== null)
  return { server, phone, oauth, login, page: phone.page }
}

describe.each(['ios', 'android'] as const)('a login on %s', (system) => {
  test('shows the page, takes its answer and keeps the tokens (RN-1)', async () => {
    const { server, phone, oauth, login, page } = await shown(system)
    expect(requestOf(page ?? '')).toMatchObject({ redirect_uri: DEEP_LINK, display: 'fullScreen' })
    phone.answer()
    await login
    expect(exchanges(server).map(({ body }) => body)).toMatchObject([
      { code: 'abc', redirect_uri: DEEP_LINK },
    ])
    expect(await oauth.getUser()).toMatchObject({ handle: 'ada' })
    expect([...phone.disk.values()].join()).toContain('"accessToken":"access1"')
    await until(() => waiting(phone).length === 0)
  })

  test('may end at a universal link, which no other app can claim (RN-12)', async () => {
    const redirectUri = 'https://app.example/done'
    const { server, phone, login } = await shown(system, { redirectUri })
    phone.answer()
    await login
    expect(exchanges(server).map(({ body }) => body)).toMatchObject([
      { code: 'abc', redirect_uri: redirectUri },
    ])
  })

  test('is saved before the page opens', async () => {
    const { phone } = await shown(system)
    expect(waiting(phone)).toHaveLength(1)
  })

  test('is cancelled when the person closes the page (RN-7)', async () => {
    const { phone, login } = await shown(system)
    phone.closePage()
    expect(await rejection(login)).toMatchObject({ code: 'popup_closed', cancelled: true })
  })

  test('is completed by a link that is late (RN-6)', async () => {
    const { server, phone, oauth, login, page } = await shown(system)
    phone.closePage()
    await rejection(login)
    phone.openLink(phone.linkOf({ code: 'abc' }, page))
    await until(() => oauth.session.status === 'authenticated')
    expect(exchanges(server)).toHaveLength(1)
  })

  test('joins a second one, and makes way for the next', async () => {
    const { server, phone, oauth, login } = await shown(system)
    expect(oauth.login()).toBe(login)
    phone.answer()
    await login
    expect(exchanges(server)).toHaveLength(1)
    oauth.login().catch(() => {})
    await until(() => phone.page !== null)
    phone.answer()
    await until(() => exchanges(server).length === 2)
  })

  test.each([
    [{ error: 'access_denied' }, 'access_denied'],
    [{ code: 'abc', iss: 'https://evil.example' }, 'issuer_mismatch'],
    [{ code: 'abc' }, 'invalid_grant'],
  ])('fails with %j', async (params, code) => {
    const { server, phone, login } = await shown(system)
    server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
    phone.answer(params)
    expect(await rejection(login)).toMatchObject({ code })
  })

  test('handles a doubled link once, and whoever hands it in joins (RN-5)', async () => {
    const { server, phone, oauth, login } = await shown(system)
    const link = phone.answer()
    phone.openLink(link)
    await Promise.all([oauth.handleRedirect(link), login])
    phone.openLink(link)
    await oauth.handleRedirect(link)
    expect(exchanges(server)).toHaveLength(1)
  })

  test('waits on when a forged link comes (RN-3)', async () => {
    const { server, phone, oauth, login } = await shown(system)
    const forged = `${DEEP_LINK}#code=ATT&state=x`
    expect(await rejection(oauth.handleRedirect(forged))).toMatchObject({ code: 'state_mismatch' })
    phone.answer()
    await login
    expect(exchanges(server)).toHaveLength(1)
  })

  test('ends with its signal, and leaves nothing behind', async () => {
    const abort = new AbortController()
    const { server, phone, oauth, login, page } = await shown(system, { signal: abort.signal })
    abort.abort()
    expect(await rejection(login)).toMatchObject({ code: 'aborted', cancelled: true })
    await until(() => waiting(phone).length === 0)
    expect(phone.page === null).toBe(system === 'ios')
    const late = oauth.handleRedirect(phone.linkOf({ code: 'abc' }, page))
    expect(await rejection(late)).toMatchObject({ code: 'state_mismatch' })
    expect(exchanges(server)).toEqual([])
  })

  test('that is aborted while its code is exchanged signs nobody in', async () => {
    const abort = new AbortController()
    const { server, phone, oauth, login } = await shown(system, { signal: abort.signal })
    server.on('/v1/oauth/token', () => {
      abort.abort()
      return { access_token: 'late', refresh_token: 'late' }
    })
    phone.answer()
    expect(await rejection(login)).toMatchObject({ code: 'aborted' })
    await until(() => server.to('/v1/oauth/revoke').length === 1)
    expect(await oauth.isAuthenticated()).toBe(false)
  })

  test('opens nothing when it is aborted already', async () => {
    const server = await serve()
    const phone = new FakePhone(system)
    const login = sdkOnPhone(phone.app, server.url).login({ signal: AbortSignal.abort() })
    expect(await rejection(login)).toMatchObject({ code: 'aborted' })
    expect([phone.page, waiting(phone)]).toEqual([null, []])
  })

  test('opens nothing when it is aborted while it is saved', async () => {
    const server = await serve()
    const phone = new FakePhone(system)
    const abort = new AbortController()
    const login = sdkOnPhone(phone.app, server.url).login({ signal: abort.signal })
    setTimeout(() => abort.abort())
    const rejected = rejection(login)
    abort.abort()
    expect(await rejected).toMatchObject({ code: 'aborted' })
    await sleep(20)
    expect([phone.page, waiting(phone)]).toEqual([null, []])
  })

  test('outlives a clock that jumps by an hour', async () => {
    const { server, phone, login } = await shown(system)
    const now = Date.now()
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now + 3_600_000)
    phone.answer()
    await login
    clock.mockRestore()
    expect(exchanges(server)).toHaveLength(1)
  })

  test('of another instance fails while a page is open, and harms it not', async () => {
    const { server, phone, oauth, login } = await shown(system)
    const other = sdkOnPhone(phone.app, server.url)
    const second = await rejection(other.login())
    expect(second).toMatchObject({ code: 'popup_blocked' })
    expect(second.message).toContain('already open')
    phone.answer()
    await login
    expect([await oauth.isAuthenticated(), await other.isAuthenticated()]).toEqual([true, true])
    expect(exchanges(server)).toHaveLength(1)
  })

  test('signs in at the instance that asked, of two that hear the link', async () => {
    const server = await serve()
    const phone = new FakePhone(system)
    const bystander = sdkOnPhone(phone.app, server.url, { apiKey: undefined, appName: 'Other' })
    expect(await bystander.isAuthenticated()).toBe(false)
    const oauth = sdkOnPhone(phone.app, server.url)
    const login = oauth.login()
    await until(() => phone.page !== null)
    phone.answer()
    await login
    expect([await oauth.isAuthenticated(), await bystander.isAuthenticated()]).toEqual([true, false])
  })

  test('rejects with what keeps the browser from opening', async () => {
    const server = await serve()
    const phone = new FakePhone(system)
    const oauth = sdkOnPhone(phone.app, server.url)
    await oauth.isAuthenticated()
    phone.breaks = true
    expect(await rejection(oauth.login())).toMatchObject({ code: 'popup_blocked' })
  })
})

describe('on Android', () => {
  runFastClock()

  test('the app coming back before the link does not end the login', async () => {
    const { phone, login, page } = await shown('android')
    phone.app.become('active')
    await sleep(300)
    phone.openLink(phone.linkOf({ code: 'abc' }, page))
    await login
  })

  test('a link whose code is exchanged slowly is not taken for none', async () => {
    const { server, phone, login, page } = await shown('android')
    server.on('/v1/oauth/token', async () => {
      await sleep(1200)
      return { access_token: 'slow', refresh_token: 'slow' }
    })
    phone.app.become('active')
    phone.openLink(phone.linkOf({ code: 'abc' }, page))
    await login
  })

  test('a session that is said dismissed before its page is in front goes on', async () => {
    const { phone, login } = await shown('android')
    phone.app.endSession({ type: 'dismiss' })
    await sleep(1200)
    phone.answer()
    await login
  })

  test('the person may look at the app, go back to the page and finish', async () => {
    const { phone, oauth, login, page } = await shown('android')
    phone.app.become('active')
    expect(await rejection(login)).toMatchObject({ code: 'popup_closed' })
    phone.app.become('background')
    phone.openLink(phone.linkOf({ code: 'abc' }, page))
    await until(() => oauth.session.status === 'authenticated')
  })

  test('a forged link that ends the session does not end the login it is not for', async () => {
    const { server, phone, oauth, login, page } = await shown('android')
    phone.openLink(`${DEEP_LINK}#code=ATT&state=x`)
    await sleep(100)
    phone.openLink(phone.linkOf({ code: 'abc' }, page))
    await login
    expect(exchanges(server)).toHaveLength(1)
    expect(await oauth.isAuthenticated()).toBe(true)
  })
})

test('a browser that is locked is said so', async () => {
  const server = await serve()
  const phone = new FakePhone()
  const { app } = phone
  app.webBrowser = () => ({ openAuthSessionAsync: async () => ({ type: 'locked' }), dismissAuthSession() {} })
  const error = await rejection(sdkOnPhone(app, server.url).login())
  expect(error).toMatchObject({ code: 'popup_blocked' })
  expect(error.message).toContain('another page is open')
})

test('an app without expo-web-browser is told so, and can show the page itself', async () => {
  const server = await serve()
  const phone = new FakePhone()
  phone.app.lacks.add('webBrowser')
  const oauth = sdkOnPhone(phone.app, server.url)
  expect(await rejection(oauth.login())).toMatchObject({ code: 'missing_module' })
  await until(() => waiting(phone).length === 0)
  const login = oauth.login({
    openUrl: (url) => {
      phone.page = url
    },
  })
  await until(() => phone.page !== null)
  phone.openLink(phone.linkOf({ code: 'abc' }))
  await login
})

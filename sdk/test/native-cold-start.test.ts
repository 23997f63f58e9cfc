import { FakePhone } from '@stagedoor/testkit/fake-phone'
import { DEEP_LINK, rejection, sdkOnPhone, until } from '@stagedoor/testkit/sdk'
import { refusal, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import type { OAuth } from '../src/oauth.ts'
import type { SessionEvent } from '../src/session/events.ts'

const exchanges = (server: TokenServer) => server.to('/v1/oauth/token')

/** An app that the system killed while the page of a login was open. */
async function killed() {
  const server = await serve()
  const phone = new FakePhone()
  const { app } = phone
  sdkOnPhone(app, server.url).login()
  await until(() => phone.page !== null)
  phone.kill()
  return { server, phone, restart: () => sdkOnPhone(phone.app, server.url) }
}

const calls: [string, (oauth: OAuth, url: string) => Promise<unknown>][] = [
  ['isAuthenticated', (oauth) => oauth.isAuthenticated()],
  ['hasRefreshToken', (oauth) => oauth.hasRefreshToken()],
  ['getUser', (oauth) => oauth.getUser()],
  ['getAccessToken', (oauth) => oauth.getAccessToken()],
  ['refreshAccessToken', (oauth) => oauth.refreshAccessToken()],
  ['fetch', async (oauth, url) => (await oauth.fetch(`${url}/v1/me`)).ok],
  ['handleRedirect', (oauth) => oauth.handleRedirect().then(() => oauth.isAuthenticated())],
]

describe('an app that was killed while the page was open', () => {
  test.each(calls)('is logged in when the link starts it: %s waits for that', async (_name, call) => {
    const { server, phone, restart } = await killed()
    phone.answer()
    expect(await call(restart(), server.url)).toBeTruthy()
    expect(exchanges(server)[0]?.body).toMatchObject({ code: 'abc', redirect_uri: DEEP_LINK })
  })

  test('tells who listens that somebody signed in, and nothing before', async () => {
    const { phone, restart } = await killed()
    phone.answer()
    const oauth = restart()
    const seen: string[] = []
    oauth.subscribe(() => seen.push(oauth.session.status))
    await until(() => oauth.session.status !== 'loading')
    expect(seen).toEqual(['authenticated'])
  })

  test('exchanges the code once, however many ask', async () => {
    const { server, phone, restart } = await killed()
    const link = phone.answer()
    const oauth = restart()
    const other = restart()
    phone.openLink(link)
    await Promise.all([
      oauth.handleRedirect(),
      oauth.handleRedirect(link),
      other.isAuthenticated(),
      oauth.getUser(),
    ])
    expect(exchanges(server)).toHaveLength(1)
  })

  test('is logged in by a link as well when the person started it first (RN-4)', async () => {
    const { phone, restart } = await killed()
    phone.start()
    const oauth = restart()
    expect(await oauth.isAuthenticated()).toBe(false)
    phone.answer()
    await until(() => oauth.session.status === 'authenticated')
  })

  test('ignores the same link in later starts', async () => {
    const { server, phone, restart } = await killed()
    const link = phone.answer()
    await restart().isAuthenticated()
    phone.kill()
    phone.start(link)
    const oauth = restart()
    const events: SessionEvent[] = []
    oauth.on('error', (event) => events.push(event))
    expect(await oauth.isAuthenticated()).toBe(true)
    await oauth.handleRedirect()
    expect(await rejection(oauth.handleRedirect(link))).toMatchObject({ code: 'state_mismatch' })
    expect(events).toEqual([])
    expect(exchanges(server)).toHaveLength(1)
  })

  test('says what its link failed with, to handleRedirect and to who listens, and works on', async () => {
    const { server, phone, restart } = await killed()
    phone.answer({ error: 'access_denied' })
    const oauth = restart()
    const events: SessionEvent[] = []
    oauth.on('error', (event) => events.push(event))
    expect(await oauth.isAuthenticated()).toBe(false)
    expect(events).toMatchObject([{ type: 'error', error: { code: 'access_denied', cancelled: true } }])
    expect(await rejection(oauth.handleRedirect())).toMatchObject({ code: 'access_denied' })
    const login = oauth.login()
    await until(() => phone.page !== null)
    phone.answer()
    await login
    expect(exchanges(server)).toHaveLength(1)
  })

  test('leaves the link of another app’s login to that app (RN-2)', async () => {
    const { server, phone, restart } = await killed()
    const link = phone.answer()
    const other = sdkOnPhone(phone.app, server.url, { apiKey: undefined, appName: 'Other' })
    const oauth = restart()
    const both = [other.isAuthenticated(), oauth.isAuthenticated()]
    await other.handleRedirect(link)
    expect(await Promise.all(both)).toEqual([false, true])
  })

  test('logs out at once, though its link is still being handled', async () => {
    const { server, phone, restart } = await killed()
    phone.answer()
    const oauth = restart()
    server.on('/v1/oauth/token', async () => {
      await oauth.logout()
      return { access_token: 'late', refresh_token: 'late' }
    })
    expect(await oauth.isAuthenticated()).toBe(false)
    await until(() => server.to('/v1/oauth/revoke').length === 1)
  })

  test('is not held up by a server that fails', async () => {
    const { server, phone, restart } = await killed()
    server.on('/v1/oauth/token', refusal(503, 'busy'))
    phone.answer()
    expect(await restart().isAuthenticated()).toBe(false)
  })
})

test.each([null, 'myapp://home', 'myapp://home?code=1', `${DEEP_LINK}#code=ATT&state=x`])(
  'an app started by %s finds its session as it left it',
  async (link) => {
    const server = await serve()
    const phone = new FakePhone()
    await phone.app.platform
      .tokenStore(`stagedoor:${server.url}:0123456789abcdef0123456789abcdef01234567:tokens`)
      .setTokens('access0', 'refresh0')
    phone.kill()
    const oauth = sdkOnPhone(phone.start(link), server.url)
    await oauth.handleRedirect()
    expect(oauth.hasRedirectResult()).toBe(false)
    expect(await oauth.getAccessToken()).toBe('access0')
    expect(exchanges(server)).toEqual([])
  },
)

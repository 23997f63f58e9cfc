import { FakeBrowser, type FakeWindow } from '@stagedoor/testkit/fake-browser'
import { runFastClock } from '@stagedoor/testkit/fast-clock'
import { answer, devices, sdkIn, sleep, start, until } from '@stagedoor/testkit/sdk'
import { refusal, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test, vi } from 'vitest'
import type { OAuth } from '../src/oauth.ts'
import { memoryTokenStore } from '../src/platform/token-store.ts'
import type { SessionEvent } from '../src/session/events.ts'

const refreshes = (server: TokenServer) => server.to('/v1/oauth/token')

/** All that an instance tells from now on. */
function told(oauth: OAuth): SessionEvent[] {
  const events: SessionEvent[] = []
  for (const type of ['signed-in', 'signed-out', 'refreshed', 'unreachable', 'error'] as const)
    oauth.on(type, (event) => events.push(event))
  return events
}

async function logIn(page: FakeWindow, server: TokenServer, oauth = sdkIn(page, server.url)): Promise<OAuth> {
  const login = oauth.login()
  answer(page.browser.popup, { code: 'abc' })
  await sdkIn(page.browser.popup, server.url).handleRedirect()
  await login
  return oauth
}

describe.each(devices)('in %s', (_name, signedIn) => {
  describe('the snapshot', () => {
    test('is loading until the store was read, and reads nothing before anyone asks', async () => {
      const get = vi.fn(() => null)
      const { oauth } = await signedIn(3600, { ...memoryTokenStore(), getAccessToken: get })
      expect(oauth.session).toEqual({ status: 'loading' })
      expect(get).not.toHaveBeenCalled()
      oauth.subscribe(() => {})
      expect(oauth.session.status).toBe('loading')
      await until(() => get.mock.calls.length > 0)
    })

    test('is the same frozen object while nothing changes, for all who listen', async () => {
      const { oauth } = await signedIn()
      const listener = vi.fn()
      oauth.subscribe(listener)
      oauth.subscribe(listener)
      await until(() => oauth.session.status === 'authenticated')
      const { session } = oauth
      expect(listener).toHaveBeenCalledTimes(2)
      await oauth.isAuthenticated()
      await oauth.refreshAccessToken()
      expect(oauth.session).toBe(session)
      expect(Object.isFrozen(session)).toBe(true)
      expect(listener).toHaveBeenCalledTimes(2)
    })

    test('is signed out without tokens, and with an expired one that nothing renews', async () => {
      const { oauth, tokenStore } = await signedIn(0)
      await tokenStore.setTokens('access0', '', 0)
      oauth.subscribe(() => {})
      await until(() => oauth.session.status === 'signed-out')
    })

    test('follows the calls also while nobody listens', async () => {
      const { oauth } = await signedIn()
      await oauth.isAuthenticated()
      expect(oauth.session.status).toBe('authenticated')
      await oauth.logout()
      expect(oauth.session.status).toBe('signed-out')
    })

    test('of a logout during a check stays signed out', async () => {
      const { server, oauth } = await signedIn(0)
      server.on('/v1/oauth/token', async (call, response) => {
        await oauth.logout()
        refusal(503, 'busy')(call, response)
      })
      await oauth.isAuthenticated()
      expect(oauth.session.status).toBe('signed-out')
    })

    test('no longer calls who has left, and hears nothing then', async () => {
      const { oauth, listening } = await signedIn()
      const before = listening()
      const listener = vi.fn()
      const leave = oauth.subscribe(listener)
      await until(() => oauth.session.status === 'authenticated')
      expect(listening()).toBe(before + 1)
      listener.mockClear()
      leave()
      leave()
      await until(() => listening() === before)
      await oauth.logout()
      expect(listener).not.toHaveBeenCalled()
    })
  })

  describe('an unreachable server', () => {
    test('is said so, once, and is tried again until it answers', async () => {
      const { server, oauth } = await signedIn(0)
      server.on('/v1/oauth/token', refusal(503, 'busy'))
      const events = told(oauth)
      await until(() => oauth.session.status === 'unreachable')
      await oauth.isAuthenticated()
      expect(events).toMatchObject([
        { type: 'unreachable', error: { code: 'server_error', retryable: true } },
      ])
      server.on('/v1/oauth/token', () => ({ access_token: 'next', refresh_token: 'next', expires_in: 60 }))
      await until(() => oauth.session.status === 'authenticated')
      expect(events.map(({ type }) => type)).toEqual(['unreachable', 'refreshed'])
    })

    test('is tried again at once when the network is back', async () => {
      const { server, oauth, comeOnline, fillRandom } = await signedIn(0)
      // The next attempt by itself comes after a second.
      fillRandom(255)
      server.on('/v1/oauth/token', refusal(503, 'busy'))
      oauth.subscribe(() => {})
      await until(() => oauth.session.status === 'unreachable')
      server.on('/v1/oauth/token', () => ({ access_token: 'next', refresh_token: 'next' }))
      const before = Date.now()
      comeOnline()
      await until(() => oauth.session.status === 'authenticated')
      expect(Date.now() - before).toBeLessThan(1000)
    })

    describe('in time', () => {
      runFastClock()

      test('is tried again ever more slowly, each time a little differently (F-15)', async () => {
        const { server, oauth, fillRandom } = await signedIn(0)
        fillRandom(255)
        const set = vi.spyOn(globalThis, 'setTimeout')
        server.on('/v1/oauth/token', refusal(503, 'busy'))
        const leave = oauth.subscribe(() => {})
        const delays = () =>
          set.mock.calls.map(([, delay]) => delay).filter((delay) => [1000, 2000].includes(delay ?? 0))
        await until(() => delays().includes(2000))
        leave()
        expect(delays()).toEqual([1000, 2000])
        set.mockRestore()
      })

      test('is not tried again once nobody listens', async () => {
        const { server, oauth } = await signedIn(0)
        server.on('/v1/oauth/token', refusal(503, 'busy'))
        const leave = oauth.subscribe(() => {})
        await until(() => oauth.session.status === 'unreachable')
        leave()
        await sleep(1700)
        expect(refreshes(server)).toHaveLength(1)
      })
    })

    test('stays one while the old access token still lives', async () => {
      const { server, oauth } = await signedIn()
      server.on('/v1/oauth/token', refusal(503, 'busy'))
      await oauth.refreshAccessToken().catch(() => {})
      await oauth.getUser()
      expect(oauth.session.status).toBe('unreachable')
    })
  })

  describe('on', () => {
    test('tells a restored session, a refresh and a logout', async () => {
      const { oauth } = await signedIn()
      const events = told(oauth)
      await until(() => events.length > 0)
      await oauth.refreshAccessToken()
      await oauth.logout()
      await oauth.logout()
      expect(events).toEqual([
        { type: 'signed-in', how: 'restored' },
        { type: 'refreshed' },
        { type: 'signed-out', why: 'logout' },
      ])
    })

    test('tells a session that has ended, once', async () => {
      const { server, oauth } = await signedIn()
      const events = told(oauth)
      await until(() => events.length > 0)
      events.length = 0
      server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
      await Promise.all([oauth.refreshAccessToken(), oauth.refreshAccessToken()])
      await oauth.isAuthenticated()
      expect(events).toEqual([{ type: 'signed-out', why: 'expired' }])
    })

    test('tells the errors of what nobody awaits', async () => {
      const { server, oauth } = await signedIn(0)
      server.on('/v1/oauth/token', refusal(400, 'invalid_client'))
      const events = told(oauth)
      await until(() => events.length > 0)
      expect(events).toMatchObject([{ type: 'error', error: { code: 'token_refused' } }])
    })

    test('lets a listener throw, and leave, without harm', async () => {
      const { oauth } = await signedIn()
      oauth.on('signed-in', () => {
        throw new Error('the app’s')
      })
      const leave = oauth.on('signed-in', () => leave())
      oauth.subscribe(() => {
        throw new Error('the app’s')
      })
      const events = told(oauth)
      await until(() => events.length > 0)
      expect(oauth.session.status).toBe('authenticated')
      await oauth.logout()
      expect(events.at(-1)).toEqual({ type: 'signed-out', why: 'logout' })
    })
  })
})

test('another instance in the same page hears a login and a logout at once', async () => {
  const server = await serve()
  const page = new FakeBrowser().tab()
  const oauth = sdkIn(page, server.url)
  const other = sdkIn(page, server.url)
  const [own, events] = [told(oauth), told(other)]
  await until(() => [oauth, other].every(({ session }) => session.status === 'signed-out'))
  await logIn(page, server, oauth)
  await until(() => other.session.status === 'authenticated')
  await oauth.logout()
  await until(() => other.session.status === 'signed-out')
  expect(events).toEqual([
    { type: 'signed-in', how: 'other-tab' },
    { type: 'signed-out', why: 'other-tab' },
  ])
  expect(own).toEqual([
    { type: 'signed-in', how: 'popup' },
    { type: 'signed-out', why: 'logout' },
  ])
})

describe('on', () => {
  test('tells a login by popup', async () => {
    const { server, browser, oauth, login } = await start()
    const events = told(oauth)
    await until(() => oauth.session.status === 'signed-out')
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    await login
    expect(events).toEqual([{ type: 'signed-in', how: 'popup' }])
    expect(oauth.session.status).toBe('authenticated')
  })

  test('tells a login on the full page', async () => {
    const server = await serve()
    const page = new FakeBrowser().tab()
    const oauth = sdkIn(page, server.url)
    oauth.login({ display: 'fullScreen' })
    answer(page, { code: 'abc' }, page.navigated[0])
    const events = told(oauth)
    await oauth.handleRedirect()
    expect(events).toContainEqual({ type: 'signed-in', how: 'page' })
  })
})

import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { answer, rejection, sdkIn, until } from '@stagedoor/testkit/sdk'
import { refusal, serve } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import { LoginError, NetworkError } from '../src/errors/errors.ts'
import type { OAuth } from '../src/oauth.ts'
import type { SessionEvent } from '../src/session/events.ts'
import { fakeSdk } from '../src/testing.ts'

type Outcome = 'success' | 'access_denied' | 'login_required' | 'popup_blocked'

/** An instance, and what a test needs of the world around it. */
interface World {
  readonly oauth: OAuth
  /** Sets how logins end. */
  answerLogins(outcome: Outcome): void
  switchUser(handle: string): Promise<void>
  expire(): Promise<void>
  goOffline(): Promise<void>
  goOnline(): Promise<void>
}

async function realWorld(): Promise<World> {
  const server = await serve()
  const browser = new FakeBrowser()
  const page = browser.tab('https://app.example/callback')
  let handle = 'ada'
  let outcome: Outcome = 'success'
  let issued = 0
  const issue = () => {
    issued += 1
    return { access_token: `access-${issued}`, refresh_token: `refresh-${issued}`, expires_in: 3600 }
  }
  const onToken = (handler: Parameters<typeof server.on>[1]) => server.on('/v1/oauth/token', handler)
  onToken(issue)
  server.on('/v1/me', () => ({ userId: 7, name: 'Ada', handle, data: { id: 'x7Yz2' } }))
  server.on('/v1/tracks', () => ({ data: [] }))
  const settle = async () => {
    const { popup } = browser
    answer(popup, outcome === 'success' ? { code: 'abc' } : { error: outcome })
    await sdkIn(popup, server.url).handleRedirect()
  }
  const own = sdkIn(page, server.url)
  const refresh = () => own.refreshAccessToken().catch(() => null)
  return {
    oauth: {
      ...own,
      get session() {
        return own.session
      },
      login: (options) => {
        const opened = browser.popups.length
        const login = own.login(options)
        if (browser.popups.length > opened) settle()
        const [left] = page.navigated.splice(0)
        if (left) answer(page, { code: 'abc' }, left)
        return login
      },
      fetch: (path, init) => own.fetch(String(path).replace('https://api.audius.co', server.url), init),
    },
    answerLogins: (next) => {
      outcome = next
      browser.blocksPopups = next === 'popup_blocked'
    },
    switchUser: async (next) => {
      handle = next
      const tab = browser.tab()
      const login = sdkIn(tab, server.url).login()
      const told = new Promise<void>((resolve) => {
        own.on('signed-in', () => resolve())
      })
      await settle()
      await login
      await told
    },
    expire: async () => {
      onToken(refusal(400, 'invalid_grant'))
      await refresh()
      onToken(issue)
    },
    goOffline: async () => {
      onToken((_call, response) => {
        response.destroy()
      })
      await refresh()
    },
    goOnline: async () => {
      onToken(issue)
      await refresh()
    },
  }
}

async function fakeWorld(): Promise<World> {
  const { oauth, fake } = fakeSdk({ respond: () => Response.json({ data: [] }) })
  return { oauth, ...fake, switchUser: (handle) => fake.switchUser({ handle }) }
}

function told(oauth: OAuth): SessionEvent[] {
  const events: SessionEvent[] = []
  for (const type of ['signed-in', 'signed-out', 'refreshed', 'unreachable', 'error'] as const)
    oauth.on(type, (event) => events.push(event))
  return events
}

describe.each([
  ['the SDK', realWorld],
  ['the fake', fakeWorld],
])('%s', (_name, makeWorld) => {
  test('begins with a session that is loading, then signed out', async () => {
    const { oauth } = await makeWorld()
    const { session } = oauth
    expect(session).toEqual({ status: 'loading' })
    expect(oauth.session).toBe(session)
    expect(Object.isFrozen(session)).toBe(true)
    let changes = 0
    const stop = oauth.subscribe(() => {
      changes += 1
    })
    await until(() => oauth.session.status === 'signed-out')
    expect(changes).toBe(1)
    stop()
    expect(await oauth.isAuthenticated()).toBe(false)
    expect(await oauth.hasRefreshToken()).toBe(false)
    expect(await oauth.getAccessToken()).toBe(null)
    expect(await oauth.refreshAccessToken()).toBe(null)
    expect(await rejection(oauth.getUser())).toMatchObject({ code: 'not_authenticated' })
    expect(await rejection(oauth.fetch('https://api.audius.co/v1/tracks'))).toMatchObject({
      name: 'SessionError',
      code: 'not_authenticated',
    })
  })

  test('logs in by popup, refreshes and logs out', async () => {
    const { oauth } = await makeWorld()
    const events = told(oauth)
    await until(() => oauth.session.status === 'signed-out')
    await oauth.login({ scope: 'write' })
    expect(oauth.session.status).toBe('authenticated')
    expect(await oauth.getUser()).toMatchObject({ handle: 'ada', userId: 7 })
    const token = await oauth.getAccessToken({ minTtl: 60 })
    expect(token).toBe('access-1')
    expect(await oauth.refreshAccessToken()).toBe('access-2')
    const response = await oauth.fetch('https://api.audius.co/v1/tracks', { method: 'POST', body: '{}' })
    expect(await response.json()).toEqual({ data: [] })
    await oauth.logout()
    await oauth.logout()
    expect(oauth.session.status).toBe('signed-out')
    expect(events).toEqual([
      { type: 'signed-in', how: 'popup' },
      { type: 'refreshed' },
      { type: 'signed-out', why: 'logout' },
    ])
  })

  test('logs in on the full page', async () => {
    const { oauth } = await makeWorld()
    const events = told(oauth)
    await until(() => oauth.session.status === 'signed-out')
    expect(oauth.hasRedirectResult()).toBe(false)
    oauth.login({ display: 'fullScreen' })
    await until(() => oauth.hasRedirectResult())
    await oauth.handleRedirect()
    await oauth.handleRedirect()
    expect(oauth.hasRedirectResult()).toBe(false)
    expect(events).toEqual([{ type: 'signed-in', how: 'page' }])
  })

  test.each([
    ['access_denied', true],
    ['login_required', false],
    ['popup_blocked', false],
  ] as const)('rejects a login with %s, and the next one works', async (code, cancelled) => {
    const { oauth, answerLogins } = await makeWorld()
    answerLogins(code)
    const error = await rejection(oauth.login())
    expect(error).toBeInstanceOf(LoginError)
    expect(error).toMatchObject({ code, cancelled, name: 'LoginError' })
    expect(await oauth.isAuthenticated()).toBe(false)
    answerLogins('success')
    await oauth.login()
    expect(await oauth.isAuthenticated()).toBe(true)
  })

  test('goes on with the full page where popups are blocked, if the app wants that', async () => {
    const { oauth, answerLogins } = await makeWorld()
    answerLogins('popup_blocked')
    oauth.login({ fallback: 'redirect' })
    await until(() => oauth.hasRedirectResult())
    await oauth.handleRedirect()
    expect(oauth.session.status).toBe('authenticated')
  })

  test('refuses what the app does wrong', async () => {
    const { oauth } = await makeWorld()
    const signal = AbortSignal.abort()
    expect(await rejection(oauth.login({ signal }))).toMatchObject({ code: 'aborted', cancelled: true })
    expect(await rejection(oauth.getUser({ signal }))).toMatchObject({ code: 'request_aborted' })
    expect(await rejection(oauth.fetch('https://other.example/'))).toMatchObject({
      name: 'ConfigurationError',
      code: 'foreign_origin',
    })
    expect(
      await rejection(oauth.handleRedirect('https://app.example/callback#code=x&state=y')),
    ).toMatchObject({
      code: 'state_mismatch',
    })
  })

  test('ends a session that the server has ended', async () => {
    const { oauth, expire } = await makeWorld()
    await oauth.login()
    const events = told(oauth)
    await expire()
    expect(oauth.session.status).toBe('signed-out')
    expect(events).toEqual([{ type: 'signed-out', why: 'expired' }])
    expect(await oauth.hasRefreshToken()).toBe(false)
    await oauth.login()
    expect(oauth.session.status).toBe('authenticated')
  })

  test('keeps the session while the server cannot be reached', async () => {
    const { oauth, goOffline, goOnline } = await makeWorld()
    await oauth.login()
    const events = told(oauth)
    await goOffline()
    expect(oauth.session.status).toBe('unreachable')
    const [event] = events
    expect(event).toMatchObject({ type: 'unreachable', error: { code: 'unreachable', retryable: true } })
    expect(await rejection(oauth.refreshAccessToken())).toBeInstanceOf(NetworkError)
    expect(await oauth.isAuthenticated()).toBe(true)
    await goOnline()
    expect(oauth.session.status).toBe('authenticated')
    expect(events.map(({ type }) => type)).toEqual(['unreachable', 'refreshed'])
  })

  test('hears another tab log in as somebody else', async () => {
    const { oauth, switchUser } = await makeWorld()
    await oauth.login()
    const events = told(oauth)
    await until(() => oauth.session.status === 'authenticated')
    const { session } = oauth
    await switchUser('bob')
    expect(oauth.session).toEqual(session)
    expect(oauth.session).not.toBe(session)
    expect(events).toEqual([{ type: 'signed-in', how: 'other-tab' }])
    expect(await oauth.getUser()).toMatchObject({ handle: 'bob' })
  })
})

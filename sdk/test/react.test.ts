import { FakeBrowser, type FakeWindow } from '@stagedoor/testkit/fake-browser'
import { answer, sdkIn, signedInBrowser, until } from '@stagedoor/testkit/sdk'
import { refusal, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { createElement, StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { OAuth } from '../src/oauth.ts'
import { AudiusProvider, useAudius, useUser } from '../src/react.ts'
import { accountOf } from '../src/ui/account.ts'
import { type Profile, profileOf } from '../src/ui/profile.ts'

function Who() {
  const { status, isLoggingIn } = useAudius()
  const { user, isLoading } = useUser()
  return createElement('p', null, [status, isLoggingIn, user?.name ?? 'nobody', isLoading].join(' '))
}

describe('on a server', () => {
  test('the session is loading, whatever the store holds, and nothing is asked', async () => {
    const { server, oauth } = await signedInBrowser()
    await oauth.isAuthenticated()
    const who = createElement(AudiusProvider, { sdk: { oauth } }, createElement(Who))
    expect(renderToString(createElement(StrictMode, null, who))).toBe('<p>loading false nobody true</p>')
    expect(server.calls).toEqual([])
  })

  test.each([
    ['useAudius', useAudius],
    ['useUser', useUser],
  ])('%s says what it needs where it is missing', (_, hook) => {
    const Lost = () => createElement('p', null, typeof hook())
    expect(() => renderToString(createElement(Lost))).toThrow('No <AudiusProvider> above.')
  })
})

/** The profile of an instance, and every user that was shown. */
function follow(oauth: OAuth) {
  const account = accountOf(oauth)
  const profile = profileOf(oauth, account)
  const shown: (string | null)[] = []
  const stop = profile.subscribe(() => {
    const name = profile.snapshot().user?.name ?? null
    if (name !== shown.at(-1)) shown.push(name)
  })
  return { account, profile, shown, stop }
}

const me = (name: string) => ({ userId: 7, name, handle: 'x', data: { id: 'x' } })

async function logIn(page: FakeWindow, server: TokenServer): Promise<void> {
  const login = sdkIn(page, server.url).login()
  answer(page.browser.popup, { code: 'abc' })
  await sdkIn(page.browser.popup, server.url).handleRedirect()
  await login
}

describe('the user', () => {
  test('is asked for once for all who listen, and kept by a reload', async () => {
    const { server, oauth } = await signedInBrowser()
    const { profile, shown } = follow(oauth)
    const stop = profile.subscribe(() => {})
    stop()
    stop()
    await until(() => profile.snapshot().user !== null)
    expect(profile.snapshot()).toMatchObject({ user: { name: 'Ada' }, isLoading: false, error: null })
    expect(server.to('/v1/me')).toHaveLength(1)
    server.on('/v1/me', () => me('Ada Two'))
    await profile.snapshot().reload()
    expect(shown).toEqual([null, 'Ada', 'Ada Two'])
  })

  test('of before a switch in another tab is dropped at once, and its late answer too', async () => {
    const server = await serve()
    const browser = new FakeBrowser()
    await logIn(browser.tab(), server)
    const oauth = sdkIn(browser.tab(), server.url)
    const held: (() => void)[] = []
    server.on('/v1/me', ({ authorization }, response) => {
      const name = authorization === 'Bearer access1' ? 'A' : 'B'
      held.push(() => response.end(JSON.stringify(me(name))))
    })
    const { profile, shown } = follow(oauth)
    await until(() => held.length === 1)
    held[0]?.()
    await until(() => profile.snapshot().user?.name === 'A')
    const late = profile.snapshot().reload()
    await until(() => held.length === 2)
    await logIn(browser.tab(), server)
    await until(() => held.length === 3)
    expect(profile.snapshot()).toMatchObject({ user: null, isLoading: true })
    held[2]?.()
    await until(() => profile.snapshot().user !== null)
    held[1]?.()
    // Its answer was about the person before.
    await until(() => held.length === 4)
    held[3]?.()
    await late
    expect(shown).toEqual([null, 'A', null, 'B'])
  })

  test('stays while the server cannot be reached, and is asked for again after', async () => {
    const { server, oauth } = await signedInBrowser()
    const { profile, shown } = follow(oauth)
    await until(() => profile.snapshot().user !== null)
    server.on('/v1/oauth/token', refusal(503, 'busy'))
    await oauth.refreshAccessToken().catch(() => {})
    expect(oauth.session.status).toBe('unreachable')
    expect(profile.snapshot().user?.name).toBe('Ada')
    server.on('/v1/oauth/token', () => ({ access_token: 'next', refresh_token: 'next', expires_in: 60 }))
    await oauth.refreshAccessToken()
    await until(() => server.to('/v1/me').length === 2 && !profile.snapshot().isLoading)
    expect(shown).toEqual([null, 'Ada'])
  })

  test('of before is dropped when the server is back as another’s', async () => {
    const server = await serve()
    const browser = new FakeBrowser()
    await logIn(browser.tab(), server)
    const oauth = sdkIn(browser.tab(), server.url)
    const { profile, shown } = follow(oauth)
    await until(() => profile.snapshot().user !== null)
    server.on('/v1/oauth/token', refusal(503, 'busy'))
    await oauth.refreshAccessToken().catch(() => {})
    server.on('/v1/oauth/token', () => ({ access_token: 'b', refresh_token: 'b', expires_in: 3600 }))
    server.on('/v1/me', () => me('B'))
    await logIn(browser.tab(), server)
    await until(() => profile.snapshot().user?.name === 'B')
    expect(shown).toEqual([null, 'Ada', null, 'B'])
  })

  test('who cannot be loaded is an error until a reload', async () => {
    const { server, oauth } = await signedInBrowser()
    server.on('/v1/me', refusal(500, 'broken'))
    const { profile } = follow(oauth)
    await until(() => profile.snapshot().error !== null)
    expect(profile.snapshot()).toMatchObject({
      user: null,
      isLoading: false,
      error: { code: 'server_error' },
    })
    server.on('/v1/me', () => me('Ada'))
    await profile.snapshot().reload()
    expect(profile.snapshot()).toMatchObject({ user: { name: 'Ada' }, error: null })
  })

  test('is an error while the server could not be reached from the start, and comes with it', async () => {
    const { server, oauth } = await signedInBrowser(0)
    server.on('/v1/oauth/token', refusal(503, 'busy'))
    const { profile } = follow(oauth)
    await until(() => profile.snapshot().error !== null)
    server.on('/v1/oauth/token', () => ({ access_token: 'next', refresh_token: 'next', expires_in: 60 }))
    await until(() => profile.snapshot().user !== null)
    expect(profile.snapshot().error).toBe(null)
  })

  test('goes with a logout, and nobody is asked for again', async () => {
    const { server, oauth } = await signedInBrowser()
    const { account, profile } = follow(oauth)
    await until(() => profile.snapshot().user !== null)
    const before: Profile = profile.snapshot()
    expect(profile.snapshot()).toBe(before)
    await account.snapshot().logout()
    expect(profile.snapshot()).toMatchObject({ user: null, isLoading: false, error: null })
    await profile.snapshot().reload()
    expect(profile.snapshot().error).toBe(null)
    expect(server.to('/v1/me')).toHaveLength(1)
  })

  test('who was there before a switch that nobody heard is not shown to who listens next', async () => {
    const { oauth } = await signedInBrowser()
    const { profile, stop } = follow(oauth)
    await until(() => profile.snapshot().user !== null)
    stop()
    await oauth.logout()
    expect(profile.snapshot()).toBe(profile.initial)
  })
})

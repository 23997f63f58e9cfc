import { FakeBrowser, type FakeWindow } from '@stagedoor/testkit/fake-browser'
import { answer, rejection, sdkIn, sleep, until } from '@stagedoor/testkit/sdk'
import { refusal, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import type { OAuth } from '../src/oauth.ts'
import type { SessionEvent } from '../src/session/events.ts'

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

/** Two tabs, of which one has logged in and the other knows it. */
async function twoTabs() {
  const server = await serve()
  const browser = new FakeBrowser()
  const first = await logIn(browser.tab(), server)
  const window = browser.tab()
  const second = sdkIn(window, server.url)
  const events = told(second)
  await until(() => second.session.status === 'authenticated')
  return { server, browser, first, second, window, events }
}

describe('another tab', () => {
  test('that logs out is heard (CL-30)', async () => {
    const { first, second, events } = await twoTabs()
    events.length = 0
    await first.logout()
    await until(() => second.session.status === 'signed-out')
    expect(events).toEqual([{ type: 'signed-out', why: 'other-tab' }])
  })

  test('that logs out is heard by a page once it comes back from the back/forward cache', async () => {
    const { browser, first, second, window } = await twoTabs()
    // Such a page hears of nothing.
    browser.windows.splice(browser.windows.indexOf(window), 1)
    await first.logout()
    window.dispatch('pageshow')
    await until(() => second.session.status === 'signed-out')
  })

  test('that logs in is heard', async () => {
    const { server, browser, first, second, events } = await twoTabs()
    await first.logout()
    await until(() => second.session.status === 'signed-out')
    events.length = 0
    await logIn(browser.tab(), server)
    await until(() => second.session.status === 'authenticated')
    await sleep(20)
    expect(events).toEqual([{ type: 'signed-in', how: 'other-tab' }])
  })

  test('that switches the user is heard, and the snapshot is another', async () => {
    const { server, browser, second, events } = await twoTabs()
    const { session } = second
    events.length = 0
    await logIn(browser.tab(), server)
    await until(() => events.length > 0)
    expect(events).toEqual([{ type: 'signed-in', how: 'other-tab' }])
    expect(second.session).toEqual(session)
    expect(second.session).not.toBe(session)
  })

  test('that switches the user while the server is out of reach is heard when it is back', async () => {
    const { server, browser, window, second, events } = await twoTabs()
    const { session } = second
    server.on('/v1/oauth/token', (call, response) => {
      if (call.body['grant_type'] === 'refresh_token') return refusal(503, 'busy')(call, response)
      return { access_token: 'b0', refresh_token: 'b0', expires_in: 0 }
    })
    await logIn(browser.tab(), server)
    await until(() => second.session.status === 'unreachable')
    server.on('/v1/oauth/token', () => ({ access_token: 'b1', refresh_token: 'b1', expires_in: 3600 }))
    events.length = 0
    window.dispatch('online')
    await until(() => events.some(({ type }) => type === 'signed-in'))
    expect(second.session).toMatchObject({ status: 'authenticated' })
    expect(second.session).not.toBe(session)
  })

  test('that switches the user leaves no answer about the one before', async () => {
    const { server, browser, second } = await twoTabs()
    server.on('/v1/me', async ({ authorization }) => {
      if (authorization !== 'Bearer access1') return { userId: 8, name: 'Bob', handle: 'bob' }
      await logIn(browser.tab(), server)
      return { userId: 7, name: 'Ada', handle: 'ada' }
    })
    expect(await second.getUser()).toMatchObject({ handle: 'bob' })
  })

  test('that logs out leaves no answer about who was logged in', async () => {
    const { server, first, second } = await twoTabs()
    server.on('/v1/me', async () => {
      await first.logout()
      return { userId: 7, name: 'Ada', handle: 'ada' }
    })
    expect(await rejection(second.getUser())).toMatchObject({ code: 'not_authenticated' })
  })

  test('that refreshes is no news', async () => {
    const { first, second, events } = await twoTabs()
    const { session } = second
    events.length = 0
    await first.refreshAccessToken()
    await sleep(20)
    expect(events).toEqual([])
    expect(second.session).toBe(session)
  })

  test('that writes after a login of this tab does not make it another’s', async () => {
    const { server, window, second, events } = await twoTabs()
    await logIn(window, server, second)
    events.length = 0
    window.dispatch('storage')
    await sleep(20)
    expect(events).toEqual([])
  })
})

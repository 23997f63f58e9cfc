import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { runFastClock } from '@stagedoor/testkit/fast-clock'
import { answer, records, rejection, requestOf, sdkIn, sleep, start, until } from '@stagedoor/testkit/sdk'
import { serve } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import { memoryTokenStore } from '../src/platform/token-store.ts'

runFastClock()

describe('a popup that closes', () => {
  test('is a cancelled login, after a grace', async () => {
    const { browser, login } = await start()
    await sleep(1600)
    browser.popup.close()
    expect(await rejection(login)).toMatchObject({ code: 'popup_closed', cancelled: true })
  })

  test('right after its answer was sent does not lose it (CL-15)', async () => {
    const { server, browser, login } = await start()
    await sleep(1600)
    answer(browser.popup, { code: 'abc' })
    sdkIn(browser.popup, server.url)
      .handleRedirect()
      .catch(() => {})
    browser.popup.close()
    await login
  })

  test('loses to an answer that is still on its way', async () => {
    const { browser, page, login } = await start()
    const { state = '' } = requestOf(browser.popup.location.href)
    await sleep(1600)
    browser.popup.close()
    await sleep(700)
    page.receive({ stagedoor: 'answer', state, answer: `code=abc&state=${state}` }, 'https://app.example')
    await login
  })

  test.each([
    [true, 0],
    [false, 0],
    [true, 400],
    [false, 2000],
  ])('ends the login within three seconds, focus %s, after %i ms', async (hasFocus, wait) => {
    const { browser, page, login } = await start()
    page.hasFocus = hasFocus
    await sleep(wait)
    browser.popup.close()
    const from = performance.now()
    expect(await rejection(login)).toMatchObject({ code: 'popup_closed', cancelled: true })
    expect(performance.now() - from).toBeLessThan(3000)
  })

  test('because the page severs its popups is none: its answer is still awaited', async () => {
    const { server, browser, login } = await start()
    browser.openerPolicy = { 'cross-origin-opener-policy': 'same-origin-plus-embedder-policy' }
    await sleep(1600)
    browser.popup.sever()
    await sleep(2600)
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    await login
    expect(browser.popup.isClosed).toBe(true)
  })

  test('severed, to a person who came back to this page, can still be answered', async () => {
    const { server, browser, page, login } = await start()
    browser.openerPolicy = { 'cross-origin-opener-policy': 'same-origin' }
    page.hasFocus = false
    browser.popup.sever()
    await sleep(300)
    page.hasFocus = true
    expect(await rejection(login)).toMatchObject({ code: 'popup_closed' })
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    const other = sdkIn(page, server.url)
    while (!(await other.isAuthenticated())) await sleep(10)
  })

  test('as far as anyone can tell, because the server severs it, can still be answered', async () => {
    const { server, browser, page, login } = await start()
    browser.popup.sever()
    expect(await rejection(login)).toMatchObject({ code: 'popup_closed' })
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    expect(browser.popup.isClosed).toBe(true)
    const other = sdkIn(page, server.url)
    while (!(await other.isAuthenticated())) await sleep(10)
    expect(await sdkIn(page, server.url).isAuthenticated()).toBe(true)
  })

  test('severed gives way to a new login (CL-16)', async () => {
    const { server, browser, oauth, login } = await start()
    browser.openerPolicy = { 'cross-origin-opener-policy': 'same-origin' }
    browser.popup.sever()
    await sleep(400)
    const next = oauth.login()
    expect(await rejection(login)).toMatchObject({ code: 'superseded', cancelled: true })
    expect(browser.popups).toHaveLength(2)
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    await next
  })
})

describe('an answer that nobody takes', () => {
  test.each(['', '/404'])('is taken from the address of a callback page without the SDK', async (path) => {
    const { server, browser, login } = await start()
    const { state = '', redirect_uri = '' } = requestOf(browser.popup.location.href)
    browser.popup.location.href = `${redirect_uri}${path}?code=abc&state=${state}`
    await login
    expect(browser.popup.isClosed).toBe(true)
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })

  test('is redeemed though the storage was emptied meanwhile', async () => {
    const { server, browser, login, oauth } = await start()
    for (const key of Object.keys(browser.storage)) browser.storage.removeItem(key)
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    await login
    expect(await oauth.isAuthenticated()).toBe(true)
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })

  test('never comes from a popup that is closed, also where the storage was emptied meanwhile', async () => {
    const { browser, login } = await start()
    for (const key of Object.keys(browser.storage)) browser.storage.removeItem(key)
    browser.popup.close()
    const from = performance.now()
    expect(await rejection(login)).toMatchObject({ code: 'popup_closed' })
    expect(performance.now() - from).toBeLessThan(3000)
  })

  test('is redeemed by the callback page when the opener was reloaded', async () => {
    const { server, browser, page } = await start()
    page.close()
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
    expect(await sdkIn(browser.tab(), server.url).isAuthenticated()).toBe(true)
    expect(browser.popup.isClosed).toBe(false)
  })

  test('resolves the login of an opener that was only asleep', async () => {
    const { server, browser, page, login } = await start()
    const wake: (() => void)[] = []
    const receive = page.receive.bind(page)
    page.receive = (...args) => wake.push(() => receive(...args))
    browser.hasChannels = false
    const { messages } = browser
    answer(browser.popup, { code: 'abc' })
    const popup = browser.popup
    Object.assign(popup, { BroadcastChannel: undefined })
    await sdkIn(popup, server.url).handleRedirect()
    expect(messages).toEqual([])
    expect(popup.isClosed).toBe(true)
    for (const deliver of wake) deliver()
    await login
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })

  test('does not count as logged in where the popup has a token store of its own', async () => {
    const server = await serve()
    const browser = new FakeBrowser()
    const page = browser.tab()
    const login = sdkIn(page, server.url, { services: { tokenStore: memoryTokenStore() } }).login()
    login.catch(() => {})
    const wake: (() => void)[] = []
    const receive = page.receive.bind(page)
    page.receive = (...args) => wake.push(() => receive(...args))
    Object.assign(browser.popup, { BroadcastChannel: undefined })
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url, {
      services: { tokenStore: memoryTokenStore() },
    }).handleRedirect()
    for (const deliver of wake) deliver()
    expect(await rejection(login)).toMatchObject({ code: 'popup_closed' })
  })
})

describe('a login that cannot or must not go on', () => {
  test('rejects when the popup is blocked (CL-14)', async () => {
    const browser = new FakeBrowser()
    browser.blocksPopups = true
    const login = sdkIn(browser.tab(), 'https://api.example').login()
    expect(await rejection(login)).toMatchObject({ code: 'popup_blocked', cancelled: false })
    expect(records(browser)).toEqual([])
  })

  test('goes on with the full page when asked to', async () => {
    const server = await serve()
    const browser = new FakeBrowser()
    browser.blocksPopups = true
    const page = browser.tab()
    sdkIn(page, server.url).login({ fallback: 'redirect' })
    const [url = ''] = page.navigated
    expect(requestOf(url)).toMatchObject({ display: 'fullScreen' })
    answer(page, { code: 'abc' }, url)
    await sdkIn(page, server.url).handleRedirect()
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })

  test('is one login however often it is asked for', async () => {
    const { browser, oauth, login } = await start()
    expect(oauth.login()).toBe(login)
    expect(browser.popups).toHaveLength(1)
    expect(browser.popup.focused).toBe(1)
  })

  test('ends with its signal, and closes the popup', async () => {
    const abort = new AbortController()
    const { browser, oauth, login } = await start({ signal: abort.signal })
    abort.abort()
    expect(await rejection(login)).toMatchObject({ code: 'aborted', cancelled: true })
    expect(browser.popup.isClosed).toBe(true)
    expect(records(browser)).toEqual([])
    expect(await rejection(oauth.login({ signal: abort.signal }))).toMatchObject({ code: 'aborted' })
    expect(browser.popups).toHaveLength(1)
  })

  test('aborted during the exchange keeps nothing and revokes what came', async () => {
    const abort = new AbortController()
    const { server, browser, oauth, login } = await start({ signal: abort.signal })
    server.on('/v1/oauth/token', () => {
      abort.abort()
      return { access_token: 'late', refresh_token: 'late' }
    })
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    expect(await rejection(login)).toMatchObject({ code: 'aborted' })
    expect(await oauth.hasRefreshToken()).toBe(false)
    await until(() => server.to('/v1/oauth/revoke').length === 1)
    expect(server.to('/v1/oauth/revoke')[0]?.body).toMatchObject({ token: 'late' })
  })
})

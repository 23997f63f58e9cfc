import { runFastClock, skip } from '@stagedoor/testkit/fast-clock'
import {
  answer,
  records,
  rejection,
  requestOf,
  type Started,
  sdkIn,
  sleep,
  start,
  until,
} from '@stagedoor/testkit/sdk'
import { refusal } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import { COMPLETES_WITHIN, LOGIN_LIFETIME, SEVERED_GRACE, UNHANDLED_WITHIN } from '../src/durations.ts'

runFastClock()

/** Whether a login has ended by now. */
function watched(login: Promise<void>) {
  const seen = { hasEnded: false }
  const end = () => {
    seen.hasEnded = true
  }
  login.then(end, end)
  return seen
}

describe('a popup that nobody answers', () => {
  test('is waited for as long as the server would take an answer, and closed then', async () => {
    const { browser, page, login } = await start()
    const seen = watched(login)
    await until(() => page.listening('message') > 0)
    await skip(LOGIN_LIFETIME - 5000)
    expect(seen.hasEnded).toBe(false)
    expect(await rejection(login)).toMatchObject({ code: 'login_timeout' })
    expect(browser.popup.isClosed).toBe(true)
    expect(records(browser)).toEqual([])
    expect(page.listening('message')).toBe(0)
  })
})

describe('a popup that the page severs', () => {
  test('is taken for closed once its person is back from it for a while, and no sooner', async () => {
    const { browser, page, login } = await start()
    const seen = watched(login)
    browser.openerPolicy = { 'cross-origin-opener-policy': 'same-origin' }
    browser.popup.sever()
    // Who has not left the page yet has not come back either.
    await sleep(2 * SEVERED_GRACE)
    page.hasFocus = false
    await sleep(2 * SEVERED_GRACE)
    expect(seen.hasEnded).toBe(false)
    page.hasFocus = true
    await sleep(SEVERED_GRACE - 750)
    expect(seen.hasEnded).toBe(false)
    expect(await rejection(login)).toMatchObject({ code: 'popup_closed' })
  })

  test('lets its page ask for another login, and is let go of', async () => {
    const { browser, oauth, page, login } = await start()
    browser.openerPolicy = { 'cross-origin-opener-policy': 'same-origin' }
    expect(oauth.login()).toBe(login)
    browser.popup.sever()
    await sleep(750)
    expect(oauth.login()).not.toBe(login)
    expect(await rejection(login)).toMatchObject({ code: 'superseded' })
    expect(browser.popups).toHaveLength(2)
    await sleep(750)
    // The one that is awaited now listens alone.
    expect(page.listening('message')).toBe(1)
  })
})

describe('an answer in the address of a page that does nothing with it', () => {
  test('is left to that page first', async () => {
    const { server, browser, login } = await start()
    const { state = '', redirect_uri = '' } = requestOf(browser.popup.location.href)
    const show = (path: string) => {
      browser.popup.location.href = `${redirect_uri}${path}`
    }
    show(`?code=abc&state=${state}`)
    await sleep(UNHANDLED_WITHIN - 750)
    show('/elsewhere')
    await sleep(750)
    show(`?code=abc&state=${state}`)
    await sleep(UNHANDLED_WITHIN - 750)
    expect(browser.popup.isClosed).toBe(false)
    expect(server.to('/v1/oauth/token')).toEqual([])
    await login
    expect(browser.popup.isClosed).toBe(true)
  })

  test('of another login is nobody’s', async () => {
    const { browser, login } = await start()
    const { redirect_uri = '' } = requestOf(browser.popup.location.href)
    const seen = watched(login)
    browser.popup.location.href = `${redirect_uri}?code=abc&state=of_another_login`
    await sleep(2 * UNHANDLED_WITHIN)
    expect(seen.hasEnded).toBe(false)
    expect(browser.popup.isClosed).toBe(false)
  })
})

describe('an answer that the callback page redeems by itself', () => {
  /** Answers the popup of a page that is asleep. */
  function answeredAsleep({ popup }: Started['browser'], page: Started['page']) {
    const wake: (() => void)[] = []
    const receive = page.receive.bind(page)
    page.receive = (...message) => wake.push(() => receive(...message))
    Object.assign(popup, { BroadcastChannel: undefined })
    answer(popup, { code: 'abc' })
    return { popup, wake }
  }

  /** The callback page has logged in by itself, and closed, as this page was asleep. */
  async function completed() {
    const { server, browser, page, login } = await start()
    const { popup, wake } = answeredAsleep(browser, page)
    await sdkIn(popup, server.url).handleRedirect()
    expect(popup.isClosed).toBe(true)
    return { server, page, login, seen: watched(login), wake }
  }

  test('is told of late', async () => {
    const { server, login, seen, wake } = await completed()
    await sleep(10_000)
    expect(seen.hasEnded).toBe(false)
    for (const deliver of wake) deliver()
    await login
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })

  test('is waited for as long as that may take', async () => {
    const { login, page, seen } = await completed()
    await sleep(5000)
    await skip(COMPLETES_WITHIN - 10_000)
    expect(seen.hasEnded).toBe(false)
    await skip(10_000)
    expect(await rejection(login)).toMatchObject({ code: 'popup_closed' })
    await sleep(100)
    expect(page.listening('message')).toBe(0)
  })

  test('in vain rejects with what that failed with', async () => {
    const { server, browser, page, login } = await start()
    server.on('/v1/oauth/token', refusal(400, 'invalid_client'))
    const { popup, wake } = answeredAsleep(browser, page)
    const failed = await rejection(sdkIn(popup, server.url).handleRedirect())
    expect(popup.listening('message')).toBe(0)
    for (const deliver of wake) deliver()
    expect(await rejection(login)).toMatchObject({ code: failed.code })
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })
})

import { FakeBrowser, type FakeWindow } from '@stagedoor/testkit/fake-browser'
import { answer, sdkIn, signedInBrowser, start, until } from '@stagedoor/testkit/sdk'
import { refusal, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'
import { memoryTokenStore } from '../src/platform/token-store.ts'
import { accountOf } from '../src/ui/account.ts'
import { profileOf } from '../src/ui/profile.ts'

async function logIn(page: FakeWindow, server: TokenServer): Promise<void> {
  const login = sdkIn(page, server.url).login()
  answer(page.browser.popup, { code: 'abc' })
  await sdkIn(page.browser.popup, server.url).handleRedirect()
  await login
}

describe('the account', () => {
  test('is loading until the callback page’s login is complete, which is asked for once', async () => {
    const server = await serve()
    const page = new FakeBrowser().tab()
    const oauth = sdkIn(page, server.url)
    oauth.login({ display: 'fullScreen' })
    answer(page, { code: 'abc' }, page.navigated[0])
    const account = accountOf(oauth)
    const statuses: string[] = []
    const listen = () => account.subscribe(() => statuses.push(account.snapshot().status))
    // As StrictMode does.
    listen()()
    listen()
    await until(() => account.snapshot().status === 'authenticated')
    expect(new Set(statuses)).toEqual(new Set(['loading', 'authenticated']))
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })

  test('says what the callback page failed with', async () => {
    const oauth = sdkIn(
      new FakeBrowser().tab('https://app.example/callback#code=x&state=y'),
      'https://api.example',
    )
    const account = accountOf(oauth)
    account.subscribe(() => {})
    await until(() => account.snapshot().status === 'signed-out')
    expect(account.snapshot().error).toMatchObject({ code: 'state_mismatch' })
  })

  test('tells who comes back to the callback page with a refusal that it ended, and why', async () => {
    const page = new FakeBrowser().tab()
    const oauth = sdkIn(page, 'https://api.example')
    oauth.login({ display: 'fullScreen' })
    answer(page, { error: 'access_denied' }, page.navigated[0])
    const account = accountOf(oauth)
    account.subscribe(() => {})
    await until(() => account.snapshot().status === 'signed-out')
    expect(account.snapshot()).toMatchObject({
      ended: 'access_denied',
      error: { code: 'access_denied' },
    })
  })

  test('opens the popup in the click, and forgets a cancelled login', async () => {
    const { server, browser, oauth } = await start()
    const account = accountOf(oauth)
    account.subscribe(() => {})
    const login = account.snapshot().login({ scope: 'write' })
    expect(account.snapshot().isLoggingIn).toBe(true)
    answer(browser.popup, { error: 'access_denied' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    expect(await login).toBe(false)
    expect(account.snapshot()).toMatchObject({ isLoggingIn: false, error: null })
  })

  test('keeps what a login failed with until the next', async () => {
    const server = await serve()
    const browser = new FakeBrowser()
    browser.blocksPopups = true
    const account = accountOf(sdkIn(browser.tab(), server.url))
    account.subscribe(() => {})
    expect(await account.snapshot().login()).toBe(false)
    expect(account.snapshot().error).toMatchObject({ code: 'popup_blocked' })
    browser.blocksPopups = false
    const login = account.snapshot().login()
    expect(account.snapshot().error).toBe(null)
    answer(browser.popup, { code: 'abc' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    expect(await login).toBe(true)
  })

  test('forgets what failed once another tab has logged in', async () => {
    const server = await serve()
    const browser = new FakeBrowser()
    browser.blocksPopups = true
    const account = accountOf(sdkIn(browser.tab(), server.url))
    account.subscribe(() => {})
    await account.snapshot().login()
    browser.blocksPopups = false
    await logIn(browser.tab(), server)
    await until(() => account.snapshot().status === 'authenticated' && account.snapshot().error === null)
  })

  test('says what failed where nobody awaits it', async () => {
    const { server, oauth } = await signedInBrowser(0)
    server.on('/v1/oauth/token', refusal(400, 'invalid_client'))
    const account = accountOf(oauth)
    account.subscribe(() => {})
    await until(() => account.snapshot().error !== null)
    expect(account.snapshot().error).toMatchObject({ code: 'token_refused' })
  })

  test('says why a logout failed', async () => {
    const clear = () => {
      throw new Error('full')
    }
    const { oauth } = await signedInBrowser(3600, { ...memoryTokenStore(), clear })
    const account = accountOf(oauth)
    await account.snapshot().logout()
    expect(account.snapshot().error).toMatchObject({ code: 'token_store_failed' })
  })

  test('is not logging in once the page was left for it, as who comes back to it can again', () => {
    const account = accountOf(sdkIn(new FakeBrowser().tab(), 'https://api.example'))
    account.snapshot().login({ display: 'fullScreen' })
    expect(account.snapshot().isLoggingIn).toBe(false)
  })

  test('is logging in until the newest login ends', async () => {
    const account = accountOf(sdkIn(new FakeBrowser().tab(), 'https://api.example'))
    const openUrl = () => {}
    const replaced = account.snapshot().login({ openUrl })
    const stop = new AbortController()
    const last = account.snapshot().login({ openUrl, signal: stop.signal })
    expect(await replaced).toBe(false)
    expect(account.snapshot().isLoggingIn).toBe(true)
    stop.abort()
    expect(await last).toBe(false)
    expect(account.snapshot()).toMatchObject({ isLoggingIn: false, error: null })
  })

  test('throws on what the app itself throws', async () => {
    const account = accountOf(sdkIn(new FakeBrowser().tab(), 'https://api.example'))
    const openUrl = () => {
      throw new RangeError('the app’s')
    }
    await expect(account.snapshot().login({ openUrl })).rejects.toThrow(RangeError)
    expect(account.snapshot().isLoggingIn).toBe(false)
  })

  test('listens to tabs and network only while somebody listens to it', async () => {
    const { browser, oauth } = await signedInBrowser()
    const [window] = browser.windows
    const account = accountOf(oauth)
    const profile = profileOf(oauth, account)
    const stops = [account.subscribe(() => {}), profile.subscribe(() => {})]
    await until(() => window?.listening('storage') === 1)
    for (const stop of stops) stop()
    await until(() => window?.listening('storage') === 0)
  })
})

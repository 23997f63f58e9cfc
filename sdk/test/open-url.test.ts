import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { CALLBACK, records, rejection, requestOf, sdkIn, sleep } from '@stagedoor/testkit/sdk'
import { refusal, serve } from '@stagedoor/testkit/token-server'
import { describe, expect, test, vi } from 'vitest'

const DEEP_LINK = 'myapp://callback'

/** A login that the app shows itself. */
async function shown(by: 'config' | 'option' = 'option', redirectUri = DEEP_LINK) {
  const server = await serve()
  const browser = new FakeBrowser()
  const page = browser.tab()
  const openUrl = vi.fn<(url: string) => unknown>()
  const oauth = sdkIn(page, server.url, { redirectUri, services: by === 'config' ? { openUrl } : {} })
  const log = () => oauth.login(by === 'config' ? {} : { openUrl })
  const login = log()
  login.catch(() => {})
  const backWith = (params: Record<string, string>) => {
    const { state = '' } = requestOf(openUrl.mock.lastCall?.[0] ?? '')
    return `${redirectUri}#${new URLSearchParams({ state, ...params })}`
  }
  return { server, browser, page, openUrl, oauth, login, again: log, backWith }
}

describe('a login that the app shows itself', () => {
  test.each(['config', 'option'] as const)('opens no window, by %s, at once', async (by) => {
    const { browser, page, openUrl } = await shown(by)
    expect(openUrl).toHaveBeenCalledOnce()
    expect(requestOf(openUrl.mock.lastCall?.[0] ?? '')).toMatchObject({ redirect_uri: DEEP_LINK })
    expect([browser.popups, page.navigated]).toEqual([[], []])
  })

  test('takes the option over the service', async () => {
    const { oauth, openUrl } = await shown('config')
    openUrl.mockClear()
    const other = vi.fn()
    oauth.login({ openUrl: other }).catch(() => {})
    expect(other).toHaveBeenCalledOnce()
    expect(openUrl).not.toHaveBeenCalled()
  })

  test('is completed by its URL, and the page’s own is left alone', async () => {
    const { server, page, oauth, login, backWith } = await shown()
    const url = backWith({ code: 'abc' })
    expect([oauth.hasRedirectResult(), oauth.hasRedirectResult(url)]).toEqual([false, true])
    await Promise.all([oauth.handleRedirect(url), oauth.handleRedirect(url)])
    await login
    expect(server.to('/v1/oauth/token').map(({ body }) => body)).toMatchObject([{ redirect_uri: DEEP_LINK }])
    expect(page.location.href).toBe('https://app.example/')
    expect(await oauth.isAuthenticated()).toBe(true)
    await oauth.handleRedirect(url)
    expect(server.to('/v1/oauth/token')).toHaveLength(1)
  })

  test('takes the answer out of the page’s URL where that is the given one', async () => {
    const { page, oauth, login, backWith } = await shown('option', CALLBACK)
    page.location.href = backWith({ code: 'abc' })
    await oauth.handleRedirect(page.location.href)
    await login
    expect(page.location.href).toBe(CALLBACK)
  })

  test.each([
    [{ error: 'access_denied' }, 'access_denied'],
    [{ code: 'abc', iss: 'https://evil.example' }, 'issuer_mismatch'],
    [{ code: 'abc' }, 'invalid_grant'],
  ])('fails with %j for both who wait', async (params, code) => {
    const { server, oauth, login, backWith } = await shown()
    server.on('/v1/oauth/token', refusal(400, 'invalid_grant'))
    expect(await rejection(oauth.handleRedirect(backWith(params)))).toMatchObject({ code })
    expect(await rejection(login)).toMatchObject({ code })
  })

  test('waits on for an answer of its own when a forged one comes', async () => {
    const { server, oauth, login, backWith } = await shown()
    const forged = oauth.handleRedirect(`${DEEP_LINK}#code=ATT&state=x`)
    expect(await rejection(forged)).toMatchObject({ code: 'state_mismatch' })
    expect(server.calls).toEqual([])
    await oauth.handleRedirect(backWith({ code: 'abc' }))
    await login
  })

  test('gives way to a new one', async () => {
    const { oauth, login, openUrl, again, backWith } = await shown()
    const next = again()
    expect(await rejection(login)).toMatchObject({ code: 'superseded', cancelled: true })
    expect(openUrl).toHaveBeenCalledTimes(2)
    await oauth.handleRedirect(backWith({ code: 'abc' }))
    await next
  })

  test('ends with its signal', async () => {
    const { browser, oauth } = await shown()
    const abort = new AbortController()
    const login = oauth.login({ openUrl: () => {}, signal: abort.signal })
    abort.abort()
    expect(await rejection(login)).toMatchObject({ code: 'aborted' })
    expect(records(browser)).toEqual([])
  })

  test.each([
    () => {
      throw new Error('no browser')
    },
    () => Promise.reject(new Error('no browser')),
  ])('fails with what the app throws', async (openUrl) => {
    const { browser, oauth } = await shown()
    await expect(oauth.login({ openUrl })).rejects.toThrow('no browser')
    await sleep(0)
    expect(records(browser)).toEqual([])
  })
})

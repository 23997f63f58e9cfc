import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { answer, CALLBACK, rejection, requestOf, sdkIn, until } from '@stagedoor/testkit/sdk'
import { refusal, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import { describe, expect, test } from 'vitest'

type Handler = Parameters<TokenServer['on']>[1]

const tokens: Handler = () => ({ access_token: 'access', refresh_token: 'refresh', expires_in: 3600 })
/** Processed, but the answer never arrives. */
const lost: Handler = (_call, response) => void response.destroy()
const spent = refusal(400, 'invalid_grant')

/** Answers the exchanges by these, one after another, and the last for good. */
function replies(server: TokenServer, ...handlers: Handler[]): void {
  let next = 0
  server.on('/v1/oauth/token', (call, response) => {
    const handler = handlers[Math.min(next, handlers.length - 1)]
    next += 1
    return handler?.(call, response)
  })
}

/** A full-page login that comes back with a code. */
async function returned() {
  const server = await serve()
  const browser = new FakeBrowser()
  const page = browser.tab()
  sdkIn(page, server.url).login({ display: 'fullScreen', scope: 'write' })
  const [url = ''] = page.navigated
  const callback = browser.tab(CALLBACK)
  answer(callback, { code: 'abc' }, url)
  return { server, browser, callback, url, oauth: sdkIn(callback, server.url) }
}

const exchanges = (server: TokenServer) => server.to('/v1/oauth/token')

describe('an exchange that the server has not processed', () => {
  const busy: Handler = (_call, response) => {
    response.writeHead(503, { 'retry-after': '1' })
    response.end()
  }

  test.each([
    ['429', refusal(429, 'slow_down')],
    ['503', busy],
    ['a captive portal', ((_call, response) => void response.end('<html>')) as Handler],
    ['a firewall', ((_call, response) => void response.writeHead(403).end('<html>')) as Handler],
    ['a cut connection', lost],
  ])('because of %s is made again by itself', async (_name, failing) => {
    const { server, oauth } = await returned()
    replies(server, failing, tokens)
    const from = performance.now()
    await oauth.handleRedirect()
    expect(await oauth.isAuthenticated()).toBe(true)
    expect(exchanges(server)).toHaveLength(2)
    if (failing === busy) expect(performance.now() - from).toBeGreaterThan(1000)
  })

  test('ends with the logout that comes meanwhile', async () => {
    const { server, oauth } = await returned()
    replies(server, refusal(503, 'busy'), tokens)
    const handled = rejection(oauth.handleRedirect())
    await until(() => exchanges(server).length === 1)
    await oauth.logout()
    expect(await handled).toMatchObject({ code: 'aborted' })
    expect(await oauth.isAuthenticated()).toBe(false)
  })
})

describe('an exchange whose answer was lost', () => {
  test('on the full page goes back to the server by itself, by the same request, once', async () => {
    const { server, browser, callback, url, oauth } = await returned()
    replies(server, lost, spent, tokens)
    oauth.handleRedirect()
    await until(() => callback.navigated.length === 1)
    expect(callback.navigated).toEqual([url])
    const back = browser.tab(CALLBACK)
    answer(back, { code: 'new' }, url)
    const after = sdkIn(back, server.url)
    await after.handleRedirect()
    expect(await after.isAuthenticated()).toBe(true)
    expect(exchanges(server).map(({ body }) => body['code'])).toEqual(['abc', 'abc', 'new'])
  })

  test('twice on the full page rejects, and may be tried again', async () => {
    const { server, browser, callback, url, oauth } = await returned()
    replies(server, lost, spent)
    oauth.handleRedirect()
    await until(() => callback.navigated.length === 1)
    replies(server, lost, spent)
    const again = browser.tab(CALLBACK)
    answer(again, { code: 'new' }, url)
    const error = await rejection(sdkIn(again, server.url).handleRedirect())
    expect(error).toMatchObject({ code: 'login_interrupted', retryable: true })
    expect(again.navigated).toEqual([])
  })

  test('because the callback page was reloaded goes back by itself', async () => {
    const { server, browser, callback, url, oauth } = await returned()
    server.on('/v1/oauth/token', () => undefined)
    oauth.handleRedirect().catch(() => {})
    await until(() => exchanges(server).length === 1)
    const reloaded = browser.tab(CALLBACK)
    Object.assign(reloaded, { sessionStorage: callback.sessionStorage })
    callback.close()
    const after = sdkIn(reloaded, server.url)
    expect(after.hasRedirectResult()).toBe(true)
    after.handleRedirect()
    await until(() => reloaded.navigated.length === 1)
    expect(reloaded.navigated).toEqual([url])
  })

  test('does not go back where the tokens had been kept before the reload', async () => {
    const { server, browser, callback, oauth } = await returned()
    await oauth.handleRedirect()
    const reloaded = browser.tab(CALLBACK)
    Object.assign(reloaded, { sessionStorage: callback.sessionStorage })
    await sdkIn(reloaded, server.url).handleRedirect()
    expect(reloaded.navigated).toEqual([])
  })

  test('in a popup rejects as worth a retry, and the next login makes the same request', async () => {
    const server = await serve()
    const browser = new FakeBrowser()
    const page = browser.tab()
    const oauth = sdkIn(page, server.url)
    replies(server, lost, spent, tokens)
    const login = oauth.login({ prompt: 'consent' })
    const first = browser.popup
    answer(first, { code: 'abc' })
    await sdkIn(first, server.url).handleRedirect()
    expect(await rejection(login)).toMatchObject({ code: 'login_interrupted', retryable: true })
    const again = oauth.login({ prompt: 'consent' })
    const { state, code_challenge, prompt } = requestOf(browser.popup.shown)
    expect({ state, code_challenge, prompt }).toEqual({
      state: requestOf(first.shown)['state'],
      code_challenge: requestOf(first.shown)['code_challenge'],
      prompt: undefined,
    })
    answer(browser.popup, { code: 'new' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    await again
    expect(await oauth.isAuthenticated()).toBe(true)
  })

  test('in a popup is not what another login asks for', async () => {
    const server = await serve()
    const browser = new FakeBrowser()
    const oauth = sdkIn(browser.tab(), server.url)
    replies(server, lost, spent)
    const login = oauth.login()
    const first = browser.popup
    answer(first, { code: 'abc' })
    await sdkIn(first, server.url).handleRedirect()
    await rejection(login)
    oauth.login({ scope: 'write' }).catch(() => {})
    expect(requestOf(browser.popup.shown)['state']).not.toBe(requestOf(first.shown)['state'])
  })
})

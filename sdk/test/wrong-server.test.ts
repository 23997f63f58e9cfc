import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { FakePhone } from '@stagedoor/testkit/fake-phone'
import { runFastClock } from '@stagedoor/testkit/fast-clock'
import {
  API_KEY,
  answer,
  CALLBACK,
  records,
  rejection,
  sdkIn,
  sdkOnPhone,
  sleep,
  until,
} from '@stagedoor/testkit/sdk'
import { METADATA, serve } from '@stagedoor/testkit/token-server'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { sdk } from '../src/node.ts'
import type { OAuth } from '../src/oauth.ts'

runFastClock()
afterEach(() => vi.restoreAllMocks())

/** Any server, such as the wrong one. */
async function another(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function stopped(): Promise<string> {
  const server = await serve()
  await server.close()
  return server.url
}

const html =
  (status: number): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end('<!doctype html><p>Hello')

const called =
  (issuer: string): RequestListener =>
  (_request, response) =>
    response.end(JSON.stringify({ issuer }))

const wrong: readonly (readonly [string, () => Promise<string>, string, RegExp])[] = [
  ['is stopped', stopped, 'unreachable', /no server: http:\/\/127/],
  [
    'speaks http and not https',
    async () => (await serve()).url.replace('http:', 'https:'),
    'unreachable',
    /no server/,
  ],
  [
    'is another that knows no such page',
    () => another(html(404)),
    'invalid_answer',
    /no authorization server: .*oauth-authorization-server/,
  ],
  [
    'is another that answers every path with its app',
    () => another(html(200)),
    'invalid_answer',
    /no authorization server/,
  ],
  [
    'calls itself otherwise',
    () => another(called('http://localhost:4400')),
    'issuer_mismatch',
    /is http:\/\/localhost:4400/,
  ],
]

const logins: readonly (readonly [string, (url: string) => Promise<void>])[] = [
  ['by popup', (url) => sdkIn(new FakeBrowser().tab(), url).login()],
  ['on a phone', (url) => sdkOnPhone(new FakePhone().start(), url).login()],
  [
    'on a command line',
    (url) =>
      sdk({ apiKey: API_KEY, apiEndpoint: url, redirectUri: 'http://127.0.0.1/cb' }).oauth.login({
        openUrl: () => {},
      }),
  ],
]

describe.each(logins)(
  'a login %s ends at once, with what was seen, where the server (L16)',
  (_name, logIn) => {
    test.each(wrong)('%s', async (_what, url, code, seen) => {
      const begun = performance.now()
      const error = await rejection(logIn(await url()))
      expect([error.code, error.message]).toEqual([code, expect.stringMatching(seen)])
      expect(performance.now() - begun).toBeLessThan(5000)
    })
  },
)

describe('a popup', () => {
  test('at a wrong server is closed, and its login forgotten', async () => {
    const browser = new FakeBrowser()
    await rejection(sdkIn(browser.tab(), await stopped()).login())
    expect(records(browser)).toEqual([])
  })

  test.each([
    ['has no metadata that a page may read', () => ({})],
    ['names itself in other letters', () => null],
    ['fails just then', () => 503],
  ])('goes on where the server %s', async (_what, metadata) => {
    const server = await serve()
    const named = { issuer: `${server.url.replace('http', 'HTTP')}/` }
    server.on(METADATA, (_call, response) => {
      const answered = metadata()
      if (typeof answered !== 'number') return answered ?? named
      response.statusCode = answered
      return {}
    })
    const browser = new FakeBrowser()
    const login = sdkIn(browser.tab(), server.url).login()
    await sleep(200)
    answer(browser.popup, { code: 'c' })
    await sdkIn(browser.popup, server.url).handleRedirect()
    await login
  })
})

describe('an answer that a page does nothing with', () => {
  async function arrived(debug?: boolean): Promise<OAuth> {
    const server = await serve()
    const browser = new FakeBrowser()
    sdkIn(browser.tab(), server.url).login({ display: 'fullScreen' })
    const [url = ''] = browser.windows[0]?.navigated ?? []
    const callback = browser.tab(CALLBACK)
    answer(callback, { code: 'c' }, url)
    return sdkIn(callback, server.url, debug === undefined ? {} : { debug })
  }

  test('is told of in the console of a developer, with the line to add (L16)', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    await arrived()
    await until(() => warn.mock.calls.length > 0)
    expect(warn.mock.calls[0]?.[0]).toContain(`${CALLBACK} was opened with the answer of a login`)
    expect(warn.mock.calls[0]?.[0]).toContain('await audius.oauth.handleRedirect()')
  })

  test('is not told of where the page handles it, or the app wants no words', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const oauth = await arrived()
    await arrived(false)
    await oauth.handleRedirect()
    await sleep(2300)
    expect(warn).not.toHaveBeenCalled()
  })
})

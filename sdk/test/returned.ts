import { FakeBrowser, type FakeWindow } from '@stagedoor/testkit/fake-browser'
import { answer, CALLBACK, sdkIn } from '@stagedoor/testkit/sdk'
import { type Call, serve, type TokenServer } from '@stagedoor/testkit/token-server'
import type { OAuth } from '../src/oauth.ts'

/** A full-page login: where it began, and where it has come back. */
interface Returned {
  readonly server: TokenServer
  readonly browser: FakeBrowser
  readonly page: FakeWindow
  readonly callback: FakeWindow
  /** Of the login page. */
  readonly url: string
  /** The callback's address, as the answer made it. */
  readonly written: string
  readonly oauth: OAuth
}

/** A full-page login that has come back to the callback. */
export async function returned(params: Record<string, string> = { code: 'abc' }): Promise<Returned> {
  const server = await serve()
  const browser = new FakeBrowser()
  const page = browser.tab()
  sdkIn(page, server.url).login({ display: 'fullScreen' })
  const [url = ''] = page.navigated
  const callback = browser.tab(CALLBACK)
  answer(callback, params, url)
  const written = callback.location.href
  return { server, browser, page, callback, url, written, oauth: sdkIn(callback, server.url) }
}

/** The codes that were exchanged. */
export const exchanges = (server: TokenServer): Call[] => server.to('/v1/oauth/token')

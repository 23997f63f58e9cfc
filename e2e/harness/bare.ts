import { join } from 'node:path'
import type { LoginOptions, Sdk, SessionEvent } from '@stagedoor/sdk'
import type { Page } from 'playwright-core'
import type { Server } from './server.ts'
import { fileIn, type Site, serve } from './web.ts'

declare global {
  interface Window {
    /** The bare page's SDK. */
    audius: Sdk
    /** What its button passes to `login()`. */
    loginOptions?: LoginOptions
    /** What `watchSession` was told. */
    heard: SessionEvent[]
  }
}

const sdkFolder = join(import.meta.dirname, '../../sdk/dist')

/**
 * Serves the smallest app there is: a button, and an output that holds the handle, `signed out`, or an error's code.
 * Every path is the same page, but for `/plain`, which has no script.
 */
export function serveBare(
  server: Server,
  {
    callback = '/callback',
    dpop = false,
    ...options
  }: { callback?: string; dpop?: boolean; host?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<Site> {
  return serve((path) => {
    if (path === '/favicon.ico') return null
    if (path.startsWith('/sdk/')) return fileIn(sdkFolder, path.slice('/sdk'.length))
    return {
      type: 'text/html; charset=utf-8',
      body: path === '/plain' ? '<!doctype html><title>Plain</title>' : html(server, callback, dpop),
    }
  }, options)
}

const html = (server: Server, callback: string, dpop: boolean) => `<!doctype html>
<html lang="en">
  <title>Bare app</title>
  <button>Log in</button>
  <output>starting</output>
  <script type="module">
    import { sdk } from '/sdk/browser.mjs'
    const { oauth } = window.audius = sdk({
      apiKey: '${server.apiKey}',
      redirectUri: location.origin + '${callback}',
      apiEndpoint: '${server.url}',
      dpop: ${dpop},
    })
    const show = async (action) => {
      const output = document.querySelector('output')
      try {
        await action
        output.value = await oauth.isAuthenticated() ? (await oauth.getUser()).handle : 'signed out'
      } catch (error) {
        output.value = error.code
      }
    }
    document.querySelector('button').onclick = () => show(oauth.login(window.loginOptions))
    show(oauth.handleRedirect())
    // Of a popup that its server severs nobody can tell that it was not closed: the page hears of its login.
    oauth.on('signed-in', () => show())
  </script>
</html>`

/** Waits until the bare page says something. */
export async function says(page: Page, words: string): Promise<void> {
  await page.locator('output', { hasText: new RegExp(`^${words}$`) }).waitFor()
}

/** Lets the bare page watch its session from now on and keep what it is told, once it knows who is logged in. */
export async function watchSession(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.heard = []
    for (const type of ['signed-in', 'signed-out', 'refreshed', 'unreachable', 'error'] as const)
      window.audius.oauth.on(type, (event) => window.heard.push(event))
  })
}

/** Waits until the bare page's session is in a state. */
export async function sessionIs(page: Page, status: Sdk['oauth']['session']['status']): Promise<void> {
  await page.waitForFunction((wanted) => window.audius.oauth.session.status === wanted, status)
}

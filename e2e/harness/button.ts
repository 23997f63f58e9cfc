import { join } from 'node:path'
import type { LoginButtonEvents } from '@stagedoor/sdk/button'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { Server } from './server.ts'
import { fileIn, type Site, serve } from './web.ts'

declare global {
  interface Window {
    /** What the button of the page has told, and what the page’s policy refused. */
    told: { type: keyof LoginButtonEvents; who?: string | undefined }[]
    violations: string[]
  }
}

const sdkFolder = join(import.meta.dirname, '../../sdk/dist')

const style = `
html { color-scheme: light dark }
body { margin: 2rem; font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText }`

const listen = `
window.told = []
for (const type of ['signed-in', 'signed-out', 'login-error'])
  document.addEventListener(type, ({ detail }) => {
    window.told.push({ type, who: detail.user?.handle ?? detail.why ?? detail.error?.code })
  })`

/** Hands the button an instance, as an app with modules does. */
const property = (server: Server) => `
import { sdk } from '/sdk/browser.mjs'
import { defineLoginButton } from '/sdk/button.mjs'
const early = document.querySelector('login-with-audius')
early.sdk = sdk({
  apiKey: '${server.apiKey}',
  apiEndpoint: '${server.url}',
  redirectUri: location.origin + '/callback',
})
defineLoginButton(sdk)
defineLoginButton(sdk)`

/**
 * Serves pages with the button, under a policy that allows nothing inline and no other origin but the API: `/` and
 * `/callback` with the one script, `/full` that leaves the page, `/wrong` with a mistake in its attributes, `/property` with modules and an instance.
 */
export async function serveButton(server: Server): Promise<Site> {
  const tag = (origin: string, more = '') =>
    `<login-with-audius api-key="${server.apiKey}" api-endpoint="${server.url}"
      redirect-uri="${origin}/callback" ${more}></login-with-audius>`
  const html = (body: string, scripts: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Page with a button</title>
    <link rel="stylesheet" href="/page.css">
    <script src="/listen.js"></script>
    ${scripts}
  </head>
  <body><main><h1>Page with a button</h1>${body}</main></body>
</html>`
  const script = '<script src="/sdk/button.min.js" async></script>'
  const bodies: Readonly<Record<string, (origin: string) => string>> = {
    '/full': (origin) => html(tag(origin, 'display="fullScreen" scope="write"'), script),
    '/wrong': () => html('<login-with-audius api-key="no key"></login-with-audius>', script),
    '/property': () =>
      html(
        '<login-with-audius scope="read"></login-with-audius>',
        '<script type="module" src="/property.js"></script>',
      ),
  }
  const site: Site = await serve(
    (path) => {
      if (path === '/favicon.ico') return null
      if (path.startsWith('/sdk/')) return fileIn(sdkFolder, path.slice('/sdk'.length))
      if (path === '/page.css') return { type: 'text/css', body: style }
      if (path === '/listen.js') return { type: 'text/javascript', body: listen }
      if (path === '/property.js') return { type: 'text/javascript', body: property(server) }
      const body = bodies[path]?.(site.origin) ?? html(tag(site.origin), script)
      return { type: 'text/html; charset=utf-8', body }
    },
    {
      headers: {
        'content-security-policy': `default-src 'self'; style-src 'self'; connect-src 'self' ${server.url}`,
      },
    },
  )
  return site
}

/** What the policy of the pages refuses from now on, in every window. */
export async function violations(context: BrowserContext): Promise<string[]> {
  const found: string[] = []
  await context.exposeFunction('reportViolation', (directive: string) => found.push(directive))
  await context.addInitScript(
    `document.addEventListener('securitypolicyviolation', (event) => reportViolation(event.violatedDirective + ' ' + event.blockedURI))`,
  )
  return found
}

/** The button that the element shows. */
export const buttonOf = (page: Page, name: string): Locator =>
  page.locator('login-with-audius').getByRole('button', { name, exact: true })

/** What the element says in words. */
export const wordsOf = (page: Page, words: string): Locator =>
  page.locator('login-with-audius').getByRole('status').filter({ hasText: words })

export const told = (page: Page): Promise<Window['told']> => page.evaluate(() => window.told)

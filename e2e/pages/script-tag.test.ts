import { join } from 'node:path'
import { describe } from 'vitest'
import { says } from '../harness/bare.ts'
import { logIn } from '../harness/people.ts'
import type { Server } from '../harness/server.ts'
import { fileIn, type Site, serve } from '../harness/web.ts'
import { expect, test } from '../harness.ts'

const sdkFolder = join(import.meta.dirname, '../../sdk/dist')

/** A page without modules or a bundler, whose policy lets it load its own files and ask the server, and nothing else. */
function serveScripts(server: Server): Promise<Site> {
  const policy = `default-src 'none'; script-src 'self'; connect-src ${server.url}; worker-src 'self'`
  const files: Readonly<Record<string, string>> = {
    '/app.js': app(server),
    '/worker.js': "importScripts('/sdk/sdk.min.js'); postMessage(typeof audiusSdk)",
    '/module-worker.js': "import * as entry from '/sdk/browser.mjs'; postMessage(typeof entry.sdk)",
  }
  return serve(
    (path) => {
      if (path.startsWith('/sdk/')) return fileIn(sdkFolder, path.slice('/sdk'.length))
      const body = files[path]
      return body ? { type: 'text/javascript', body } : { type: 'text/html; charset=utf-8', body: html }
    },
    { headers: { 'content-security-policy': policy } },
  )
}

const html = `<!doctype html>
<html lang="en">
  <title>Script tag</title>
  <button>Log in</button>
  <output>starting</output>
  <script src="/sdk/sdk.min.js"></script>
  <script src="/app.js"></script>
</html>`

const app = (server: Server) => `
  var oauth = audiusSdk({
    apiKey: '${server.apiKey}',
    redirectUri: location.origin + '/callback',
    apiEndpoint: '${server.url}',
  }).oauth
  var output = document.querySelector('output')
  function show(action) {
    action
      .then(function () { return oauth.isAuthenticated() })
      .then(function (isIn) { return isIn ? oauth.getUser() : { handle: 'signed out' } })
      .then(function (user) { output.value = user.handle })
      .catch(function (error) { output.value = audiusSdk.isStagedoorError(error) ? error.code : String(error) })
  }
  document.querySelector('button').onclick = function () { show(oauth.login()) }
  show(oauth.handleRedirect())
`

describe('One script tag', () => {
  test('logs a person in, restores the session and loads nothing else, under a strict policy', async ({
    page,
    server,
    person,
  }) => {
    const site = await serveScripts(server)
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
    await page.goto(site.origin)
    await says(page, 'signed out')
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    expect(loaded.filter((path) => path.startsWith('/sdk/'))).toEqual(['/sdk/sdk.min.js'])
    await page.reload()
    await says(page, person.handle)
    await site.stop()
  })
})

describe('A worker, which has no window,', () => {
  test.for([
    ['/worker.js', 'classic'],
    ['/module-worker.js', 'module'],
  ] as const)('loads the SDK: %s', async ([path, type], { page, server }) => {
    const site = await serveScripts(server)
    await page.goto(site.origin)
    const answered = await page.evaluate(
      ([url, kind]) =>
        new Promise((resolve) => {
          const worker = new Worker(url, { type: kind })
          worker.onmessage = ({ data }) => resolve(data)
          worker.onerror = ({ message }) => resolve(message)
        }),
      [path, type] as const,
    )
    expect(answered).toBe('function')
    await site.stop()
  })
})

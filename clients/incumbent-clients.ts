import { readFile } from 'node:fs/promises'
import { freePort } from '@stagedoor/testkit/ports'
import { fileServer } from '@stagedoor/testkit/server'
import { nova } from '@stagedoor/testkit/wire-browser'
import { expect, onTestFinished, test } from 'vitest'
import { startBrowser } from '../e2e/harness/browser.ts'
import { openPopup, pressAndClose, signIn } from '../e2e/harness/people.ts'
import { serve } from '../e2e/harness/web.ts'
import { works } from './world.ts'

/** The server that the client knows by the name of its `environment: 'development'`. */
const host = 'audius-api'
const port = String(await freePort())
const server = await fileServer({ PORT: port, PUBLIC_URL: `http://${host}` })

const script = `const audius = window.audiusSdk({ ...config, appName: 'Foreign client', environment: 'development' })
const output = document.querySelector('output')
const show = async () => {
  output.textContent = (await audius.oauth.isAuthenticated()) ? (await audius.oauth.getUser()).handle : 'nobody'
}
document.querySelector('#in').onclick = () => audius.oauth.login({ scope: 'write' }).then(show)
document.querySelector('#out').onclick = () => audius.oauth.logout().then(show)
await audius.oauth.handleRedirect()
await show()`

test.each(['audius-15', 'audius-16'])('%s logs in by popup, stays so, and logs out', async (alias) => {
  const folder = `../incumbent/node_modules/${alias}`
  const library = await readFile(new URL(`node_modules/${folder}/dist/sdk.min.js`, import.meta.url))
  let config = {}
  const site = await serve((path) =>
    path.endsWith('.js')
      ? { type: 'text/javascript', body: path === '/sdk.min.js' ? library : script }
      : {
          type: 'text/html; charset=utf-8',
          body: `<!doctype html><html lang="en"><title>App</title><link rel="icon" href="data:,">
<button type="button" id="in">Log in</button><button type="button" id="out">Log out</button><output></output>
<script>window.config = ${JSON.stringify(config)}</script>
<script src="/sdk.min.js"></script><script type="module" src="/app.js"></script></html>`,
        },
  )
  onTestFinished(() => site.stop())
  const redirectUri = `${site.origin}/`
  config = { apiKey: await server.register(`Foreign client ${alias.slice(-2)}`, redirectUri), redirectUri }

  const chromium = await startBrowser([`--host-resolver-rules=MAP ${host}:80 localhost:${port}`])
  onTestFinished(() => chromium.close())
  const page = await chromium.newPage()
  const says = (words) => page.locator('output', { hasText: words }).waitFor()
  await page.goto(redirectUri)
  await says('nobody')
  const popup = await openPopup(page, 'Log in')
  await signIn(popup, nova)
  await pressAndClose(popup, 'Allow')
  await says('nova')
  await page.reload()
  await says('nova')
  await page.getByRole('button', { name: 'Log out' }).click()
  await says('nobody')
  expect(page.url()).toBe(redirectUri)
  works(folder, "nothing: its `environment: 'development'`, whose host leads to the server")
})

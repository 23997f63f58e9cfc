import { join } from 'node:path'
import { nova } from '@stagedoor/testkit/wire-browser'
import { rolldown } from 'rolldown'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { startBrowser } from '../e2e/harness/browser.ts'
import { allow, openPopup, pressAndClose, signIn } from '../e2e/harness/people.ts'
import { serve } from '../e2e/harness/web.ts'
import { server, works } from './world.ts'

const chromium = await startBrowser()
afterAll(() => chromium.close())

/** A client's page, as its own documentation writes it, bundled. */
async function bundled(app, settings) {
  const bundle = await rolldown({
    input: join(import.meta.dirname, app),
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    ...settings,
  })
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false })
  return output[0].code
}

/** Serves a client's page, which learns from `config` who it is. */
async function pageOf(app, settings) {
  const script = await bundled(app, settings)
  let config = {}
  const page = () => `<!doctype html><html lang="en"><title>App</title><link rel="icon" href="data:,">
<button type="button">Log in</button><output></output>
<script>window.config = ${JSON.stringify(config)}</script><script type="module" src="/app.js"></script></html>`
  const site = await serve((path) =>
    path === '/app.js'
      ? { type: 'text/javascript', body: script }
      : { type: 'text/html; charset=utf-8', body: page() },
  )
  onTestFinished(() => site.stop())
  const redirectUri = `${site.origin}/`
  config = { issuer: server.url, apiKey: await server.register(app, redirectUri), redirectUri }
  return redirectUri
}

test.each([
  ['react-oidc-context', 'react-oidc-context.js', '`authority`'],
  ['react-oauth2-code-pkce', 'react-oauth2-code-pkce.js', 'endpoints, `decodeToken: false`'],
  ['angular-oauth2-oidc', 'angular-oauth2-oidc.js', "the issuer, `responseType: 'code'`"],
  ['@openid/appauth', 'appauth.js', 'the issuer, the query as where its answer stands'],
])('%s logs in in Chromium and reads the profile', async (library, app, configured) => {
  const url = await pageOf(`apps/${app}`)
  const page = await (await chromium.newContext()).newPage()
  const faults = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await page.goto(url)
  await page.getByRole('button', { name: 'Log in' }).click()
  await signIn(page, nova)
  await allow(page)
  await page.locator('output', { hasText: 'nova' }).waitFor()
  expect(faults).toEqual([])
  await page.context().close()
  works(library, configured)
})

/** What Metro does for the web: files that are called so first, React Native's own for the web, and what the app's manifest says. */
const forTheWeb = {
  resolve: {
    extensions: ['.web.js', '.web.ts', '.web.tsx', '.js', '.ts', '.tsx', '.json'],
    alias: { 'react-native': 'react-native-web', expo: 'expo-modules-core' },
  },
  transform: {
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.EXPO_OS': '"web"',
      'process.env.APP_MANIFEST': '"{}"',
      __DEV__: 'false',
    },
  },
  // Its files name types of its own among what they import.
  shimMissingExports: true,
  logLevel: 'silent',
}

test('expo-auth-session logs in by popup in Chromium and reads userinfo', async () => {
  const url = await pageOf('expo/app.js', forTheWeb)
  const page = await (await chromium.newContext()).newPage()
  const faults = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await page.goto(url)
  const popup = await openPopup(page, 'Log in')
  await signIn(popup, nova)
  await pressAndClose(popup, 'Allow')
  await page.locator('output', { hasText: 'nova' }).waitFor()
  expect(faults).toEqual([])
  await page.context().close()
  works('../expo/node_modules/expo-auth-session', 'the issuer')
})

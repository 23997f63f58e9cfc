import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nova } from '@stagedoor/testkit/wire-browser'
import { expect, onTestFinished, test } from 'vitest'
import { startBrowserWithExtension } from '../e2e/harness/browser.ts'
import { allow, signIn } from '../e2e/harness/people.ts'
import { bundled } from './harness.ts'
import { chromium, server, works } from './world.ts'

/** An extension as Chromium loads it: its worker is one file. Its name there, and so its redirect URI, is made from its folder. */
async function extension(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-extension-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const manifest = {
    manifest_version: 3,
    name: 'Extension',
    version: '1',
    permissions: ['identity', 'storage'],
    background: { service_worker: 'worker.js', type: 'module' },
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'worker.js'), await bundled('extension.js', ['browser']))
  return folder
}

test('an extension logs in from its service worker, by launchWebAuthFlow', async () => {
  const context = await startBrowserWithExtension(await extension())
  onTestFinished(() => context.close())
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const ask = (command: string, argument?: object) =>
    worker.evaluate(([name, given]) => Reflect.get(globalThis, 'ask')(name, given), [
      command,
      argument,
    ] as const)
  const apiKey = await server.register('Extension', await ask('redirectUri'))
  const config = { apiKey, apiEndpoint: server.url }

  const opened = context.waitForEvent('page')
  const login = ask('logIn', config)
  const page = await opened
  await signIn(page, { handle: nova.handle, password: nova.password })
  await allow(page)
  expect(await login).toBe('done')
  expect(await ask('who', config)).toBe('nova')
  expect(await ask('logOut', config)).toBe('done')
  expect(await ask('who', config)).toBe('nobody')
  works(
    'An extension (Manifest V3) in Chromium',
    chromium.version(),
    'a login from its service worker, a call, a logout',
  )
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { writeTable } from '@stagedoor/testkit/document'
import { fileServer } from '@stagedoor/testkit/server'
import { nova } from '@stagedoor/testkit/wire-browser'
import { Miniflare } from 'miniflare'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from '../e2e/harness/browser.ts'
import { allow, openPopup, signIn } from '../e2e/harness/people.ts'
import { bundled, installSdk, pageOf, sentBack, versionOf } from './harness.ts'

const apiKey = '0057a6ed000057a6ed000057a6ed000057a6ed00'
const server = await fileServer({}, { apiKey, handles: [], confirmsByLink: false })
const rows: string[] = []

beforeAll(() => installSdk(server.url))
afterAll(() => writeTable('habitats.md', 'habitats', '| where | version | what is tested |', rows.toSorted()))

const works = (where: string, version: string, what: string) =>
  rows.push(`| ${where} | ${version} | ${what} |`)

describe('workerd', () => {
  const dates = ['2024-09-02', '2025-06-01', '2026-03-01']

  test.each(dates)('logs in as a server does, compatible with %s (L7)', async (compatibilityDate) => {
    const redirectUri = 'http://localhost:8787/callback'
    const APP = JSON.stringify({ apiKey, redirectUri, apiEndpoint: server.url })
    const script = await bundled('worker.js', ['workerd', 'worker'])
    const worker = new Miniflare({ modules: true, script, compatibilityDate, bindings: { APP } })
    try {
      const ask = async (path: string, body?: object) => {
        const init = body && { method: 'POST', body: JSON.stringify(body) }
        const response = await worker.dispatchFetch(`http://localhost${path}`, init)
        return JSON.parse(await response.text())
      }
      const { url, transaction } = await ask('/begin')
      const callback = await sentBack(server.url, url)
      expect(await ask('/callback', { callback, transaction })).toEqual({ handle: 'nova' })
      expect(await ask('/callback', { callback, transaction })).toEqual({ code: 'invalid_grant' })
      expect(await ask('/login')).toEqual({ code: 'no_page' })
    } finally {
      await worker.dispose()
    }
  })

  test('is in the table', () => {
    works(
      'Cloudflare Workers (workerd by miniflare)',
      versionOf('miniflare'),
      `a server’s login, compatible with ${dates.join(', ')}`,
    )
  })
})

/** A login on the command line of a runtime, by a person without script. */
async function toolLogin(command: string, args: readonly string[]): Promise<string> {
  const APP = JSON.stringify({ apiKey, redirectUri: 'http://127.0.0.1/callback', apiEndpoint: server.url })
  const child = spawn(command, [...args, join(import.meta.dirname, 'apps/tool.mjs')], {
    cwd: import.meta.dirname,
    env: { ...process.env, APP, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  const exit = once(child, 'exit')
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('http')) await fetch(await sentBack(server.url, line))
    else said += line
  }
  const [code] = await exit
  return `${code}: ${said}`
}

const bin = (name: string) => join(import.meta.dirname, 'node_modules/.bin', name)

test.each([
  ['Deno', 'deno', ['run', '--allow-all', '--node-modules-dir=manual', '--no-lock']],
  ['Bun', 'bun', ['run']],
] as const)('%s logs in on its command line', async (name, command, args) => {
  expect(await toolLogin(bin(command), args)).toBe('0: Hello nova')
  works(name, versionOf(command), 'a login on the command line, a call, a logout')
})

const chromium = await startBrowser()
afterAll(() => chromium.close())

describe.each([
  ['React Router', 'react-router.jsx', 'react-router'],
  ['Vue Router', 'vue-router.js', 'vue-router'],
])('%s', (name, app, library) => {
  async function opened(mode: string): Promise<{ page: Page; origin: string; faults: string[] }> {
    const script = await bundled(app, ['browser'])
    const origin = await pageOf(script, { apiKey, apiEndpoint: server.url })
    const page = await (await chromium.newContext()).newPage()
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    await page.goto(`${origin}/?mode=${mode}`)
    await says(page, 'signed-out')
    return { page, origin, faults }
  }
  const says = (page: Page, words: string) => page.locator('output', { hasText: words }).waitFor()
  const password = nova.password

  test.each(['fragment', 'query'])(
    'logs in on the full page by the %s, and stays so (L3, L4)',
    async (mode) => {
      const { page, faults } = await opened(mode)
      await page.getByRole('button', { name: 'Log in on the full page' }).click()
      await signIn(page, { handle: nova.handle, password })
      await allow(page)
      await says(page, nova.handle)
      expect(page.url()).not.toContain('code=')
      await page.reload()
      await says(page, nova.handle)
      expect(page.url()).not.toContain('code=')
      expect(faults).toEqual([])
      await page.context().close()
    },
  )

  test.each(['fragment', 'query'])('logs in by popup by the %s (L3, L4)', async (mode) => {
    const { page, faults } = await opened(mode)
    const popup = await openPopup(page)
    await signIn(popup, { handle: nova.handle, password })
    await Promise.all([popup.waitForEvent('close'), allow(popup)])
    await says(page, nova.handle)
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('is in the table', () => {
    works(
      name,
      versionOf(library),
      'logins by popup and on the full page, answered in fragment and query; a reload',
    )
  })
})

import { nova } from '@stagedoor/testkit/wire-browser'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { allow, openPopup, signIn } from '../e2e/harness/people.ts'
import { bundled, pageOf, versionOf } from './harness.ts'
import { apiKey, chromium, server, works } from './world.ts'

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

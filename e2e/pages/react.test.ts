import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import {
  allow,
  logIn,
  logInAgain,
  openPopup,
  pressAndClose,
  signIn,
  tokenRequests,
} from '../harness/people.ts'
import { serveReact } from '../harness/react.ts'
import type { Site } from '../harness/web.ts'
import { test as base, expect } from '../harness.ts'

const test = base.extend<{ $file: { react: Site } }>({
  react: [
    async ({ server }, use) => {
      const site = await serveReact(server)
      await use(site)
      await site.stop()
    },
    { scope: 'file' },
  ],
})

const says = (page: Page, who: string) =>
  page.waitForFunction((expected) => {
    const shown = [...document.querySelectorAll('output')]
    return shown.length > 0 && shown.every((it) => it.value === expected)
  }, who)

const seen = (page: Page) => page.evaluate(() => window.seen)

describe('React, in StrictMode', () => {
  test('logs in by popup with one login, and leaves no listener behind', async ({ page, react, person }) => {
    await page.goto(react.origin)
    await says(page, 'nobody')
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    await page.getByText('authenticated, idle, no error').waitFor()
    const { redirects, logins, listening } = await seen(page)
    expect([redirects, logins]).toEqual([1, 1])
    expect(listening).toBeGreaterThan(0)
    await page.evaluate(() => window.root.unmount())
    await expect.poll(async () => (await seen(page)).listening).toBe(0)
  })

  test('asks for the user once, whoever shows it', async ({ context, page, react, person }) => {
    await page.goto(react.origin)
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    const asked: string[] = []
    context.on('request', (request) => {
      if (request.method() === 'GET' && request.url().endsWith('/v1/me')) asked.push(request.url())
    })
    await page.reload()
    await says(page, person.handle)
    expect(asked).toHaveLength(1)
  })

  test('logs in on the full page with one token request', async ({ context, page, react, person }) => {
    const grants = tokenRequests(context)
    await page.goto(react.origin)
    await page.getByRole('button', { name: 'Log in on the full page' }).click()
    await signIn(page, person)
    await allow(page)
    await says(page, person.handle)
    expect(grants).toEqual(['authorization_code'])
    expect((await seen(page)).redirects).toBe(1)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await says(page, 'nobody')
  })

  test('takes a denied login for none, and the next one works', async ({ page, react, person }) => {
    await page.goto(react.origin)
    const popup = await openPopup(page, 'Log in')
    await page.getByText('signed-out, logging in, no error').waitFor()
    await pressAndClose(popup, 'Cancel')
    await page.getByText('signed-out, idle, no error').waitFor()
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
  })

  test('shows who another tab has logged in as, and never the one before', async ({
    context,
    page,
    react,
    server,
    person,
  }) => {
    await page.goto(react.origin)
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    const other = await context.newPage()
    await other.goto(react.origin)
    await says(other, person.handle)
    await context.clearCookies()
    const shown = page.evaluate(
      (last) =>
        new Promise<string[]>((resolve) => {
          const values: string[] = []
          const [output] = document.querySelectorAll('output')
          if (!output) return
          new MutationObserver(() => {
            values.push(output.value)
            if (output.value === last) resolve(values)
          }).observe(output, { childList: true, characterData: true, subtree: true })
        }),
      'jun',
    )
    await logIn(other, server.sample('jun'), 'Log in')
    expect(await shown).toEqual(['loading', 'jun'])
    await says(other, 'jun')
  })

  test('goes on from what the server rendered, without a mismatch', async ({ page, react, person }) => {
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.goto(react.origin)
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    const html = await (await fetch(`${react.origin}/rendered`)).text()
    expect(html).toContain('<output>loading</output>')
    await page.goto(`${react.origin}/rendered`)
    await says(page, person.handle)
    expect((await seen(page)).mismatches).toEqual([])
    expect(complaints).toEqual([])
    await page.getByRole('button', { name: 'Sign out' }).click()
    await says(page, 'nobody')
    await logInAgain(page, 'Log in')
    await says(page, person.handle)
  })
})

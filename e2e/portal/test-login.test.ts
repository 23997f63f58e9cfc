import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { waitLimit } from '../harness/browser.ts'
import { allow, reach, signIn } from '../harness/people.ts'
import type { Server } from '../harness/server.ts'
import { expect, test } from '../harness.ts'

/** Registers an app as somebody new; ends on the page of its test login, and answers the app's key. */
async function newApp(page: Page, server: Server): Promise<string> {
  await page.goto(`${server.url}/developers`)
  await signIn(page, await server.newPerson())
  await reach(page, `${server.url}/developers`)
  await page.getByLabel('Name').fill(`Tested ${Math.random().toString(36).slice(2)}`)
  await page.getByRole('button', { name: 'Create app' }).click()
  const apiKey = (await page.locator('#api-key').textContent()) ?? ''
  await page.getByRole('link', { name: 'Test login' }).click()
  return apiKey
}

const steps = (page: Page) => page.locator('.exchange h2').allTextContents()

describe.each([
  ['with script', true],
  ['without script', false],
])('A developer %s', (_, javaScriptEnabled) => {
  test('tests the login of an app, and sees every step of it', async ({ browser, server }) => {
    const context = await browser.newContext({ javaScriptEnabled })
    context.setDefaultTimeout(waitLimit)
    try {
      const page = await context.newPage()
      const apiKey = await newApp(page, server)
      await page.getByLabel('write: change it too').check()
      await page.getByRole('button', { name: 'Test login' }).click()
      await page.getByText('Allow Tested').waitFor()
      await allow(page)
      await page.getByText('The login works, with scope write.').waitFor()
      expect(new URL(page.url()).pathname).toBe(`/developers/${apiKey}/test-login/callback`)
      expect(await steps(page)).toHaveLength(6)

      // Going back and reloading repeat nothing.
      await page.reload()
      await page.getByText('The login stopped at “The app exchanges the code”').waitFor()
      await page.getByRole('link', { name: 'Test again' }).click()
      await page.getByRole('button', { name: 'Test login' }).click()
      await page.getByRole('button', { name: 'Cancel' }).press('Enter')
      await page.getByRole('link', { name: 'access_denied' }).click()
      await reach(page, /\/docs\/errors#access_denied$/)
      await page.goto(`${server.url}/developers/${apiKey}/log`)
      await page.getByText('Nothing has happened yet.').waitFor()
    } finally {
      await context.close()
    }
  })
})

test('The answer of a test is of no use to who gets hold of its address', async ({
  page,
  browser,
  server,
}) => {
  await newApp(page, server)
  let stolen = ''
  // Its own browser is told nothing of where it should go.
  await page.route(`${server.url}/consent`, async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    const answer = await route.fetch({ maxRedirects: 0 })
    stolen = answer.headers()['location'] ?? ''
    return route.abort()
  })
  await page.getByRole('button', { name: 'Test login' }).click()
  await page.getByRole('button', { name: 'Allow' }).waitFor()
  await page.getByRole('button', { name: 'Allow' }).press('Enter')
  await expect.poll(() => stolen).toContain('code=')

  const thief = await browser.newContext()
  const other = await thief.newPage()
  await other.goto(`${server.url}/sign-in`)
  await signIn(other, await server.newPerson())
  await reach(other, `${server.url}/`)
  const answer = await other.goto(stolen)
  expect(answer?.status()).toBe(404)
  await thief.close()

  // The rightful browser can still go on with it: nothing was used up.
  await page.goto(stolen)
  await page.getByText('The login works').waitFor()
})

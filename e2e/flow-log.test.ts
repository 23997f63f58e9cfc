import type { Page } from 'playwright-core'
import { serveExample } from './harness/example.ts'
import { logIn, signIn } from './harness/people.ts'
import { freePort, type Person, type Server } from './harness/server.ts'
import { expect, test } from './harness.ts'

/** Registers an app in the portal; answers its API key. */
async function createApp(
  page: Page,
  developer: Person,
  server: Server,
  redirectUri: string,
): Promise<string> {
  await page.goto(`${server.url}/developers`)
  await signIn(page, developer)
  await page.getByLabel('Name').fill(`Watched by ${developer.handle}`)
  await page.getByLabel('Redirect URIs').fill(redirectUri)
  await page.getByRole('button', { name: 'Create app' }).click()
  await page.getByRole('status').waitFor()
  return (await page.locator('#api-key').textContent()) ?? ''
}

test('A developer sees a login in the log as it happens, the checklist tick, and the usage move', async ({
  browser,
  context,
  page,
  server,
  person,
}) => {
  const port = await freePort()
  const apiKey = await createApp(page, person, server, `http://localhost:${port}/`)
  const example = await serveExample({ ...server, apiKey }, { port })
  await page.getByRole('link', { name: 'Log', exact: true }).click()
  await page.getByText('Nothing has happened yet').waitFor()
  await page.getByText('Live:').waitFor()
  const quickstart = await context.newPage()
  await quickstart.goto(`${server.url}/developers/${apiKey}/quickstart`)
  await quickstart.getByText('0 of 8 steps done').waitFor()
  await quickstart.getByText('Live:').waitFor()

  const elsewhere = await browser.newContext()
  const app = await elsewhere.newPage()
  await app.goto(example.origin)
  await logIn(app, server.sample('jun'))
  await app.getByText('@jun').waitFor()

  for (const step of ['Authorization', 'Consent', 'Code exchange']) await page.getByText(step).waitFor()
  await quickstart.getByText('6 of 8 steps done').waitFor()
  expect(await page.getByText('jun').count()).toBe(0)

  await app.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('Revocation').waitFor()
  await quickstart.getByText('7 of 8 steps done').waitFor()
  await elsewhere.close()
  await example.stop()

  await page.getByRole('link', { name: 'Usage' }).click()
  await page.getByText('1 login was completed').waitFor()
  await page.getByText('1 user logged in').waitFor()
  await page.getByRole('img', { name: 'Logins' }).waitFor()
  await page.getByText('Logins as a table').click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Logins as CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('logins-24h.csv')
})

test('Without script, the log shows what is new when it is reloaded', async ({ browser, server, person }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  const apiKey = await createApp(page, person, server, 'http://localhost:9/')
  await page.goto(`${server.url}/developers/${apiKey}/log`)
  await page.getByText('Reload the page to see what is new').waitFor()
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'no', client_id: apiKey })
  await fetch(`${server.url}/v1/oauth/token`, { method: 'POST', body })
  await page.reload()
  await page.getByText('This refresh token is not known').waitFor()
  await page.getByRole('link', { name: 'invalid_grant' }).click()
  await page.waitForURL(`${server.url}/docs/errors#invalid_grant`)
  await context.close()
})

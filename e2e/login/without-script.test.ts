import { randomBytes } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import { describe } from 'vitest'
import { waitLimit } from '../harness/browser.ts'
import { pixel } from '../harness/media.ts'
import { allow, reach, reloadUntil, signIn } from '../harness/people.ts'
import { createApp } from '../harness/portal.ts'
import { authorization, type Person, type Server, statusOf } from '../harness/server.ts'
import { test as base, expect } from '../harness.ts'

/** In a browser that runs no script. */
const test = base.extend<{ $test: { context: BrowserContext } }>({
  context: async ({ browser }, use) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    context.setDefaultTimeout(waitLimit)
    await use(context)
    await context.close()
  },
})

const redirectUri = 'https://app.example/callback'

async function enter(page: Page, person: Person, server: Server, path: string): Promise<void> {
  await page.goto(server.url + path)
  await signIn(page, person)
  await reach(page, `${server.url}${path}`)
}

/** Logs in with an app; answers the access token. */
async function logIn(page: Page, apiKey: string, server: Server): Promise<string> {
  const params = { api_key: apiKey, redirect_uri: redirectUri, response_mode: 'query' }
  const { url, verifier } = authorization(server, params)
  await page.context().route(`${redirectUri}*`, (route) => route.fulfill({ body: 'Back' }))
  await page.goto(url)
  await allow(page)
  await reach(page, `${redirectUri}*`)
  const answer = await fetch(`${server.url}/v1/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: new URL(page.url()).searchParams.get('code') ?? '',
      code_verifier: verifier,
      client_id: apiKey,
      redirect_uri: redirectUri,
    }),
  })
  const { access_token }: { access_token: string } = await answer.json()
  return access_token
}

const newApp = (page: Page) =>
  createApp(page, { name: `Without script ${randomBytes(4).toString('hex')}`, redirectUri })

describe('Without script, a developer', () => {
  test('creates an app, changes it, takes the snippet and deletes it', async ({ page, server, person }) => {
    await enter(page, person, server, '/developers')
    const apiKey = await newApp(page)
    expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0)
    await page.getByLabel('Redirect URIs for development').fill('localhost:9/moved')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Use http://localhost:9/moved' }).click()
    await page.getByText('Your app is saved').waitFor()
    expect(await page.getByLabel('Redirect URIs for development').inputValue()).toBe(
      'http://localhost:9/moved',
    )
    await page.getByRole('link', { name: 'Quickstart' }).click()
    expect(await page.locator('#web-text').textContent()).toContain(apiKey)
    await page.getByRole('button', { name: 'Register http://127.0.0.1/callback' }).click()
    await page.getByText('The redirect URI is registered').waitFor()
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('link', { name: 'Delete…' }).click()
    await page.getByRole('button', { name: 'Delete it' }).click()
    await page.getByText('The app is deleted').waitFor()
  })

  test('reads the log, the error behind a line, the checklist and the usage', async ({
    page,
    server,
    person,
  }) => {
    await enter(page, person, server, '/developers')
    const apiKey = await newApp(page)
    await page.getByRole('link', { name: 'Log', exact: true }).click()
    await page.getByText('Reload the page to see what is new').waitFor()
    await page.getByText('Nothing has happened yet').waitFor()
    expect(await statusOf(await logIn(page, apiKey, server), server)).toBe(200)
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'no', client_id: apiKey })
    await fetch(`${server.url}/v1/oauth/token`, { method: 'POST', body })

    await page.goto(`${server.url}/developers/${apiKey}/log`)
    await reloadUntil(page, page.getByText('Code exchange'))
    await page.getByRole('link', { name: 'Refused' }).click()
    await reach(page, /refused/)
    const events = page.locator('#events')
    await reloadUntil(page, events.getByText('This refresh token is not known'))
    expect(await page.getByText('Code exchange').count()).toBe(0)
    await events.getByRole('link', { name: 'invalid_grant' }).click()
    await reach(page, `${server.url}/docs/errors#invalid_grant`)
    await page.goBack()
    await page.getByRole('link', { name: 'Quickstart' }).click()
    await reach(page, /\/quickstart$/)
    await reloadUntil(page, page.getByText('6 of 8 steps done'))
    await page.getByRole('link', { name: 'Usage' }).click()
    await page.getByRole('link', { name: '7 days' }).click()
    await reach(page, /7d/)
    await reloadUntil(page, page.getByText('1 login was completed'))
    await reloadUntil(page, page.locator('th', { hasText: 'invalid_grant' }))
    await page.getByText('Errors by code as a table').click()
    await page.getByRole('rowheader', { name: 'invalid_grant' }).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Logins as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('logins-7d.csv')
  })

  test('registers the redirect URI that a login came with, and goes on', async ({ page, server, person }) => {
    await enter(page, person, server, '/developers')
    const apiKey = await newApp(page)
    const moved = `${redirectUri}/moved`
    await page.context().route(`${moved}*`, (route) => route.fulfill({ body: 'Back' }))
    await page.goto(authorization(server, { api_key: apiKey, redirect_uri: moved }).url)
    await page.getByRole('button', { name: 'go on' }).press('Enter')
    await allow(page)
    await reach(page, `${moved}*`)
  })
})

describe('Without script, a person', () => {
  test('signs up, changes what others see of them, and signs out', async ({ page, server }) => {
    await page.goto(`${server.url}/account`)
    await page.getByRole('link', { name: 'Sign up' }).click()
    await page.getByLabel('Handle').fill('no_script')
    await page.getByLabel('Name').fill('Noor')
    await page.getByLabel('Email').fill('noor@example.com')
    await page.getByLabel('Password').fill('pass-phrase of noor')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await reach(page, `${server.url}/account`)
    await page
      .getByLabel('Picture', { exact: true })
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: pixel })
    await page.getByLabel('Bio').fill('Two\nlines')
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByText('Your profile is saved').waitFor()
    expect(await page.getByLabel('Bio').inputValue()).toBe('Two\nlines')
    expect(await page.locator('.picture.square img').count()).toBe(1)
    await page.getByRole('link', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await reach(page, `${server.url}/signed-out`)
  })

  test('ends an app’s access and another browser’s session', async ({ browser, page, server, person }) => {
    await enter(page, person, server, '/developers')
    const accessToken = await logIn(page, await newApp(page), server)
    await page.goto(`${server.url}/account/apps`)
    await page.getByRole('button', { name: 'End access' }).click()
    await page.getByText('access has ended').waitFor()
    expect(await statusOf(accessToken, server)).toBe(401)

    const elsewhere = await browser.newContext({ javaScriptEnabled: false })
    const other = await elsewhere.newPage()
    await enter(other, person, server, '/account')
    await page.getByRole('link', { name: 'Security' }).click()
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
    await page.getByText('Every other browser is signed out').waitFor()
    await other.reload()
    await reach(other, /\/sign-in/)
    await elsewhere.close()
  })

  test('changes the password, takes the data along and deletes the account', async ({
    page,
    server,
    person,
  }) => {
    const password = 'a changed pass-phrase'
    await enter(page, person, server, '/account/security')
    await page.getByLabel('Current password').fill(person.password)
    await page.getByLabel('New password').fill(password)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Your password is changed').waitFor()
    await page.getByRole('link', { name: 'Your data' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download your data' }).click(),
    ])
    expect(download.suggestedFilename()).toBe(`${person.handle}.json`)
    await page.getByLabel('Type your handle').fill(person.handle)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Delete my account' }).click()
    await page.getByText('Your account is deleted').waitFor()
  })

  test('whose session ended meanwhile signs in beside the form, and goes on with it', async ({
    page,
    context,
    server,
    person,
  }) => {
    await enter(page, person, server, '/account')
    await page.getByLabel('Bio').fill('Typed for an hour')
    await context.clearCookies({ name: /session/ })
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByText('You are signed out').waitFor()
    const [beside] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'Sign in in a new tab' }).click(),
    ])
    await signIn(beside, person)
    await reach(beside, `${server.url}/`)
    await page.getByRole('button', { name: 'go on' }).click()
    await page.getByText('Your profile is saved').waitFor()
    expect(await page.getByLabel('Bio').inputValue()).toBe('Typed for an hour')
  })
})

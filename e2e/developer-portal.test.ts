import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { closing, openPopup, pressAndClose, signIn, storedTokens } from './harness/people.ts'
import { type Person, type Server, statusOf } from './harness/server.ts'
import { type Site, serve } from './harness/web.ts'
import { expect, test } from './harness.ts'

/** A site whose every page is the one that its developer pasted last. */
async function emptySite(): Promise<Site & { paste(page: string): void }> {
  let body = '<!doctype html><title>Empty</title>'
  const site = await serve((path) =>
    path === '/favicon.ico' ? null : { type: 'text/html; charset=utf-8', body },
  )
  return {
    ...site,
    paste: (page) => {
      body = page
    },
  }
}

const logInButton = 'Log in with Audius'

async function createApp(page: Page, redirectUri: string): Promise<string> {
  await page.getByLabel('Name').fill(`Pasted </script> & “son” ${new URL(redirectUri).port}`)
  await page.getByLabel('Redirect URIs').fill(redirectUri)
  await page.getByRole('button', { name: 'Create app' }).click()
  await page.getByRole('status').waitFor()
  return (await page.locator('#api-key').textContent()) ?? ''
}

async function enter(page: Page, person: Person, server: Server, path: string): Promise<void> {
  await page.goto(server.url + path)
  await signIn(page, person)
  await page.waitForURL(`${server.url}${path}`)
}

describe('A developer who comes for the first time', () => {
  test('signs up, pastes the snippet, logs in with it, puts the redirect URI right and deletes the app', async ({
    page,
    context,
    server,
  }) => {
    const site = await emptySite()

    await page.goto(`${server.url}/developers`)
    await page.getByRole('link', { name: 'Sign up' }).click()
    await page.getByLabel('Handle').fill('maya_builds')
    await page.getByLabel('Name').fill('Maya')
    await page.getByLabel('Email').fill('maya@example.com')
    await page.getByLabel('Password').fill('pass-phrase of maya')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.waitForURL(`${server.url}/developers`)
    const apiKey = await createApp(page, `${site.origin}/`)
    expect(apiKey).toMatch(/^[0-9a-f]{40}$/)

    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('link', { name: 'Quickstart' }).click()
    await page.getByRole('button', { name: 'Copy the snippet for Web page' }).click()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toBe(await page.locator('#web-text').textContent())
    site.paste(copied)

    const app = await context.newPage()
    await app.goto(`${site.origin}/`)
    await app.getByText('You are not logged in.').waitFor()
    await pressAndClose(await openPopup(app, logInButton), 'Allow')
    await app.getByText('Hello Maya').waitFor()
    const first = await storedTokens(app)
    expect(await statusOf(first?.accessToken ?? '', server)).toBe(200)

    // The app moves, and what is registered does not.
    await app.getByRole('button', { name: 'Log out' }).click()
    await app.getByText('You are not logged in.').waitFor()
    site.paste(copied.replace(`"${site.origin}/"`, `"${site.origin}/callback"`))
    await app.reload()
    const popup = await openPopup(app, logInButton)
    await popup.getByText('The path is /callback').waitFor()
    // By the keyboard, from which the button takes its press at once.
    await closing(popup, () => popup.getByRole('button', { name: 'go on' }).press('Enter'))
    await app.getByText('Hello Maya').waitFor()
    const second = await storedTokens(app)
    expect(await statusOf(second?.accessToken ?? '', server)).toBe(200)
    await page.getByRole('link', { name: 'Overview' }).click()
    expect(await page.getByLabel('Redirect URIs').inputValue()).toBe(
      `${site.origin}/\n${site.origin}/callback`,
    )

    await page.getByRole('link', { name: 'Delete…' }).click()
    await page.getByRole('button', { name: 'Delete it' }).click()
    await page.getByText('The app is deleted').waitFor()
    expect(await statusOf(second?.accessToken ?? '', server)).toBe(401)
    await app.reload()
    const gone = await openPopup(app, logInButton)
    await gone.getByText('This app is not known here').waitFor()
    await gone.close()
    await site.stop()
  })

  test('does all of it without script on our pages', async ({ browser, server, person }) => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    context.setDefaultTimeout(5000)
    const page = await context.newPage()
    await enter(page, person, server, '/developers')
    const apiKey = await createApp(page, 'http://localhost:9/')
    expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0)
    await page.getByLabel('Redirect URIs').fill('localhost:9/moved')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Use http://localhost:9/moved' }).click()
    await page.getByRole('status').waitFor()
    expect(await page.getByLabel('Redirect URIs').inputValue()).toBe('http://localhost:9/moved')
    await page.getByRole('link', { name: 'Quickstart' }).click()
    expect(await page.locator('#web-text').textContent()).toContain(apiKey)
    await page.getByRole('button', { name: 'Register http://127.0.0.1/callback' }).click()
    await page.getByText('The redirect URI is registered').waitFor()
    await context.close()
  })
})

test('Enter in the name creates the app that was typed, and takes nobody’s suggestion', async ({
  page,
  server,
  person,
}) => {
  await enter(page, person, server, '/developers')
  await page.getByLabel('Redirect URIs').fill('app.example/cb')
  await page.getByLabel('Name').fill('By the keyboard')
  await page.getByLabel('Name').press('Enter')
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Name').press('Enter')
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('button', { name: 'Use https://app.example/cb' }).count()).toBe(1)
})

test('Every page of the portal stays under 60 kB at the first visit', async ({ browser, server, person }) => {
  const context = await browser.newContext()
  const entrance = await context.newPage()
  await enter(entrance, person, server, '/developers')
  const apiKey = await createApp(entrance, 'http://localhost:10/')
  const cookies = await context.storageState()
  for (const path of ['', '/quickstart', '/test-login', '/log', '/usage', '/delete']
    .map((tab) => `/${apiKey}${tab}`)
    .concat('')) {
    const visit = await browser.newContext({ storageState: cookies })
    const page = await visit.newPage()
    const sizes: Promise<number>[] = []
    page.on('response', (response) => {
      // The news of a live page have no end.
      if (response.headers()['content-type']?.startsWith('text/event-stream')) return
      sizes.push(response.body().then(({ length }) => length))
    })
    await page.goto(`${server.url}/developers${path}`)
    // What comes later is not of the first visit, and may be cut off by the end of it.
    page.removeAllListeners('response')
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    expect(total, path).toBeLessThan(60_000)
    await visit.close()
  }
  await context.close()
})

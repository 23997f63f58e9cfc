import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { openPopup, pressAndClose, reach, reloadUntil, storedTokens } from '../harness/people.ts'
import { createApp, emptySite } from '../harness/portal.ts'
import { refresh, statusOf } from '../harness/server.ts'
import { expect, test } from '../harness.ts'

const logInButton = 'Log in with Audius'

async function signUp(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByLabel('Handle').fill('maya_builds')
  await page.getByLabel('Name').fill('Maya')
  await page.getByLabel('Email').fill('maya@example.com')
  await page.getByLabel('Password').fill('pass-phrase of maya')
  await page.getByRole('button', { name: 'Sign up' }).click()
}

/** A page of the app that follows what happens. */
async function following(page: Page, url: string): Promise<Page> {
  const opened = await page.context().newPage()
  await opened.goto(url)
  await opened.getByText('Live:').waitFor()
  return opened
}

const stepsOf = (log: Page) => log.locator('.event strong').allTextContents()

describe('A developer who comes for the first time', () => {
  test('signs up, creates an app, logs in with the snippet, sees it, mends the redirect URI and deletes the app', async ({
    page,
    context,
    server,
  }) => {
    const site = await emptySite()

    await page.goto(`${server.url}/developers`)
    await signUp(page)
    await reach(page, `${server.url}/developers`)
    const apiKey = await createApp(page, {
      name: `Pasted </script> & “son” ${new URL(site.origin).port}`,
      redirectUri: `${site.origin}/`,
    })
    expect(apiKey).toMatch(/^[0-9a-f]{40}$/)

    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('link', { name: 'Quickstart' }).click()
    await page.getByRole('button', { name: 'Copy the snippet for Web page' }).click()
    const snippet = (await page.locator('#web-text').textContent()) ?? ''
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(snippet)
    site.paste(snippet)

    const portal = `${server.url}/developers/${apiKey}`
    const log = await following(page, `${portal}/log`)
    const quickstart = await following(page, `${portal}/quickstart`)
    await log.getByText('Nothing has happened yet').waitFor()
    await quickstart.getByText('0 of 8 steps done').waitFor()
    await page.goto(`${portal}/usage`)
    await page.getByText('0 logins were completed').waitFor()
    expect(await page.getByRole('img', { name: 'Logins' }).count()).toBe(0)

    const app = await context.newPage()
    await app.goto(`${site.origin}/`)
    await app.getByText('You are not logged in.').waitFor()
    await pressAndClose(await openPopup(app, logInButton), 'Allow')
    await app.getByText('Hello Maya').waitFor()
    const first = await storedTokens(app)
    expect(await statusOf(first?.accessToken ?? '', server)).toBe(200)

    // No page of the portal is reloaded for this.
    await quickstart.getByText('6 of 8 steps done').waitFor()
    await log.getByText('Code exchange').waitFor()
    await expect.poll(() => stepsOf(log)).toEqual(['Code exchange', 'Consent', 'Authorization'])
    await reloadUntil(page, page.getByText('1 login was completed'))
    await page.getByText('1 user logged in').waitFor()
    const picture = page.getByRole('img', { name: 'Logins' })
    const ofOne = await picture.innerHTML()
    await page.getByText('Logins as a table').click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Logins as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('logins-24h.csv')
    await app.getByRole('button', { name: 'Log out' }).click()
    await app.getByText('You are not logged in.').waitFor()
    await log.getByText('Revocation').waitFor()
    await quickstart.getByText('7 of 8 steps done').waitFor()

    // The app moves, and what is registered does not.
    site.paste(snippet.replace(`"${site.origin}/"`, `"${site.origin}/callback"`))
    await app.reload()
    const popup = await openPopup(app, logInButton)
    await popup.getByText('The path is /callback').waitFor()
    await log.getByText('Refused').first().waitFor()
    // By the keyboard, from which the button takes its press at once.
    await popup.getByRole('button', { name: 'go on' }).press('Enter')
    // Nobody has allowed this address before.
    await pressAndClose(popup, 'Allow')
    await app.getByText('Hello Maya').waitFor()
    await reloadUntil(page, page.getByText('2 logins were completed'))
    expect(await picture.innerHTML()).not.toBe(ofOne)
    await page.getByRole('link', { name: 'Overview' }).click()
    expect(await page.getByLabel('Redirect URIs for development').inputValue()).toBe(
      `${site.origin}/\n${site.origin}/callback`,
    )
    const { refreshToken = '' } = (await storedTokens(app)) ?? {}
    const second = await refresh(refreshToken, apiKey, server)
    expect(await statusOf(second.access_token ?? '', server)).toBe(200)
    await quickstart.getByText('8 of 8 steps done').waitFor()

    await page.getByRole('link', { name: 'Delete…' }).click()
    await page.getByRole('button', { name: 'Delete it' }).click()
    await page.getByText('The app is deleted').waitFor()
    expect(await statusOf(second.access_token ?? '', server)).toBe(401)
    const refused = await refresh(second.refresh_token ?? '', apiKey, server)
    expect(refused.error).toMatch(/^invalid_(?:grant|client)$/)
    await app.reload()
    const gone = await openPopup(app, logInButton)
    await gone.getByText('This app is not known here').waitFor()
    await gone.close()
    await site.stop()
  })
})

import { describe } from 'vitest'
import { serveExample } from '../harness/example.ts'
import {
  allow,
  logIn,
  logInAgain,
  openPopup,
  pressAndClose,
  signIn,
  tokenRequests,
} from '../harness/people.ts'
import { expect, test } from '../harness.ts'

describe('Log in by popup', () => {
  test('a person logs in and sees who they are', async ({ page, example, server }) => {
    await page.goto(example.origin)
    const popup = await openPopup(page)
    await page.getByText('Log in in the other window').waitFor()
    await signIn(popup, server.sample('nova'))
    await pressAndClose(popup, 'Allow')
    await page.getByRole('heading', { name: 'Nova Reyes' }).waitFor()
    await page.getByText('@nova').waitFor()
    await page.getByRole('img', { name: 'Verified' }).waitFor()
    const picture = page.locator('.picture img')
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)
    expect(page.url()).toBe(`${example.origin}/`)
  })

  test('who has no picture gets an initial', async ({ page, example, server }) => {
    await page.goto(example.origin)
    await logIn(page, server.sample('sam'))
    await page.getByRole('heading', { name: 'Sam Lindqvist' }).waitFor()
    expect(await page.locator('.picture').textContent()).toBe('S')
    expect(await page.getByRole('img', { name: 'Verified' }).count()).toBe(0)
  })

  test('who cancels instead of signing in is told so softly', async ({ page, example }) => {
    await page.goto(example.origin)
    await pressAndClose(await openPopup(page), 'Cancel')
    await page.getByRole('status').getByText('chose not to give this app access').waitFor()
  })

  test('who cancels at the question can dismiss the words and log in', async ({ page, example, person }) => {
    await page.goto(example.origin)
    const popup = await openPopup(page)
    await signIn(popup, person)
    await pressAndClose(popup, 'Cancel')
    const words = page.getByText('chose not to give this app access')
    await words.waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await words.waitFor({ state: 'detached' })
    await pressAndClose(await openPopup(page), 'Allow')
    await page.getByText(`@${person.handle}`).waitFor()
  })

  test('who closes the popup is told so, and the next login works at once', async ({
    page,
    example,
    person,
  }) => {
    await page.goto(example.origin)
    const popup = await openPopup(page)
    await popup.getByRole('heading', { name: 'Sign in' }).waitFor()
    // What closes sooner than a person can is taken for severed.
    await popup.waitForFunction(() => performance.now() > 1500)
    await popup.close()
    await page.getByText('The login window closed').waitFor()
    await logIn(page, person)
    await page.getByText(`@${person.handle}`).waitFor()
  })

  test('who cancels in the app has the popup closed, and the next login works at once', async ({
    page,
    example,
    person,
  }) => {
    await page.goto(example.origin)
    const popup = await openPopup(page)
    const closed = popup.waitForEvent('close')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await closed
    await page.getByText('You are not logged in').waitFor()
    await logIn(page, person)
    await page.getByText(`@${person.handle}`).waitFor()
  })

  test('a blocked popup is explained, and the full page offered', async ({ page, example, person }) => {
    await page.addInitScript(() => {
      // A click that no person made: the browser itself blocks what it opens.
      const whenThere = new MutationObserver(() => {
        const button = [...document.querySelectorAll('button')].find((it) =>
          it.textContent.startsWith('Log in'),
        )
        if (!button || sessionStorage.getItem('clicked')) return
        sessionStorage.setItem('clicked', 'yes')
        button.click()
        console.log('clicked')
      })
      whenThere.observe(document, { childList: true, subtree: true })
    })
    // Nothing is looked for before: to the browser that counts as the person's own doing.
    const clicked = page.waitForEvent('console', (message) => message.text() === 'clicked')
    await page.goto(example.origin)
    await clicked
    await page.getByRole('alert').getByText('Your browser blocked it').waitFor()
    await page.getByRole('button', { name: 'Go on without a popup' }).click()
    await signIn(page, person)
    await allow(page)
    await page.getByText(`@${person.handle}`).waitFor()
  })

  test('in StrictMode, which runs every effect twice, a code is redeemed once', async ({
    context,
    page,
    server,
    person,
  }) => {
    const strict = await serveExample(server, { mode: 'development' })
    const grants = tokenRequests(context)
    await page.goto(strict.origin)
    await page.getByRole('button', { name: 'Log in on the full page' }).click()
    await signIn(page, person)
    await allow(page)
    await page.getByText(`@${person.handle}`).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await logInAgain(page)
    await page.getByText(`@${person.handle}`).waitFor()
    expect(grants).toEqual(['authorization_code', 'authorization_code'])
    await strict.stop()
  })
})

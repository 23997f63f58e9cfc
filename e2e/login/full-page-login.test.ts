import { describe } from 'vitest'
import { allow, signIn, tokenRequests } from '../harness/people.ts'
import { expect, test } from '../harness.ts'

const wayIn = { name: 'Log in on the full page' }

describe('Log in on the full page', () => {
  test('a person logs in, and nothing of it stays in the address (CL-18)', async ({
    context,
    page,
    example,
    person,
  }) => {
    const grants = tokenRequests(context)
    await page.goto(example.origin)
    await page.getByRole('button', wayIn).click()
    await signIn(page, person)
    await allow(page)
    await page.getByText(`@${person.handle}`).waitFor()
    expect(page.url()).toBe(`${example.origin}/`)
    expect(grants).toEqual(['authorization_code'])
    expect(context.pages()).toHaveLength(1)
  })

  test('who cancels comes back to words', async ({ page, example, person }) => {
    await page.goto(example.origin)
    await page.getByRole('button', wayIn).click()
    await signIn(page, person)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('status').getByText('chose not to give this app access').waitFor()
    expect(page.url()).toBe(`${example.origin}/`)
  })

  test('who goes back from the server finds the app as it was', async ({ page, example }) => {
    await page.goto(example.origin)
    await page.getByRole('button', wayIn).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.goBack()
    await page.getByRole('button', wayIn).waitFor()
  })

  test('going back and reloading after a login does not redeem its code again', async ({
    context,
    page,
    example,
    person,
  }) => {
    await page.goto(example.origin)
    await page.getByRole('button', wayIn).click()
    await signIn(page, person)
    await allow(page)
    await page.getByText(`@${person.handle}`).waitFor()
    const grants = tokenRequests(context)
    await page.reload()
    await page.getByText(`@${person.handle}`).waitFor()
    await page.goBack()
    await page.goForward()
    await page.getByText(`@${person.handle}`).waitFor()
    expect(grants).toEqual([])
  })

  test('a tab that another page opened logs in and stays open', async ({ page, example, person }) => {
    await page.goto(`${example.origin}/icon.svg`)
    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((url) => void open(url), example.origin),
    ])
    await tab.getByRole('button', wayIn).click()
    await signIn(tab, person)
    await allow(tab)
    await tab.getByText(`@${person.handle}`).waitFor()
    expect(tab.isClosed()).toBe(false)
  })
})

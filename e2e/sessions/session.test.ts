import { describe } from 'vitest'
import { logIn, logInAgain, storedTokens } from '../harness/people.ts'
import { statusOf } from '../harness/server.ts'
import { expect, test } from '../harness.ts'

describe('A session', () => {
  test('outlives a reload', async ({ page, example, person }) => {
    await page.goto(example.origin)
    await logIn(page, person)
    await page.getByText(`@${person.handle}`).waitFor()
    await page.reload()
    await page.getByText(`@${person.handle}`).waitFor()
  })

  test('ends with a logout, here and at the server', async ({ page, example, server, person }) => {
    await page.goto(example.origin)
    await logIn(page, person)
    await page.getByText(`@${person.handle}`).waitFor()
    const tokens = await storedTokens(page)
    expect(await statusOf(tokens?.accessToken ?? '', server)).toBe(200)
    await Promise.all([
      page.waitForResponse('**/v1/oauth/revoke'),
      page.getByRole('button', { name: 'Sign out' }).click(),
    ])
    await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
    expect(await storedTokens(page)).toBeNull()
    expect(await statusOf(tokens?.accessToken ?? '', server)).toBe(401)
    await page.reload()
    await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
  })

  test('is had again without a question by who allowed the app before', async ({ page, example, person }) => {
    await page.goto(example.origin)
    await logIn(page, person)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await logInAgain(page)
    await page.getByText(`@${person.handle}`).waitFor()
  })

  test('is kept while the server cannot be reached, and the app says so', async ({
    page,
    example,
    server,
    person,
  }) => {
    await page.goto(example.origin)
    await logIn(page, person)
    await page.getByText(`@${person.handle}`).waitFor()
    await page.route(`${server.url}/**`, (route) => route.abort())
    await page.reload()
    await page.getByRole('alert').getByText('Audius does not answer').waitFor()
    await page.getByText('You are still logged in').waitFor()
    await page.unroute(`${server.url}/**`)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText(`@${person.handle}`).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('that the server ended is over in the app, in words', async ({ page, example, server, person }) => {
    await page.goto(example.origin)
    await logIn(page, person)
    await page.getByText(`@${person.handle}`).waitFor()
    const tokens = await storedTokens(page)
    await fetch(`${server.url}/v1/oauth/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: tokens?.refreshToken ?? '', client_id: server.apiKey }),
    })
    await page.reload()
    await page.getByRole('alert').getByText('Your last login has ended').waitFor()
    await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
  })
})

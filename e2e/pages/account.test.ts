import { describe } from 'vitest'
import { pixel } from '../harness/media.ts'
import { logIn, logInAgain, openPopup, pressAndClose, signIn, storedTokens } from '../harness/people.ts'
import { authorization, refresh, statusOf } from '../harness/server.ts'
import { expect, test } from '../harness.ts'

describe('One’s own account', () => {
  test('ends an app’s access while the app is open, whose next login asks again', async ({
    page,
    example,
    server,
    person,
  }) => {
    await page.goto(example.origin)
    await logIn(page, person)
    await page.getByText(`@${person.handle}`).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    // What is remembered lets the app in without a question.
    await logInAgain(page)
    await page.getByText(`@${person.handle}`).waitFor()
    const tokens = await storedTokens(page)
    expect(await statusOf(tokens?.accessToken ?? '', server)).toBe(200)

    const account = await page.context().newPage()
    await account.goto(`${server.url}/account/apps`)
    await account.getByRole('button', { name: 'End access' }).click()
    await account.getByRole('status').getByText('access has ended').waitFor()
    expect(await statusOf(tokens?.accessToken ?? '', server)).toBe(401)
    expect((await refresh(tokens?.refreshToken ?? '', server.apiKey, server)).error).toBe('invalid_grant')
    await page.bringToFront()
    await page.reload()
    await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
    const asks = await openPopup(page)
    await asks.getByRole('button', { name: 'Allow' }).waitFor()
    await pressAndClose(asks, 'Allow')
    await page.getByText(`@${person.handle}`).waitFor()
  })

  test('shows a new picture and name on the consent page', async ({ page, example, server, person }) => {
    await page.goto(`${server.url}/sign-in?next=/account`)
    await signIn(page, person)
    await page
      .getByLabel('Picture', { exact: true })
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: pixel })
    await page.getByLabel('Name').fill('Robin Redbreast')
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByRole('status').getByText('saved').waitFor()
    await page.goto(authorization(server, { redirect_uri: `${example.origin}/` }).url)
    await page.getByText('Robin Redbreast').waitFor()
    const picture = page.locator('.avatar.person img')
    expect(await picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth)).toBe(
      150,
    )
  })
})

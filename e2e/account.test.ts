import { describe } from 'vitest'
import { logIn, openPopup, signIn, storedTokens } from './harness/people.ts'
import { authorization, statusOf } from './harness/server.ts'
import { expect, test } from './harness.ts'

/** A PNG of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('One’s own account', () => {
  test('ends an app’s access while the app is open, which then asks again', async ({
    page,
    example,
    server,
    person,
  }) => {
    await page.goto(example.origin)
    await logIn(page, person)
    await page.getByText(`@${person.handle}`).waitFor()
    const tokens = await storedTokens(page)
    const account = await page.context().newPage()
    await account.goto(`${server.url}/account/apps`)
    await account.getByRole('button', { name: 'End access' }).click()
    await account.getByRole('status').getByText('access has ended').waitFor()
    expect(await statusOf(tokens?.accessToken ?? '', server)).toBe(401)
    await page.bringToFront()
    await page.reload()
    await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
    const asks = await openPopup(page)
    await asks.getByRole('button', { name: 'Allow' }).waitFor()
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

  test('is changed, secured and left without script', async ({ browser, server }) => {
    const { handle, password } = await server.newPerson()
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${server.url}/sign-in?next=/account/security`)
    await signIn(page, { handle, password })
    await page.getByLabel('Current password').fill(password)
    await page.getByLabel('New password').fill('a changed pass-phrase')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByRole('status').getByText('password is changed').waitFor()
    await page.getByRole('link', { name: 'Your data' }).click()
    await page.getByLabel('Type your handle').fill(handle)
    await page.getByLabel('Password').fill('a changed pass-phrase')
    await page.getByRole('button', { name: 'Delete my account' }).click()
    await page.getByText('Your account is deleted').waitFor()
    await context.close()
  })
})

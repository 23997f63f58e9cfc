import { signIn } from './harness/people.ts'
import { expect, test } from './harness.ts'

test('Enter in the name creates the app that was typed, and takes nobody’s suggestion', async ({
  page,
  server,
  person,
}) => {
  await page.goto(`${server.url}/developers`)
  await signIn(page, person)
  await page.getByLabel('Redirect URIs').fill('app.example/cb')
  await page.getByLabel('Name').fill('By the keyboard')
  await page.getByLabel('Name').press('Enter')
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Name').press('Enter')
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('button', { name: 'Use https://app.example/cb' }).count()).toBe(1)
})

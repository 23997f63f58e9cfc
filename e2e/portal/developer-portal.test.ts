import { reach, signIn } from '../harness/people.ts'
import { expect, test } from '../harness.ts'

test('Enter in the name creates the app that was typed, and takes nobody’s suggestion', async ({
  page,
  server,
  person,
}) => {
  await page.goto(`${server.url}/developers`)
  await signIn(page, person)
  await page.getByLabel('Redirect URIs for production').fill('app.example/cb')
  await page.getByLabel('Name').fill('By the keyboard')
  await page.getByLabel('Name').press('Enter')
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Name').press('Enter')
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('button', { name: 'Use https://app.example/cb' }).count()).toBe(1)
})

test('A form is sent once, however impatient the finger, and again after a mistake', async ({
  page,
  server,
  person,
}) => {
  await page.goto(`${server.url}/developers`)
  await signIn(page, person)
  await reach(page, `${server.url}/developers`)
  const create = page.getByRole('button', { name: 'Create app' })
  let sent = 0
  /** Presses the button until well after the form was sent, and only then lets its answer come. */
  const pressImpatiently = async () => {
    const { promise: isPressed, resolve: pressed } = Promise.withResolvers<void>()
    await page.route(`${server.url}/developers`, async (route) => {
      if (route.request().method() === 'POST') sent += 1
      await isPressed
      await route.continue()
    })
    await create.scrollIntoViewIfNeeded()
    const { x, y } = (await create.boundingBox()) ?? expect.unreachable()
    const press = () => page.mouse.click(x + 9, y + 9)
    await Promise.all([page.waitForRequest(`${server.url}/developers`), press()])
    for (let time = 0; time < 3; time += 1) await press()
    pressed()
  }
  await page.getByLabel('Name').fill('Pressed on and on')
  await page.getByLabel('Redirect URIs for production').fill('nonsense')
  await pressImpatiently()
  await page.getByRole('alert').waitFor()
  expect(sent).toBe(1)
  await page.unrouteAll()
  await page.getByLabel('Redirect URIs for production').fill('http://localhost:9/')
  await pressImpatiently()
  await page.getByRole('status').getByText('Your app is registered').waitFor()
  expect(sent).toBe(2)
})

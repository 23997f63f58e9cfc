import type { Response } from 'playwright-core'
import { makePhoto } from '../harness/media.ts'
import { signIn } from '../harness/people.ts'
import { createApp } from '../harness/portal.ts'
import { expect, test } from '../harness.ts'

/** Bytes of a page with all that it loads, before any compression. */
const most = 60_000

test('Every page of the portal and the account stays under 60 kB at the first visit, pictures and all', async ({
  browser,
  page,
  server,
  person,
}) => {
  await page.goto(`${server.url}/account`)
  await signIn(page, person)
  const photo = async (name: string, width: number, height: number) =>
    page.getByLabel(name, { exact: true }).setInputFiles({
      name: 'photo.png',
      mimeType: 'image/png',
      buffer: await makePhoto(width, height),
    })
  await photo('Picture', 1200, 1200)
  await photo('Banner', 2000, 600)
  await page.getByLabel('Bio').fill('x'.repeat(256))
  await page.getByRole('button', { name: 'Save profile' }).click()
  await page.getByText('Your profile is saved').waitFor()
  await page.goto(`${server.url}/developers`)
  const apiKey = await createApp(page, { name: 'Weighed', redirectUri: 'http://localhost:10/' })
  const cookies = await page.context().storageState()

  const ofApp = ['', '/quickstart', '/test-login', '/log', '/usage', '/delete'].map(
    (tab) => `/developers/${apiKey}${tab}`,
  )
  const ofAccount = ['', '/security', '/apps', '/data'].map((tab) => `/account${tab}`)
  for (const path of ['/developers', ...ofApp, ...ofAccount]) {
    const visit = await browser.newContext({ storageState: cookies })
    const first = await visit.newPage()
    const answers: Response[] = []
    first.on('response', (answer) => answers.push(answer))
    await first.goto(server.url + path)
    const sizes = await Promise.all(
      answers
        // The news of a live page have no end.
        .filter((answer) => !answer.headers()['content-type']?.startsWith('text/event-stream'))
        .map(async (answer) => (await answer.body()).length),
    )
    const total = sizes.reduce((sum, size) => sum + size, 0)
    // The page, both stylesheets, the script and the icon, whatever else there is.
    expect(sizes.length, path).toBeGreaterThanOrEqual(path === '/account' ? 6 : 4)
    expect(total, path).toBeLessThan(most)
    await visit.close()
  }
})

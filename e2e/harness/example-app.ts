import type { Page } from 'playwright-core'
import { test as base, expect } from '../harness.ts'
import { violations } from './button.ts'
import { type Media, makeMedia } from './media.ts'
import { logIn } from './people.ts'

export { expect }

/** Tests of the example app, with somebody logged in, and files to upload. */
export const test = base.extend<{ $file: { media: Media }; $test: { app: Page } }>({
  media: [
    // biome-ignore lint/correctness/noEmptyPattern: it depends on nothing
    async ({}, use) => {
      const media = await makeMedia()
      await use(media)
      await media.delete()
    },
    { scope: 'file' },
  ],
  /** Nothing is refused by the app's own policy. */
  app: async ({ context, page, example, person }, use) => {
    const refused = await violations(context)
    await page.goto(example.origin)
    await logIn(page, person)
    await page.getByRole('heading', { name: 'Upload a track' }).waitFor()
    await use(page)
    expect(refused).toEqual([])
  },
})

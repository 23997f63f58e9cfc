import { basename, dirname } from 'node:path'
import type {} from '@stagedoor/testkit/buckets'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { test as base, expect, inject } from 'vitest'
import { serveBare } from './harness/bare.ts'
import { startBrowser, waitLimit } from './harness/browser.ts'
import { serveExample } from './harness/example.ts'
import { type Person, type Server, startServer } from './harness/server.ts'
import type { Site } from './harness/web.ts'

export { expect } from 'vitest'

interface Fixtures {
  $file: { browser: Browser; server: Server; example: Site; bare: Site }
  $test: { context: BrowserContext; page: Page; person: Person }
}

/** A test of what a person meets in the browser. What it names is started, once a file, and stopped. */
export const test = base.extend<Fixtures>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: it depends on nothing
    async ({}, use) => {
      const browser = await startBrowser()
      await use(browser)
      await browser.close()
    },
    { scope: 'file' },
  ],
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: it depends on nothing
    async ({}, use) => {
      const file = expect.getState().testPath ?? ''
      const area = basename(dirname(file))
      // Where there is a bucket, one database and two nodes are what is tested.
      const start = inject('s3') === undefined ? startServer : (await import('./harness/nodes.ts')).startNodes
      const server = await start(`browser-${area}-${basename(file, '.test.ts')}`)
      await use(server)
      await server.stop()
    },
    { scope: 'file' },
  ],
  example: [
    async ({ server }, use) => {
      const site = await serveExample(server)
      await use(site)
      await site.stop()
    },
    { scope: 'file' },
  ],
  bare: [
    async ({ server }, use) => {
      const site = await serveBare(server)
      await use(site)
      await site.stop()
    },
    { scope: 'file' },
  ],
  /** A person's browser, new for every test. A script that fails on any of its pages fails the test. */
  context: async ({ browser }, use) => {
    const context = await browser.newContext()
    context.setDefaultTimeout(waitLimit)
    const failures: string[] = []
    context.on('weberror', (error) => failures.push(String(error.error())))
    await use(context)
    await context.close()
    expect(failures).toEqual([])
  },
  page: async ({ context }, use) => {
    await use(await context.newPage())
  },
  /** Somebody with an account, who has allowed nothing yet. */
  person: async ({ server }, use) => {
    await use(await server.newPerson())
  },
})

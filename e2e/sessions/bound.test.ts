import type { BrowserContext, Page } from 'playwright-core'
import { describe } from 'vitest'
import { says, serveBare } from '../harness/bare.ts'
import {
  allow,
  expireAccessToken,
  logIn,
  openPopup,
  pressAndClose,
  signIn,
  storedTokens,
  tokenRequests,
} from '../harness/people.ts'
import { statusOf } from '../harness/server.ts'
import type { Site } from '../harness/web.ts'
import { test as base, expect } from '../harness.ts'

const test = base.extend<{ $file: { boundApp: Site } }>({
  boundApp: [
    async ({ server }, use) => {
      const site = await serveBare(server, { dpop: true })
      await use(site)
      await site.stop()
    },
    { scope: 'file' },
  ],
})

/** What IndexedDB keeps, and what script can have of it. */
const keptKey = (page: Page) =>
  page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    // Whoever opens a database that is not there makes it.
    const isThere = (await indexedDB.databases()).some(({ name }) => name === 'stagedoor')
    if (!isThere) return { count: 0, isExportable: [] }
    const database = await settled(indexedDB.open('stagedoor'))
    const pairs: CryptoKeyPair[] = await settled(database.transaction('keys').objectStore('keys').getAll())
    database.close()
    const isExportable = await Promise.all(
      pairs.map(({ privateKey }) =>
        crypto.subtle.exportKey('jwk', privateKey).then(
          () => true,
          () => false,
        ),
      ),
    )
    return { count: pairs.length, isExportable }
  })

const loseKey = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('stagedoor')
        request.onsuccess = () => resolve()
        request.onerror = () => reject(request.error)
      }),
  )

async function openApp(context: BrowserContext, { origin }: Site): Promise<Page> {
  const page = await context.newPage()
  await page.goto(origin)
  return page
}

describe('An app that binds its tokens', () => {
  test('gets tokens that are good with its key alone, which no script can read (DP-1)', async ({
    context,
    boundApp,
    server,
    person,
  }) => {
    const page = await openApp(context, boundApp)
    await says(page, 'signed out')
    await expect.poll(async () => (await keptKey(page)).count).toBe(1)
    const popup = await openPopup(page, 'Log in')
    await popup.waitForLoadState()
    await signIn(popup, person)
    await pressAndClose(popup, 'Allow')
    await says(page, person.handle)
    const tokens = await storedTokens(page)
    expect(await statusOf(tokens?.accessToken ?? '', server)).toBe(401)
    expect(await keptKey(page)).toEqual({ count: 1, isExportable: [false] })
    await page.reload()
    await says(page, person.handle)
  })

  test('names its key in the request, and shares it between tabs, which refresh once', async ({
    context,
    boundApp,
    person,
  }) => {
    const first = await openApp(context, boundApp)
    await says(first, 'signed out')
    await expect.poll(async () => (await keptKey(first)).count).toBe(1)
    const asked = context.waitForEvent('request', (request) => request.url().includes('/oauth/authorize?'))
    await logIn(first, person, 'Log in')
    expect(new URL((await asked).url()).searchParams.get('dpop_jkt')).toMatch(/^[\w-]{43}$/)
    await says(first, person.handle)
    const second = await openApp(context, boundApp)
    await says(second, person.handle)
    await expireAccessToken([first, second])
    const grants = tokenRequests(context)
    const handles = await Promise.all(
      [first, second].map((tab) => tab.evaluate(async () => (await window.audius.oauth.getUser()).handle)),
    )
    expect(handles).toEqual([person.handle, person.handle])
    expect(await first.evaluate(() => window.audius.oauth.refreshAccessToken())).toMatch(/^sdat_/)
    // Each of the two refreshes is sent once more where its tab had no nonce yet.
    expect(grants.length).toBeLessThanOrEqual(4)
  })

  test('logs in on the full page', async ({ context, boundApp, person }) => {
    const page = await openApp(context, boundApp)
    await says(page, 'signed out')
    await page.evaluate(() => {
      window.loginOptions = { display: 'fullScreen' }
    })
    await page.getByRole('button', { name: 'Log in' }).click()
    await signIn(page, person)
    await allow(page)
    await says(page, person.handle)
  })

  test('ends its session once when the key is lost, and says why', async ({ context, boundApp, person }) => {
    const page = await openApp(context, boundApp)
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    await loseKey(page)
    const grants = tokenRequests(context)
    const ended = await page.evaluate(async () => {
      const whys: string[] = []
      window.audius.oauth.on('signed-out', ({ why }) => whys.push(why))
      const code = await window.audius.oauth.getUser().catch((error) => error.code)
      return { whys, code }
    })
    expect(ended).toEqual({ whys: ['key-lost'], code: 'session_expired' })
    expect(grants).toEqual([])
    expect(await storedTokens(page)).toBeNull()
    await page.reload()
    await says(page, 'signed out')
    const popup = await openPopup(page, 'Log in')
    if (!popup.isClosed()) await popup.waitForEvent('close')
    await says(page, person.handle)
  })
})

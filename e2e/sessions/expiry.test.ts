import type { BrowserContext, Page } from 'playwright-core'
import { describe } from 'vitest'
import { says } from '../harness/bare.ts'
import { expireAccessToken, logIn, storedTokens, tokenRequests } from '../harness/people.ts'
import type { Person } from '../harness/server.ts'
import type { Site } from '../harness/web.ts'
import { expect, test } from '../harness.ts'

/** Tabs of the bare app, with somebody logged in. */
async function openTabs(count: number, context: BrowserContext, bare: Site, person: Person) {
  const first = await context.newPage()
  await first.goto(bare.origin)
  await logIn(first, person, 'Log in')
  const others = await Promise.all(
    Array.from({ length: count - 1 }, async () => {
      const tab = await context.newPage()
      await tab.goto(bare.origin)
      return tab
    }),
  )
  const tabs = [first, ...others]
  await Promise.all(tabs.map((tab) => says(tab, person.handle)))
  return tabs
}

const handleIn = (tab: Page) => tab.evaluate(async () => (await window.audius.oauth.getUser()).handle)

/** How many tabs wait for a lock that another holds. */
const queued = (tab: Page | undefined) =>
  tab?.evaluate(async () => (await navigator.locks.query()).pending?.length)

describe('An access token that expires', () => {
  test('in five tabs is refreshed by one, and all have the new one (CL-20)', async ({
    context,
    bare,
    person,
  }) => {
    const tabs = await openTabs(5, context, bare, person)
    // Tabs see each other's writes a moment later or sooner, as chance has it.
    for (let round = 1; round <= 4; round += 1) {
      const [before] = await Promise.all(tabs.map(storedTokens))
      await expireAccessToken(tabs)
      const grants = tokenRequests(context)
      const asked = Promise.withResolvers<void>()
      await context.route('**/v1/oauth/token', async (route) => {
        await asked.promise
        await route.continue()
      })
      const answers = Promise.all(tabs.map((tab) => tab.evaluate(() => window.audius.oauth.getAccessToken())))
      await expect.poll(() => queued(tabs[0])).toBe(4)
      asked.resolve()
      const tokens = new Set(await answers)
      expect(grants).toEqual(['refresh_token'])
      expect(tokens.size).toBe(1)
      expect(tokens).not.toContain(before?.accessToken)
      expect(tokens).not.toContain(null)
      await context.unroute('**/v1/oauth/token')
    }
    expect(new Set(await Promise.all(tabs.map(handleIn)))).toEqual(new Set([person.handle]))
  })
})

describe('An access token that the server refuses', () => {
  /** Makes a token reach the server as one that has ended. */
  async function end(accessToken: string, context: BrowserContext) {
    await context.route('**/v1/me', (route) => {
      const headers = route.request().headers()
      const isEnded = headers['authorization'] === `Bearer ${accessToken}`
      return route.continue({ headers: isEnded ? { ...headers, authorization: 'Bearer ended' } : headers })
    })
  }

  /** One tab, whose token ends between the call and the server. */
  async function withEndedToken(context: BrowserContext, bare: Site, person: Person) {
    const [tab = await context.newPage()] = await openTabs(1, context, bare, person)
    const tokens = await storedTokens(tab)
    await end(tokens?.accessToken ?? '', context)
    return { tab, grants: tokenRequests(context) }
  }

  test('under calls that are on their way is refreshed once, and they are answered', async ({
    context,
    bare,
    server,
    person,
  }) => {
    const { tab, grants } = await withEndedToken(context, bare, person)
    const answers = await tab.evaluate(async (url) => {
      const { oauth } = window.audius
      const users = Promise.all(Array.from({ length: 3 }, () => oauth.getUser()))
      const responses = Promise.all(Array.from({ length: 3 }, () => oauth.fetch(url)))
      return [...(await users).map(({ handle }) => handle), ...(await responses).map(({ status }) => status)]
    }, `${server.url}/v1/me`)
    expect(answers).toEqual([person.handle, person.handle, person.handle, 200, 200, 200])
    expect(grants).toEqual(['refresh_token'])
  })

  test('under a stream, which is gone, is the answer, and the next call refreshes', async ({
    context,
    bare,
    server,
    person,
  }) => {
    const { tab, grants } = await withEndedToken(context, bare, person)
    let sent = 0
    // Chromium sends streams by HTTP/2 alone, which the server does not speak without TLS.
    await context.route('**/v1/stream', (route) => {
      sent += 1
      return route.fulfill({ status: 401, headers: { 'access-control-allow-origin': '*' } })
    })
    const status = await tab.evaluate(async (url) => {
      const body = new Blob(['a song']).stream()
      const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
      return (await window.audius.oauth.fetch(url, init)).status
    }, `${server.url}/v1/stream`)
    expect(status).toBe(401)
    expect(sent).toBe(1)
    expect(grants).toEqual([])
    const calls: string[] = []
    context.on('request', (request) => calls.push(new URL(request.url()).pathname))
    expect(await handleIn(tab)).toBe(person.handle)
    expect(grants).toEqual(['refresh_token'])
    expect(calls.filter((path) => path === '/v1/me')).toHaveLength(1)
  })
})

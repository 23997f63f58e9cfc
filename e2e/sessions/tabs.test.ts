import type { BrowserContext } from 'playwright-core'
import { describe } from 'vitest'
import { says } from '../harness/bare.ts'
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
import { type Person, statusOf } from '../harness/server.ts'
import type { Site } from '../harness/web.ts'
import { expect, test } from '../harness.ts'

/** Two tabs of the bare app, with somebody logged in. */
async function twoTabs(context: BrowserContext, bare: Site, person: Person) {
  const first = await context.newPage()
  await first.goto(bare.origin)
  await logIn(first, person, 'Log in')
  await says(first, person.handle)
  const second = await context.newPage()
  await second.goto(bare.origin)
  await says(second, person.handle)
  return [first, second] as const
}

describe('Tabs of one app', () => {
  test('two logins at once both succeed', async ({ context, bare, person }) => {
    const [first, second] = [await context.newPage(), await context.newPage()]
    await first.goto(bare.origin)
    await second.goto(bare.origin)
    const [one, two] = [await openPopup(first, 'Log in'), await openPopup(second, 'Log in')]
    await signIn(one, person)
    await signIn(two, person)
    await pressAndClose(one, 'Allow')
    await pressAndClose(two, 'Allow')
    await says(first, person.handle)
    await says(second, person.handle)
  })

  test('a page that is reloaded while its popup is open gets the login', async ({
    page,
    example,
    person,
  }) => {
    await page.goto(example.origin)
    const popup = await openPopup(page)
    await signIn(popup, person)
    await page.reload()
    await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
    await pressAndClose(popup, 'Allow')
    await page.getByText(`@${person.handle}`).waitFor()
  })

  test('a page that is closed while its popup is open leaves the login to the next one', async ({
    context,
    page,
    example,
    person,
  }) => {
    await page.goto(example.origin)
    const popup = await openPopup(page)
    await signIn(popup, person)
    await page.close()
    await allow(popup)
    await popup.getByText(`@${person.handle}`).waitFor()
    const next = await context.newPage()
    await next.goto(example.origin)
    await next.getByText(`@${person.handle}`).waitFor()
  })

  test('a login and a logout in one tab are seen in the other', async ({
    context,
    page,
    example,
    person,
  }) => {
    const other = await context.newPage()
    await other.goto(example.origin)
    await other.getByRole('button', { name: 'Log in with Audius' }).waitFor()
    await page.goto(example.origin)
    await logIn(page, person)
    await other.getByText(`@${person.handle}`).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await other.getByRole('button', { name: 'Log in with Audius' }).waitFor()
  })

  test('calling the API at once with an expired token, both stay logged in', async ({
    context,
    bare,
    server,
    person,
  }) => {
    const tabs = await twoTabs(context, bare, person)
    const before = await storedTokens(tabs[0])
    await expireAccessToken(tabs)
    const grants = tokenRequests(context)
    const users = await Promise.all(tabs.map((tab) => tab.evaluate(() => window.audius.oauth.getUser())))
    expect(users.map((user) => user.handle)).toEqual([person.handle, person.handle])
    expect(grants).toEqual(['refresh_token'])
    const after = await storedTokens(tabs[1])
    expect(after?.accessToken).not.toBe(before?.accessToken)
    expect(await statusOf(after?.accessToken ?? '', server)).toBe(200)
  })

  test('the same in a browser without locks', async ({ context, bare, server, person }) => {
    await context.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }),
    )
    const tabs = await twoTabs(context, bare, person)
    await expireAccessToken(tabs)
    const handles = await Promise.all(
      tabs.map((tab) => tab.evaluate(async () => (await window.audius.oauth.getUser()).handle)),
    )
    expect(handles).toEqual([person.handle, person.handle])
    const tokens = await storedTokens(tabs[0])
    expect(await statusOf(tokens?.accessToken ?? '', server)).toBe(200)
  })

  test('twenty calls at once with an expired token refresh it once', async ({ context, bare, person }) => {
    const [tab] = await twoTabs(context, bare, person)
    await expireAccessToken([tab])
    const grants = tokenRequests(context)
    await tab.evaluate(async () => {
      await Promise.all(Array.from({ length: 20 }, () => window.audius.oauth.getUser()))
    })
    expect(grants).toEqual(['refresh_token'])
  })

  test('a logout in one wins over a refresh under way in the other', async ({
    context,
    bare,
    server,
    person,
  }) => {
    const [first, second] = await twoTabs(context, bare, person)
    await expireAccessToken([second, first])
    const answered = Promise.withResolvers<string>()
    const loggedOut = Promise.withResolvers<void>()
    await second.route('**/v1/oauth/token', async (route) => {
      const response = await route.fetch()
      const body: { access_token: string } = await response.json()
      answered.resolve(body.access_token)
      await loggedOut.promise
      await route.fulfill({ response })
    })
    const refreshed = second.evaluate(() => window.audius.oauth.refreshAccessToken())
    const accessToken = await answered.promise
    await first.evaluate(() => window.audius.oauth.logout())
    loggedOut.resolve()
    expect(await refreshed).toBeNull()
    expect(await storedTokens(first)).toBeNull()
    expect(await storedTokens(second)).toBeNull()
    await expect.poll(() => statusOf(accessToken, server)).toBe(401)
  })
})

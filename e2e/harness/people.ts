import type { BrowserContext, Locator, Page, Request } from 'playwright-core'
import type { Person } from './server.ts'

/** What people do on the pages, in the words that are on them. */

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Clicks what opens a popup. */
export async function openPopup(page: Page, name = 'Log in with Audius'): Promise<Page> {
  await page.bringToFront()
  const [popup] = await Promise.all([page.context().waitForEvent('page'), button(page, name).click()])
  return popup
}

/**
 * Waits until a page has come to an address and loaded. A navigation that another one replaces on the way, as after a
 * second press, is no failure here, as it is for `waitForURL`.
 * @param address the whole address, its beginning with a `*` after it, or what it matches
 */
export async function reach(
  page: Page,
  address: string | RegExp,
  limit: { timeout?: number } = {},
): Promise<void> {
  const isThere = (): boolean => {
    const url = page.url()
    if (address instanceof RegExp) return address.test(url)
    return address.endsWith('*') ? url.startsWith(address.slice(0, -1)) : url === address
  }
  if (!isThere()) await page.waitForEvent('framenavigated', { predicate: isThere, ...limit })
  await page.waitForLoadState()
}

export async function signIn(page: Page, { handle, password }: Person): Promise<void> {
  await page.getByLabel('Email or handle').fill(handle)
  await page.getByLabel('Password').fill(password)
  await button(page, 'Sign in').click()
}

/** By the keyboard, from which the button takes its press at once. */
export const allow = (page: Page): Promise<void> => button(page, 'Allow').press('Enter')

/** Presses a button after which the popup closes itself, which may be before the press has ended. */
export const pressAndClose = (popup: Page, name: string): Promise<void> =>
  closing(popup, () => button(popup, name).press('Enter'))

/** Waits for a popup to close itself upon an action. */
export async function closing(popup: Page, action: () => Promise<unknown>): Promise<void> {
  await Promise.all([popup.waitForEvent('close'), untilClosed(popup, action())])
}

/** Logs in by popup again: nothing is asked, and the popup closes by itself. */
export async function logInAgain(page: Page, name?: string): Promise<void> {
  const popup = await openPopup(page, name)
  if (!popup.isClosed()) await popup.waitForEvent('close')
}

async function untilClosed(popup: Page, action: Promise<unknown>): Promise<void> {
  try {
    await action
  } catch (error) {
    if (!popup.isClosed()) throw error
  }
}

/** Logs in by popup on the example or the bare page. */
export async function logIn(page: Page, person: Person, name?: string): Promise<void> {
  const popup = await openPopup(page, name)
  await signIn(popup, person)
  await pressAndClose(popup, 'Allow')
}

/** Presses Tab until an element has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error('The keyboard does not reach it.')
}

/** Reloads a page that nothing keeps up to date until something is on it: over several nodes what is counted is told within seconds. */
export async function reloadUntil(page: Page, there: Locator): Promise<void> {
  while ((await there.count()) === 0) await page.reload()
}

/** The grant types of all token requests from now on, in every tab. */
export function tokenRequests(context: BrowserContext): string[] {
  const grants: string[] = []
  context.on('request', (request: Request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/v1/oauth/token')) return
    const body: { grant_type?: string } = request.postDataJSON()
    grants.push(body.grant_type ?? '')
  })
  return grants
}

/** The stored session, as the SDK writes it. */
export async function storedTokens(
  page: Page,
): Promise<{ accessToken: string; refreshToken: string } | null> {
  const json = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.endsWith(':tokens'))
    return key ? localStorage.getItem(key) : null
  })
  return json === null ? null : JSON.parse(json)
}

/** Makes the stored access token look expired to the SDK, and waits until all of these tabs see it. */
export async function expireAccessToken(tabs: readonly Page[]): Promise<void> {
  const edited = await tabs[0]?.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.endsWith(':tokens')) ?? ''
    const value = localStorage.getItem(key) ?? '{}'
    const expired = { ...JSON.parse(value), accessTokenExpiry: Date.now() - 1000 }
    localStorage.setItem(key, JSON.stringify(expired))
    return { key, value }
  })
  // A tab may have refreshed it before it is looked at.
  await Promise.all(
    tabs.map((tab) =>
      tab.waitForFunction((item) => localStorage.getItem(item?.key ?? '') !== item?.value, edited),
    ),
  )
}

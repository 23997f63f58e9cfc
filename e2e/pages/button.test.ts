import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { violationsOn } from '../harness/accessibility.ts'
import { buttonOf, serveButton, told, violations, wordsOf } from '../harness/button.ts'
import { allow, logIn, logInAgain, openPopup, pressAndClose, signIn, tabTo } from '../harness/people.ts'
import type { Site } from '../harness/web.ts'
import { test as base, expect } from '../harness.ts'
import { sizes } from '../scenes/stage.ts'

/** What the button says to who is logged in. */
const signedInAs = (page: Page) => wordsOf(page, 'Signed in as Robin')

const test = base.extend<{ $file: { site: Site }; $test: { refused: string[] } }>({
  site: [
    async ({ server }, use) => {
      const site = await serveButton(server)
      await use(site)
      await site.stop()
    },
    { scope: 'file' },
  ],
  /** Under the strict policy of the pages nothing of the button may be refused, in any test. */
  refused: [
    async ({ context }, use) => {
      const refused = await violations(context)
      await use(refused)
      expect(refused).toEqual([])
    },
    { auto: true },
  ],
})

describe('The button', () => {
  test('logs in by popup, says who, outlives a reload, and signs out', async ({ page, site, person }) => {
    await page.goto(site.origin)
    await buttonOf(page, 'Log in with Audius').waitFor()
    const popup = await openPopup(page)
    await wordsOf(page, 'Log in in the other window.').waitFor()
    const busy = buttonOf(page, 'Logging in …')
    expect(await busy.getAttribute('aria-busy')).toBe('true')
    await busy.click()
    expect(page.context().pages()).toHaveLength(2)
    await signIn(popup, person)
    await pressAndClose(popup, 'Allow')
    await signedInAs(page).waitFor()
    expect(await buttonOf(page, 'Sign out').getAttribute('aria-busy')).toBe('false')
    expect(await told(page)).toEqual([{ type: 'signed-in', who: person.handle }])
    await page.reload()
    await signedInAs(page).waitFor()
    await buttonOf(page, 'Sign out').click()
    await buttonOf(page, 'Log in with Audius').waitFor()
    expect(await told(page)).toEqual([
      { type: 'signed-in', who: person.handle },
      { type: 'signed-out', who: 'logout' },
    ])
    expect(await page.locator('login-with-audius').getByRole('status').textContent()).toBe('')
  })

  test('works on the full page, and on the callback page', async ({ page, site, person }) => {
    await page.goto(`${site.origin}/full`)
    await buttonOf(page, 'Log in with Audius').click()
    await signIn(page, person)
    expect(await page.getByText('upload', { exact: false }).count()).toBeGreaterThan(0)
    await allow(page)
    await signedInAs(page).waitFor()
    expect(page.url()).toBe(`${site.origin}/callback`)
  })

  test('is back to signed out after a login that the person cancelled', async ({ page, site }) => {
    await page.goto(site.origin)
    await pressAndClose(await openPopup(page), 'Cancel')
    await buttonOf(page, 'Log in with Audius').waitFor()
    expect(await told(page)).toEqual([])
  })

  test('goes on by itself once the server can be reached again', async ({ page, site, server, person }) => {
    await page.goto(site.origin)
    const popup = await openPopup(page)
    await signIn(popup, person)
    await page.route(`${server.url}/v1/oauth/token`, (route) => route.abort())
    const failed = page.waitForEvent('requestfailed')
    await pressAndClose(popup, 'Allow')
    await failed
    await page.unroute(`${server.url}/v1/oauth/token`)
    await signedInAs(page).waitFor()
  })

  test('keeps who is logged in while the server cannot be reached', async ({
    page,
    site,
    server,
    person,
  }) => {
    await page.goto(site.origin)
    await logIn(page, person)
    await signedInAs(page).waitFor()
    await page.route(`${server.url}/**`, (route) => route.abort())
    await page.reload()
    await wordsOf(page, 'The server was not reached').waitFor()
    await page.unroute(`${server.url}/**`)
    await buttonOf(page, 'Try again').click()
    await signedInAs(page).waitFor()
  })

  test('offers the full page where the popup is blocked', async ({ page, site, person }) => {
    await page.goto(site.origin)
    await page.evaluate(() => {
      window.open = () => null
    })
    await buttonOf(page, 'Log in with Audius').click()
    await wordsOf(page, 'The browser blocked the login window.').waitFor()
    await buttonOf(page, 'Go on without a popup').click()
    await signIn(page, person)
    await allow(page)
    await signedInAs(page).waitFor()
  })

  test('hears a login and a logout in another tab', async ({ context, page, site, person }) => {
    await page.goto(site.origin)
    const other = await context.newPage()
    await other.goto(site.origin)
    await logIn(page, person)
    await signedInAs(other).waitFor()
    await buttonOf(other, 'Sign out').click()
    await buttonOf(page, 'Log in with Audius').waitFor()
    expect((await told(page)).at(-1)).toEqual({ type: 'signed-out', who: 'other-tab' })
  })

  test('says what is wrong with its attributes, until they are right', async ({ page, site, server }) => {
    await page.goto(`${site.origin}/wrong`)
    await wordsOf(page, 'apiKey must be 40 hex digits.').waitFor()
    expect(await told(page)).toEqual([{ type: 'login-error', who: 'invalid_api_key' }])
    await page.locator('login-with-audius').evaluate((button, key) => {
      button.setAttribute('api-key', key)
    }, server.apiKey)
    await buttonOf(page, 'Log in with Audius').waitFor()
  })

  test('takes an instance that was set before it was defined', async ({ page, site, person }) => {
    await page.goto(`${site.origin}/property`)
    await logIn(page, person)
    await signedInAs(page).waitFor()
    const handle = await page
      .locator('login-with-audius')
      .evaluate(async (button: HTMLElementTagNameMap['login-with-audius']) => {
        return !Object.hasOwn(button, 'sdk') && (await button.sdk?.oauth.getUser())?.handle
      })
    expect(handle).toBe(person.handle)
  })

  test('works by keyboard alone, and keeps the focus', async ({ page, site, person }) => {
    await page.goto(site.origin)
    const host = page.locator('login-with-audius')
    await buttonOf(page, 'Log in with Audius').waitFor()
    await tabTo(page, host)
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('Enter')])
    await signIn(popup, person)
    await pressAndClose(popup, 'Allow')
    await signedInAs(page).waitFor()
    expect(await host.evaluate((it) => it.shadowRoot?.activeElement?.textContent)).toBe('Sign out')
    await page.keyboard.press('Space')
    await buttonOf(page, 'Log in with Audius').waitFor()
    expect(await host.evaluate((it) => it === document.activeElement)).toBe(true)
  })

  test('does not log in with the second press of a double click on “Sign out”', async ({
    context,
    page,
    site,
    person,
  }) => {
    await page.goto(site.origin)
    await logIn(page, person)
    // Where the words are hidden, the button stays under the pointer.
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('login-with-audius::part(words) { display: none }')
      document.adoptedStyleSheets = [sheet]
    })
    await buttonOf(page, 'Sign out').dblclick()
    await buttonOf(page, 'Log in with Audius').waitFor()
    expect(context.pages()).toHaveLength(1)
  })

  test('listens no more once it is taken away, and again when it is put back', async ({
    page,
    site,
    person,
  }) => {
    await page.goto(site.origin)
    await logIn(page, person)
    await signedInAs(page).waitFor()
    const heard = await page.evaluate(async () => {
      const button = document.querySelector('login-with-audius')
      let events = 0
      button?.addEventListener('signed-out', () => {
        events += 1
      })
      button?.remove()
      await button?.sdk?.oauth.logout()
      if (button) document.querySelector('main')?.append(button)
      return events
    })
    expect(heard).toBe(0)
    await logInAgain(page)
    await signedInAs(page).waitFor()
  })

  test('takes colours from the page by its parts', async ({ page, site }) => {
    await page.goto(site.origin)
    const button = buttonOf(page, 'Log in with Audius')
    await button.waitFor()
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('login-with-audius::part(button signed-out) { background: rgb(1, 2, 3) }')
      document.adoptedStyleSheets = [sheet]
    })
    expect(await button.evaluate((it) => getComputedStyle(it).backgroundColor)).toBe('rgb(1, 2, 3)')
  })
})

const folder = join(import.meta.dirname, '../../test-results/screenshots')

describe('Nothing is found against the accessibility of the button, in light and dark, small and large', () => {
  test.for(['signed-out', 'busy', 'signed-in', 'error', 'blocked'] as const)(
    'that is %s',
    async (state, { page, site, server }) => {
      await page.goto(site.origin)
      await buttonOf(page, 'Log in with Audius').waitFor()
      if (state === 'busy') await openPopup(page)
      if (state === 'blocked') {
        await page.evaluate(() => {
          window.open = () => null
        })
        await buttonOf(page, 'Log in with Audius').click()
        await buttonOf(page, 'Go on without a popup').waitFor()
      }
      if (state === 'signed-in' || state === 'error') {
        await logIn(page, server.sample('nova'))
        await wordsOf(page, 'Signed in as Nova Reyes').waitFor()
      }
      if (state === 'error') {
        await page.route(`${server.url}/**`, (route) => route.abort())
        await page.reload()
        await buttonOf(page, 'Try again').waitFor()
      }
      mkdirSync(folder, { recursive: true })
      await page.bringToFront()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        for (const size of sizes) {
          await page.setViewportSize(size)
          const path = join(folder, `button-${state}-${colorScheme}-${size.width}.png`)
          await page.screenshot({ path, clip: { x: 0, y: 0, width: size.width, height: 260 } })
          expect(await violationsOn(page)).toEqual([])
          const box = await page.locator('login-with-audius').getByRole('button').boundingBox()
          expect(box?.height).toBeGreaterThanOrEqual(44)
        }
      }
    },
  )
})

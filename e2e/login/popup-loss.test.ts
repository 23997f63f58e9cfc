import type { LoginOptions } from '@stagedoor/sdk'
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { says } from '../harness/bare.ts'
import { allow, logIn, openPopup, pressAndClose, signIn, tokenRequests } from '../harness/people.ts'
import { expect, test } from '../harness.ts'

/** Calls `login()` when the page loads, once, without a person's click: the browser itself blocks what it opens. */
async function logInUnasked(page: Page, options: LoginOptions = {}) {
  await page.addInitScript((loginOptions) => {
    if (sessionStorage.getItem('asked')) return
    sessionStorage.setItem('asked', 'yes')
    window.loginOptions = loginOptions
    addEventListener('load', () => document.querySelector('button')?.click())
  }, options)
}

describe('A popup', () => {
  test('that the browser blocks is an error of its own, and a click then works', async ({
    context,
    page,
    bare,
    person,
  }) => {
    await logInUnasked(page)
    await page.goto(bare.origin)
    await says(page, 'popup_blocked')
    expect(context.pages()).toHaveLength(1)
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
  })

  test('that the browser blocks becomes the full page where the app wants that', async ({
    context,
    page,
    bare,
    person,
  }) => {
    await logInUnasked(page, { fallback: 'redirect' })
    await page.goto(bare.origin)
    await signIn(page, person)
    await allow(page)
    await says(page, person.handle)
    expect(page.url()).toBe(`${bare.origin}/callback`)
    expect(context.pages()).toHaveLength(1)
  })

  test('in which the person says no is an error of its own', async ({ page, bare }) => {
    await page.goto(bare.origin)
    await pressAndClose(await openPopup(page, 'Log in'), 'Cancel')
    await says(page, 'access_denied')
  })

  test('that the person closes is an error of its own, and leaves nothing behind', async ({ page, bare }) => {
    await page.goto(bare.origin)
    const popup = await openPopup(page, 'Log in')
    await popup.close()
    await says(page, 'popup_closed')
    // Nobody can tell closed from severed for sure: the login itself stays for an answer that comes after all.
    const kept = await page.evaluate(() => Object.keys(localStorage))
    expect(kept.filter((key) => !key.includes(':login:'))).toEqual([])
  })

  test('that the person forgot is used again by the next login', async ({ context, page, bare, person }) => {
    await page.goto(bare.origin)
    const popup = await openPopup(page, 'Log in')
    await popup.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.bringToFront()
    await page.getByRole('button', { name: 'Log in' }).click()
    await signIn(popup, person)
    await pressAndClose(popup, 'Allow')
    await says(page, person.handle)
    expect(context.pages()).toEqual([page])
  })

  test('that a reload forgot does not disturb the login after it', async ({
    context,
    page,
    bare,
    person,
  }) => {
    const grants = tokenRequests(context)
    await page.goto(bare.origin)
    const forgotten = await openPopup(page, 'Log in')
    await forgotten.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.reload()
    await says(page, 'signed out')
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    await forgotten.getByRole('button', { name: 'Cancel' }).click()
    await says(forgotten, 'access_denied')
    expect(await page.evaluate(() => window.audius.oauth.isAuthenticated())).toBe(true)
    expect(grants).toEqual(['authorization_code'])
  })
})

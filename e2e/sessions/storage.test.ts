import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { says, serveBare } from '../harness/bare.ts'
import { startBrowserThatBlocks } from '../harness/browser.ts'
import { logIn, logInAgain, storedTokens } from '../harness/people.ts'
import { expect, test } from '../harness.ts'

const handleIn = (page: Page) => page.evaluate(async () => (await window.audius.oauth.getUser()).handle)

describe('localStorage', () => {
  test('that holds something else for a session means signed out, and a login mends it', async ({
    page,
    bare,
    person,
  }) => {
    await page.goto(bare.origin)
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    for (const broken of ['{"accessToken":"sdat_', 'null', '[1]', '{"accessToken":7}', '']) {
      await page.evaluate((value) => {
        for (const key of Object.keys(localStorage)) localStorage.setItem(key, value)
      }, broken)
      await page.reload()
      await says(page, 'signed out')
    }
    await logInAgain(page, 'Log in')
    await says(page, person.handle)
    await page.reload()
    await says(page, person.handle)
  })

  test('that is full lets a person log in for as long as the page lives', async ({ page, bare, person }) => {
    await page.goto(bare.origin)
    await page.evaluate(() => {
      for (let size = 2 ** 22; size >= 1; ) {
        try {
          localStorage.setItem(`full ${Object.keys(localStorage).length}`, '.'.repeat(size))
        } catch {
          size = Math.floor(size / 2)
        }
      }
    })
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    expect(await handleIn(page)).toBe(person.handle)
    expect(await storedTokens(page)).toBeNull()
    await page.reload()
    await says(page, 'signed out')
  })

  test('that the browser blocks lets a person log in for as long as the page lives', async ({
    server,
    person,
  }) => {
    const bare = await serveBare(server, { host: '127.0.0.1' })
    const { context, stop } = await startBrowserThatBlocks(bare.origin)
    const failures: string[] = []
    context.on('weberror', (error) => failures.push(String(error.error())))
    const page = await context.newPage()
    await page.goto(bare.origin)
    await says(page, 'signed out')
    const blocked = await page.evaluate(() => {
      try {
        return typeof localStorage
      } catch (error) {
        return error instanceof Error && error.name
      }
    })
    expect(blocked).toBe('SecurityError')
    await logIn(page, person, 'Log in')
    await says(page, person.handle)
    expect(await handleIn(page)).toBe(person.handle)
    await page.reload()
    await says(page, 'signed out')
    expect(failures).toEqual([])
    await stop()
    await bare.stop()
  })
})

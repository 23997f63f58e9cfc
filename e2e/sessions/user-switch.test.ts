import type { BrowserContext, Page } from 'playwright-core'
import { describe } from 'vitest'
import { says, sessionIs, watchSession } from '../harness/bare.ts'
import { logIn } from '../harness/people.ts'
import type { Person } from '../harness/server.ts'
import type { Site } from '../harness/web.ts'
import { expect, test } from '../harness.ts'

/** A tab in which somebody has logged in, and another that watches. */
async function watchedTabs(context: BrowserContext, bare: Site, person: Person) {
  const tab = await context.newPage()
  await tab.goto(bare.origin)
  await logIn(tab, person, 'Log in')
  await says(tab, person.handle)
  const watching = await context.newPage()
  await watching.goto(bare.origin)
  await says(watching, person.handle)
  await watchSession(watching)
  return { tab, watching }
}

/** Logs somebody else in, without a logout before. */
async function switchTo(person: Person, tab: Page) {
  await tab.evaluate(() => {
    window.loginOptions = { prompt: 'login' }
  })
  await logIn(tab, person, 'Log in')
  await says(tab, person.handle)
}

const handleIn = (tab: Page) => tab.evaluate(async () => (await window.audius.oauth.getUser()).handle)

describe('What another tab does to the session', () => {
  test('a logout is a new snapshot and an event', async ({ context, bare, person }) => {
    const { tab, watching } = await watchedTabs(context, bare, person)
    await tab.evaluate(() => window.audius.oauth.logout())
    await sessionIs(watching, 'signed-out')
    expect(await watching.evaluate(() => window.heard)).toEqual([{ type: 'signed-out', why: 'other-tab' }])
    expect(await watching.evaluate(() => window.audius.oauth.isAuthenticated())).toBe(false)
  })

  test('another user is a new snapshot and an event, and the answer of the next call', async ({
    context,
    bare,
    server,
    person,
  }) => {
    const { tab, watching } = await watchedTabs(context, bare, person)
    const before = await watching.evaluateHandle(() => window.audius.oauth.session)
    const other = await server.newPerson()
    await switchTo(other, tab)
    await watching.waitForFunction((old) => window.audius.oauth.session !== old, before)
    await sessionIs(watching, 'authenticated')
    expect(await watching.evaluate(() => window.heard)).toEqual([{ type: 'signed-in', how: 'other-tab' }])
    expect(await handleIn(watching)).toBe(other.handle)
  })

  test('another user takes the place of an answer on its way about the one before (CL-31)', async ({
    context,
    bare,
    server,
    person,
  }) => {
    const { tab, watching } = await watchedTabs(context, bare, person)
    const other = await server.newPerson()
    const answered = Promise.withResolvers<void>()
    const switched = Promise.withResolvers<void>()
    await watching.route(
      '**/v1/me',
      async (route) => {
        const response = await route.fetch()
        answered.resolve()
        await switched.promise
        await route.fulfill({ response })
      },
      { times: 1 },
    )
    const handle = handleIn(watching)
    await answered.promise
    await switchTo(other, tab)
    await watching.waitForFunction(() => window.heard.some(({ type }) => type === 'signed-in'))
    switched.resolve()
    expect(await handle).toBe(other.handle)
  })
})

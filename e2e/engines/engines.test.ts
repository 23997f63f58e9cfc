import { beforeAll, describe } from 'vitest'
import { serveBare } from '../harness/bare.ts'
import { startBrowser, startFirefox } from '../harness/browser.ts'
import { type Person, statusOf } from '../harness/server.ts'
import { loggedIn } from '../harness/tool.ts'
import { publishTone } from '../harness/uploads.ts'
import { test as base, expect } from '../harness.ts'
import { type Engine, type Tab, TIMEOUT_MS } from './agent.ts'
import { playwrightEngine } from './playwright.ts'
import { webkitEngine } from './webkit.ts'

/** Each with a sample account of its own, which has allowed nothing yet. */
const engines = [
  { name: 'Chromium', start: () => playwrightEngine(startBrowser()), handle: 'nova', shown: 'Nova Reyes' },
  { name: 'Firefox', start: () => playwrightEngine(startFirefox()), handle: 'jun', shown: 'Jun Park' },
  { name: 'WebKit', start: webkitEngine, handle: 'sam', shown: 'Sam Lindqvist' },
] as const

async function signIn(tab: Tab, { handle, password }: Person): Promise<void> {
  await tab.fill('Email or handle', handle)
  await tab.fill('Password', password)
  await tab.press('Sign in')
}

async function logIn(tab: Tab, person: Person, button = 'Log in with Audius'): Promise<void> {
  const popup = await tab.pressForPopup(button)
  await signIn(popup, person)
  await popup.pressAndClose('Allow')
}

describe.each(engines)('In $name', ({ start, handle, shown }) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await start()
    return engine.stop
  })

  const test = base.extend<{ tab: Tab }>({
    // biome-ignore lint/correctness/noEmptyPattern: it depends on nothing
    tab: async ({}, use) => {
      const visit = await engine.visit()
      await use(visit.tab)
      await visit.end()
    },
  })

  test('a person logs in by popup with their password', async ({ tab, example, server }) => {
    await tab.open(example.origin)
    await logIn(tab, server.sample(handle))
    await tab.see(shown)
    await tab.see(`@${handle}`)
    await expect.poll(() => tab.url()).toBe(`${example.origin}/`)
  })

  test('a person logs in on the full page, and nothing of it stays in the address', async ({
    tab,
    example,
    person,
  }) => {
    await tab.open(example.origin)
    await tab.press('Log in on the full page')
    await signIn(tab, person)
    await tab.press('Allow')
    await tab.see(`@${person.handle}`)
    await expect.poll(() => tab.url()).toBe(`${example.origin}/`)
  })

  test('a session outlives a reload and ends with the logout, here and at the server', async ({
    tab,
    example,
    server,
    person,
  }) => {
    await tab.open(example.origin)
    await logIn(tab, person)
    await tab.see(`@${person.handle}`)
    await tab.reload()
    await tab.see(`@${person.handle}`)
    const token = await tab.evaluate(
      "JSON.parse(localStorage.getItem(Object.keys(localStorage).find((key) => key.endsWith(':tokens')))).accessToken",
    )
    expect(await statusOf(token, server)).toBe(200)
    await tab.press('Sign out')
    await tab.see('Log in with Audius')
    await expect.poll(() => statusOf(token, server)).toBe(401)
    await tab.reload()
    await tab.see('Log in with Audius')
  })

  test('who says no in the popup is told so', async ({ tab, example, person }) => {
    await tab.open(example.origin)
    const popup = await tab.pressForPopup('Log in with Audius')
    await signIn(popup, person)
    await popup.pressAndClose('Cancel')
    await tab.see('You chose not to give this app access.')
  })

  test('who closes the popup is told so', async ({ tab, example }) => {
    await tab.open(example.origin)
    const popup = await tab.pressForPopup('Log in with Audius')
    await popup.see('Sign in')
    // What closes sooner than a person can is taken for severed.
    await expect.poll(() => popup.evaluate('performance.now() > 1500'), { timeout: 5000 }).toBe('true')
    await popup.close()
    await tab.see('The login window closed before you were done.')
  })

  test('who says no on the full page is told so', async ({ tab, example }) => {
    await tab.open(example.origin)
    await tab.press('Log in on the full page')
    await tab.press('Cancel')
    await tab.see('You chose not to give this app access.')
    await expect.poll(() => tab.url()).toBe(`${example.origin}/`)
  })

  test('an app on another site, which severs itself from its popup, logs in', async ({
    tab,
    server,
    person,
  }) => {
    const bare = await serveBare(server, {
      host: '127.0.0.1',
      headers: { 'cross-origin-opener-policy': 'same-origin' },
    })
    await tab.open(bare.origin)
    const popup = await tab.pressForPopup('Log in')
    await signIn(popup, person)
    await popup.see('Allow')
    expect(await popup.evaluate('window.opener === null')).toBe('true')
    await popup.pressAndClose('Allow')
    await tab.see(person.handle)
    await bare.stop()
  })

  test('a track is heard from near its end, of which nothing has arrived yet', async ({
    tab,
    bare,
    server,
    person,
  }) => {
    const title = 'A minute'
    const trackId = await publishTone(server, await loggedIn(server, person), { title, seconds: 60 })
    const becomes = (expression: string) =>
      expect.poll(() => tab.evaluate(expression), { timeout: TIMEOUT_MS })
    await tab.open(`${bare.origin}/plain`)
    const stream = JSON.stringify(`${server.url}/v1/tracks/${trackId}/stream`)
    await tab.evaluate(
      `(window.audio = Object.assign(new Audio(${stream}), { muted: true, preload: 'metadata' })).src`,
    )
    await becomes('Math.round(audio.duration)').toBe('60')
    await tab.evaluate('audio.currentTime = 50')
    await becomes('!audio.seeking && Math.round(audio.currentTime)').toBe('50')
    await tab.evaluate("audio.play().then(() => 'playing')")
    await becomes('audio.currentTime > 50.2').toBe('true')
    await tab.evaluate('audio.currentTime = 59')
    await becomes('audio.ended && Math.round(audio.currentTime)').toBe('60')
  })
})

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBrowser } from '../../../e2e/harness/browser.ts'
import { logIn } from '../../../e2e/harness/people.ts'
import { fileIn, type Site, serve } from '../../../e2e/harness/web.ts'
import { app, bundleOf, exportFor } from './expo.ts'
import { cover, isKept, tone } from './media.ts'
import { type Server, startServer } from './server.mts'

const person = { handle: 'nova', password: 'sample-of-nova' }
const pictures = join(app, 'out/screenshots')

let server: Server
let site: Site
let browser: Browser

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  server = await startServer()
  const folder = exportFor('web', {
    EXPO_PUBLIC_API_ENDPOINT: server.url,
    EXPO_PUBLIC_API_KEY: server.apiKey,
  })
  site = await serve((path) => fileIn(folder, path))
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await server?.stop()
})

/** Keeps how a screen looks, in light and in dark. */
async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), fullPage: true })
  }
}

async function choose(page: Page, label: string, file: { name: string; mimeType: string; buffer: Buffer }) {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: label }).click(),
  ])
  await chooser.setFiles(file)
  await page.getByText(file.name, { exact: true }).waitFor()
}

test('Its web build holds the entry of browsers.', () => {
  expect(bundleOf('web').includes('BroadcastChannel')).toBe(true)
})

test('Its web build logs in by popup, uploads, plays and saves in Chromium.', async () => {
  const page = await browser.newPage({ viewport: { width: 375, height: 740 } })
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(String(error)))
  // The player's element is in no document, so the page itself tells that it sounds.
  await page.addInitScript(() => {
    const { play } = HTMLMediaElement.prototype
    HTMLMediaElement.prototype.play = function () {
      this.addEventListener('playing', () => document.documentElement.setAttribute('data-sounds', ''))
      return play.call(this)
    }
  })
  await page.goto(site.origin)
  await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
  await picture(page, 'welcome')
  await logIn(page, person)
  await page.getByText('@nova · verified').waitFor()
  await picture(page, 'empty-form')

  const sound = tone(660, 3)
  await choose(page, 'Choose the audio', { name: 'Tide.wav', mimeType: 'audio/wav', buffer: sound })
  await choose(page, 'Choose the cover', { name: 'tide.png', mimeType: 'image/png', buffer: cover(600) })
  await picture(page, 'form')

  let letGo = () => {}
  const open = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(`${server.url}/files/*`, async (route) => {
    await open
    await route.continue()
  })
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await picture(page, 'uploading')
  letGo()
  await page.getByText('“Tide” is published').waitFor({ timeout: 30_000 })
  await picture(page, 'published')
  expect(isKept(sound, server.dataDir)).toBe(true)

  await page.getByRole('button', { name: 'See my tracks' }).click()
  await page.getByRole('button', { name: 'Play Tide' }).click()
  await page.locator('html[data-sounds]').waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Pause Tide' }).click()
  await page.getByRole('button', { name: 'Save Tide to library' }).click()
  await page.getByRole('button', { name: 'Remove Tide from library' }).waitFor()
  await picture(page, 'my-tracks')
  await page.getByRole('tab', { name: 'Library' }).click()
  await page.getByRole('button', { name: 'Remove Tide from library' }).waitFor()

  await page.getByRole('tab', { name: 'Upload' }).click()
  await page.getByRole('button', { name: 'Upload another' }).click()
  const letter = { name: 'letter.wav', mimeType: 'audio/wav', buffer: Buffer.from('This is not music.') }
  await choose(page, 'Choose the audio', letter)
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('alert').waitFor()
  await picture(page, 'refused')

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
  expect(failures).toEqual([])
})

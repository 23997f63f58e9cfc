import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256, wav } from '@stagedoor/testkit/media'
import type { Page } from 'playwright-core'
import { afterAll, describe } from 'vitest'
import { says } from '../harness/bare.ts'
import { expireAccessToken, logIn, storedTokens } from '../harness/people.ts'
import type { Person, Server } from '../harness/server.ts'
import type { Site } from '../harness/web.ts'
import { expect, test } from '../harness.ts'

declare global {
  interface Window {
    /** The last upload's progress so far. */
    steps: readonly { readonly loaded: number; readonly transcode: number | undefined }[]
    /** What became of the last upload. */
    outcome?: string
  }
}

const song = wav(120, { rate: 44_100 })
const folder = mkdtempSync(join(tmpdir(), 'stagedoor-song-'))
const path = join(folder, 'song.wav')
writeFileSync(path, song)
afterAll(() => rmSync(folder, { recursive: true }))

/** Somebody logged in on the bare page, who may write. */
async function loggedIn(page: Page, bare: Site, person: Person): Promise<void> {
  await page.goto(bare.origin)
  await page.evaluate(() => {
    window.loginOptions = { scope: 'write' }
  })
  await logIn(page, person, 'Log in')
  await says(page, person.handle)
}

/** Begins to upload a file that the person chooses: the same file of the same disk, every time. */
async function begin(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.querySelector('input')?.remove()
    const input = document.createElement('input')
    input.type = 'file'
    document.body.append(input)
  })
  await page.locator('input').setInputFiles(path)
  await page.evaluate(() => {
    const [file] = document.querySelector('input')?.files ?? []
    if (!file) throw new Error('No file was chosen')
    window.steps = []
    delete window.outcome
    const upload = window.audius.uploads.createAudioUpload({
      file,
      onProgress: (progress) => {
        window.steps = [...window.steps, progress]
      },
    })
    upload.start().then(
      ({ origFileCid }) => {
        window.outcome = origFileCid
      },
      (error) => {
        window.outcome = error.code
      },
    )
  })
}

const isAfter = (page: Page, bytes: number) =>
  page.waitForFunction((least) => (window.steps.at(-1)?.loaded ?? 0) > least, bytes)

/** The CID of the original, which says what its bytes are. */
async function outcome(page: Page): Promise<string> {
  const said = await page.waitForFunction(() => window.outcome, undefined, { timeout: 60_000 })
  return (await said.jsonValue()) ?? ''
}

/** Publishes nothing; asks the server what it has, by the CID's own digest. */
function cidOf(bytes: Buffer): string {
  const digest = Buffer.from(sha256(bytes), 'hex')
  const cid = Buffer.concat([Buffer.from([1, 0x55, 0x12, 32]), digest])
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
  const bits = [...cid].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return `b${groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')}`
}

/** Slows the page's network, so that an upload takes some seconds. */
async function slow(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  })
}

/** The requests of tus from now on, by method. */
function tusRequests(page: Page, { url }: Server): string[] {
  const methods: string[] = []
  page.on('request', (request) => {
    if (request.url().startsWith(`${url}/files/`)) methods.push(request.method())
  })
  return methods
}

describe('An upload in Chromium', { timeout: 90_000 }, () => {
  test('waits without a network, and goes on by itself', async ({ page, context, bare, server, person }) => {
    await loggedIn(page, bare, person)
    const methods = tusRequests(page, server)
    await slow(page, 1_000_000)
    await begin(page)
    await isAfter(page, 500_000)
    // Cut off while a part is on its way: how much of it has come is the server's to say.
    const part = page.waitForRequest((request) => request.method() === 'PATCH')
    await slow(page, 100_000)
    await part
    await context.setOffline(true)
    const lost = await page.evaluate(() => window.steps.length)
    await page.waitForFunction(() => !navigator.onLine)
    await slow(page, -1)
    await context.setOffline(false)
    expect(await outcome(page)).toBe(cidOf(song))
    expect(methods.filter((method) => method === 'POST').length).toBe(1)
    expect(methods).toContain('HEAD')
    expect(await page.evaluate(() => window.steps.length)).toBeGreaterThan(lost)
  })

  test('goes on after a reload, and sends no byte twice that the server has', async ({
    page,
    bare,
    server,
    person,
  }) => {
    await loggedIn(page, bare, person)
    await slow(page, 4_000_000)
    await begin(page)
    await isAfter(page, 3_000_000)
    await page.reload()
    await says(page, person.handle)
    const methods = tusRequests(page, server)
    await slow(page, -1)
    await begin(page)
    expect(await outcome(page)).toBe(cidOf(song))
    expect(await page.evaluate(() => window.steps[0]?.loaded)).toBeGreaterThan(3_000_000)
    expect(methods).not.toContain('POST')
  })

  test('refreshes an access token that ends on the way', async ({ page, bare, person }) => {
    await loggedIn(page, bare, person)
    await slow(page, 1_000_000)
    await begin(page)
    await isAfter(page, 500_000)
    const before = await storedTokens(page)
    await expireAccessToken([page])
    await slow(page, -1)
    expect(await outcome(page)).toBe(cidOf(song))
    const after = await storedTokens(page)
    expect(after?.accessToken).not.toBe(before?.accessToken)
  })

  test('costs the page nothing before it is used', async ({ page, bare, person }) => {
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
    await loggedIn(page, bare, person)
    const isChunk = (path: string) => /^\/sdk\/upload-/.test(path)
    expect(loaded.filter(isChunk)).toEqual([])
    await begin(page)
    await outcome(page)
    expect(loaded.filter(isChunk).length).toBe(1)
  })
})

import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { expect, test } from '../harness/example-app.ts'
import { sha256, sha256Of } from '../harness/media.ts'
import { storedTokens } from '../harness/people.ts'
import type { Server } from '../harness/server.ts'
import { choose, fileOf, holdBytes, publish, ready, uploadRequests } from '../harness/uploading.ts'

/** The fingerprint of the original that a published track is of, as its artist's login gets at it. */
async function originalOf(page: Page, server: Server): Promise<string> {
  const trackId = page.url().split('/').at(-1)
  const tokens = await storedTokens(page)
  const authorization = `Bearer ${tokens?.accessToken}`
  const track = `${server.url}/v1/tracks/${trackId}`
  const offered = await fetch(track, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ is_downloadable: true }),
  })
  expect(offered.status).toBe(200)
  const original = await fetch(`${track}/download`)
  return sha256(new Uint8Array(await original.arrayBuffer()))
}

describe('The upload app', () => {
  test('takes a track from two files to its page, where it plays and is saved', async ({
    context,
    app,
    media,
  }) => {
    const ranges: string[] = []
    context.on('request', (request) => {
      const range = request.headers()['range']
      if (range && request.url().includes('/content/')) ranges.push(range)
    })
    const hold = await holdBytes(app)
    await choose(app, 'audio', media.audio)
    const route = await hold.held
    await fileOf(app, 'audio').getByText('262 kB of 1.6 MB').waitFor()
    const progress = app.getByRole('progressbar', { name: 'Upload of the audio' })
    expect(await progress.evaluate((bar: HTMLProgressElement) => bar.value)).toBeCloseTo(0.16, 1)
    await route.continue()
    await hold.end()
    await choose(app, 'cover', media.cover)
    expect(await app.getByLabel('Title').inputValue()).toBe('night drive')
    await app.getByLabel('Description').fill('Made on a train.')
    await publish(app)

    await app.getByRole('heading', { name: 'night drive' }).waitFor()
    await app.getByText('Made on a train.').waitFor()
    const cover = app.locator('article .cover img')
    await expect.poll(() => cover.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(480)
    await app.locator('.waveform[data-pictured=true]').waitFor()
    const audio = app.locator('audio')
    const isPlaying = audio.evaluate(
      (element) => new Promise((resolve) => element.addEventListener('playing', () => resolve(true))),
    )
    await app.getByRole('button', { name: 'Play', exact: true }).click()
    expect(await isPlaying).toBe(true)
    await app.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.2)
    expect(ranges).toContain('bytes=0-')
    await app.getByRole('button', { name: 'Pause', exact: true }).click()
    await app.getByRole('slider', { name: 'Position' }).fill('30')
    await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime)).toBe(30)

    await app.getByRole('button', { name: 'Save to library' }).click()
    const remove = app.getByRole('button', { name: 'Remove from library' })
    await remove.waitFor()
    await app.reload()
    await remove.waitFor()
    await app.getByRole('link', { name: 'Library' }).click()
    await app.getByRole('link', { name: /night drive/ }).click()
    await remove.click()
    await app.getByRole('button', { name: 'Save to library' }).waitFor()
    await app.getByRole('link', { name: 'Library' }).click()
    await app.getByText('Your library is empty').waitFor()
    await app.getByRole('link', { name: 'My tracks', exact: true }).click()
    await app.getByRole('link', { name: /night drive.*0:40/ }).waitFor()
  })

  test('goes on by itself when the network is back, to the same bytes', async ({
    context,
    app,
    media,
    server,
  }) => {
    const hold = await holdBytes(app)
    await choose(app, 'audio', media.audio)
    const route = await hold.held
    await context.setOffline(true)
    await route.abort('internetdisconnected')
    await fileOf(app, 'audio').getByText('No network · 262 kB of 1.6 MB').waitFor()
    const requests = uploadRequests(context)
    await hold.end()
    await context.setOffline(false)
    await ready(app, 'audio')
    expect(requests).toContain('PATCH from 262144')
    expect(requests).not.toContain('PATCH from 0')
    expect(requests).not.toContain('POST')
    await publish(app)
    await app.getByRole('heading', { name: 'night drive' }).waitFor()
    expect(await originalOf(app, server)).toBe(await sha256Of(media.audio))
  })

  test('pauses, and resumes where it stood', async ({ context, app, media }) => {
    const hold = await holdBytes(app)
    await choose(app, 'audio', media.audio)
    const route = await hold.held
    const file = fileOf(app, 'audio')
    await file.getByRole('button', { name: 'Pause' }).click()
    await file.getByText('Paused · 262 kB of 1.6 MB').waitFor()
    await route.abort()
    await hold.end()
    const requests = uploadRequests(context)
    await file.getByRole('button', { name: 'Resume' }).click()
    await ready(app, 'audio')
    expect(requests).toContain('PATCH from 262144')
    expect(requests).not.toContain('POST')
  })

  test('leaves nothing of what is cancelled', async ({ app, media, server }) => {
    const hold = await holdBytes(app)
    await choose(app, 'audio', media.audio)
    const url = (await hold.held).request().url()
    const status = async () => (await fetch(`${server.url}/uploads/${url.split('/').at(-1)}`)).status
    const tokens = await storedTokens(app)
    const head = async () =>
      (
        await fetch(url, {
          method: 'HEAD',
          headers: { authorization: `Bearer ${tokens?.accessToken}`, 'tus-resumable': '1.0.0' },
        })
      ).status
    expect(await head()).toBe(200)
    await fileOf(app, 'audio').getByRole('button', { name: 'Cancel' }).click()
    await app.getByLabel('Choose the audio').waitFor()
    await expect.poll(head).toBe(404)
    expect(await status()).toBe(404)
    const records = () => Object.keys(localStorage).filter((key) => key.includes(':upload:'))
    await expect.poll(() => app.evaluate(records)).toEqual([])
    await app.reload()
    await app.getByLabel('Choose the audio').waitFor()
  })

  test('knows after a reload what was under way, and goes on with the same file', async ({
    context,
    app,
    media,
    server,
  }) => {
    await choose(app, 'cover', media.cover)
    await ready(app, 'cover')
    const hold = await holdBytes(app)
    await app.getByLabel('Description').fill('Typed before the reload.')
    await choose(app, 'audio', media.audio)
    await hold.held
    await app.reload()
    const again = app.getByLabel('Choose night_drive.mp3 again')
    await again.waitFor()
    await app.getByText('It was on its way (1.6 MB)').waitFor()
    await ready(app, 'cover')
    await hold.end()
    const requests = uploadRequests(context)
    await again.setInputFiles(media.audio)
    await ready(app, 'audio')
    expect(requests).not.toContain('POST')
    expect(requests).not.toContain('PATCH from 0')
    expect(await app.getByLabel('Description').inputValue()).toBe('Typed before the reload.')
    await publish(app)
    await app.getByText('Typed before the reload.').waitFor()
    expect(await app.locator('article .cover img').count()).toBe(1)
    expect(await originalOf(app, server)).toBe(await sha256Of(media.audio))
  })

  test('says in words that a file is no audio, and takes another', async ({ app, media }) => {
    await app.getByLabel('Title').fill('My own title')
    await choose(app, 'audio', media.fake)
    const alert = app.getByRole('alert')
    await alert.getByText('page.mp3 was not uploaded').waitFor()
    await alert.getByText(/^This is not an audio file that can be read. Send MP3/).waitFor()
    expect(await app.getByLabel('Title').inputValue()).toBe('My own title')
    await app.getByLabel('Choose another audio').setInputFiles(media.audio)
    await ready(app, 'audio')
    expect(await alert.count()).toBe(0)
    expect(await app.getByLabel('Title').inputValue()).toBe('My own title')
  })

  test('loses nothing when publishing fails, and publishes once', async ({ app, media, server }) => {
    await choose(app, 'audio', media.audio)
    await app.getByLabel('Description').fill('Still here.')
    await ready(app, 'audio')
    await app.getByLabel('Genre').selectOption('Jazz')
    await app.route(`${server.url}/v1/tracks`, (route) => route.abort())
    await app.getByRole('button', { name: 'Publish' }).click()
    await app.getByRole('alert').getByText('The track was not published').waitFor()
    await app.reload()
    await ready(app, 'audio')
    expect(await app.getByLabel('Description').inputValue()).toBe('Still here.')
    expect(await app.getByLabel('Genre').inputValue()).toBe('Jazz')
    await app.unroute(`${server.url}/v1/tracks`)
    await publish(app, 'Jazz')
    await app.getByText('Still here.').waitFor()
    await app.getByRole('link', { name: 'My tracks', exact: true }).click()
    await app.getByRole('link', { name: /night drive/ }).waitFor()
    expect(await app.getByRole('listitem').count()).toBe(1)
    await app.getByRole('link', { name: 'Upload', exact: true }).click()
    await app.getByLabel('Choose the audio').waitFor()
    expect(await app.getByLabel('Title').inputValue()).toBe('')
  })

  test('takes what is dropped on the page, each in its place', async ({ app, media }) => {
    const files = await Promise.all(
      [media.cover, media.audio].map(async (path) => ({
        name: path.split('/').at(-1) ?? '',
        type: path.endsWith('png') ? 'image/png' : 'audio/mpeg',
        base64: (await readFile(path)).toString('base64'),
      })),
    )
    await app.evaluate((dropped) => {
      const dataTransfer = new DataTransfer()
      for (const { name, type, base64 } of dropped) {
        const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))
        dataTransfer.items.add(new File([bytes], name, { type }))
      }
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    }, files)
    await fileOf(app, 'audio').getByText('night_drive.mp3', { exact: true }).waitFor()
    await fileOf(app, 'cover').getByText('cover.png', { exact: true }).waitFor()
    await ready(app, 'audio')
    await ready(app, 'cover')
  })

  test('lets its artist change and delete a track', async ({ app, media }) => {
    await choose(app, 'audio', media.audio)
    await publish(app)
    await app.getByRole('button', { name: 'Edit' }).click()
    await app.getByLabel('Title').fill('Day drive')
    await app.getByLabel('Who has the link').check()
    await app.getByRole('button', { name: 'Save changes' }).click()
    await app.getByRole('heading', { name: 'Day drive' }).waitFor()
    await app.getByText('Unlisted', { exact: true }).waitFor()
    await app.getByRole('button', { name: 'Delete', exact: true }).click()
    await app.getByRole('button', { name: 'Delete the track' }).click()
    await app.getByText('You have not published a track yet').waitFor()
  })

  test('records, publishes what was heard, and draws it', async ({ context, app, example }) => {
    await context.grantPermissions(['microphone'], { origin: example.origin })
    await app.getByRole('button', { name: 'Record it' }).click()
    await app.getByText(/^Recording · 0:0[2-9]/).waitFor()
    await app.getByRole('button', { name: 'Stop recording' }).click()
    await ready(app, 'audio')
    expect(await app.getByLabel('Title').inputValue()).toMatch(/^Recording \d{4}-\d\d-\d\d$/)
    await publish(app)
    await app.getByRole('heading', { name: /^Recording / }).waitFor()
    await app.locator('.waveform[data-pictured=true]').waitFor()
    const audio = app.locator('audio')
    await app.getByRole('button', { name: 'Play', exact: true }).click()
    await app.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.2)
    const seconds = await audio.evaluate((element: HTMLAudioElement) => element.duration)
    expect(seconds).toBeGreaterThan(1.5)
    expect(seconds).toBeLessThan(30)
  })

  test('says what to do when it may not hear the microphone', async ({ app }) => {
    await app.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    })
    await app.getByRole('button', { name: 'Record it' }).click()
    await app.getByText('Allow the microphone in the browser’s settings for this page.').waitFor()
  })
})

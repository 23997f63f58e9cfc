import { openAsBlob, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FakeBrowser } from '@stagedoor/testkit/fake-browser'
import { fileInstallation, remains, settled } from '@stagedoor/testkit/installation'
import { encoded, png, sha256, wav } from '@stagedoor/testkit/media'
import { rejection } from '@stagedoor/testkit/sdk'
import { get } from '@stagedoor/testkit/wire-app'
import { jun, nova } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { sdk } from '../../sdk/src/node.ts'
import { follow, songFile, storedIn, uploaderAt, uploaderRedirectUri } from '../harness/uploader.ts'

const server = await fileInstallation()
const strict = await fileInstallation({ MAX_UPLOAD_BYTES: '1000', UPLOADS_REQUIRE_AUTH: 'true' })
const apiKey = await server.register('Uploads', uploaderRedirectUri)
const strictKey = await strict.register('Uploads', uploaderRedirectUri)

describe('In Node', () => {
  test('audio in a buffer is uploaded, and its progress told', async () => {
    const { tokenStore } = await uploaderAt(server.url, apiKey, nova)
    const tool = sdk({ apiKey, apiEndpoint: server.url, services: { tokenStore } })
    const song = encoded('mp3', 40, ['-metadata', 'TBPM=128', '-metadata', 'TKEY=Am'])
    const upload = follow(tool, { buffer: song, name: 'Ein Lied – 歌.mp3', type: 'audio/mpeg' })
    const done = await upload.start()
    const cid = expect.stringMatching(/^bafkrei[a-z2-7]{52}$/)
    expect(done).toEqual({
      trackCid: cid,
      previewCid: cid,
      origFileCid: cid,
      origFilename: 'Ein Lied – 歌.mp3',
      duration: 40,
      bpm: 128,
      musicalKey: 'Am',
    })
    expect(sha256(storedIn(server.folder, done.origFileCid))).toBe(sha256(song))
    const total = song.length
    expect(upload.seen[0]).toEqual({ loaded: 0, total, transcode: undefined })
    expect(upload.seen.at(-1)).toEqual({ loaded: total, total, transcode: 1 })
    expect(upload.seen.filter(({ loaded }) => loaded > 0 && loaded < total)).not.toEqual([])
    expect(upload.start()).toBe(upload.start())
  })

  test('a file of the disk is, without a name', async () => {
    const { tokenStore } = await uploaderAt(server.url, apiKey, nova)
    const { uploads } = sdk({ apiKey, apiEndpoint: server.url, services: { tokenStore } })
    const path = join(server.folder, 'song.wav')
    writeFileSync(path, wav(3))
    const done = await uploads.createAudioUpload({ file: await openAsBlob(path) }).start()
    expect(done).toMatchObject({ origFilename: 'untitled', duration: 3 })
    expect(sha256(storedIn(server.folder, done.origFileCid))).toBe(sha256(wav(3)))
  })

  test.each([
    ['square', false, '150x150'],
    ['a backdrop', true, '640x'],
  ])('an image is, %s', async (_shape, isBackdrop, size) => {
    const { tokenStore } = await uploaderAt(server.url, apiKey, nova)
    const { uploads, users } = sdk({ apiKey, apiEndpoint: server.url, services: { tokenStore } })
    const file = new File([png(1000, 500)], 'cover.png', { type: 'image/png' })
    const cid = await uploads.createImageUpload({ file, isBackdrop }).start()
    const { data: user } = await users.getUserByHandle({ handle: nova.handle })
    const metadata = isBackdrop ? { coverPhoto: cid } : { profilePicture: cid }
    await users.updateUser({ id: user.id, userId: user.id, metadata })
    const served = await fetch(`${server.url}/content/${cid}/${size}.jpg`)
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  })
})

describe('What cannot be uploaded', () => {
  test('too large a file is refused in the server’s words, at once', async () => {
    const { page } = await uploaderAt(strict.url, strictKey, nova)
    const error = await rejection(follow(page(), songFile(wav(1))).start())
    expect(error).toMatchObject({
      code: 'upload_too_large',
      name: 'UploadError',
      retryable: false,
      status: 413,
      serverCode: 'invalid_request',
      reason: 'The file is larger than the 1000 bytes allowed here.',
    })
  })

  test('nor by who may only read', async () => {
    const { page } = await uploaderAt(server.url, apiKey, nova, { scope: 'read' })
    const error = await rejection(follow(page(), songFile(wav(1))).start())
    expect(error).toMatchObject({ code: 'insufficient_scope' })
  })

  test('nor by nobody', async () => {
    const { uploads } = sdk({ apiKey, apiEndpoint: server.url })
    const error = await rejection(uploads.createAudioUpload({ file: songFile(wav(1)) }).start())
    expect(error).toMatchObject({ code: 'not_authenticated' })
  })

  test('what is no audio fails in the server’s words, and is not gone on with', async () => {
    const { page } = await uploaderAt(server.url, apiKey, nova)
    const upload = () => rejection(follow(page(), songFile(new TextEncoder().encode('A poem.'))).start())
    const before = remains(server.folder).rows.length
    const error = await upload()
    expect(error).toMatchObject({ code: 'upload_failed', reason: expect.stringMatching(/^.{10,}\.$/) })
    expect((await upload()).code).toBe('upload_failed')
    expect(remains(server.folder).rows.length).toBe(before)
  })

  test('an empty file is refused', async () => {
    const { page } = await uploaderAt(server.url, apiKey, nova)
    const error = await rejection(follow(page(), songFile(new Uint8Array())).start())
    expect(error).toMatchObject({ code: 'upload_refused', reason: expect.stringContaining('empty') })
  })

  test.each([
    ['a file that is gone', '{ "uri": "file:///nowhere/song.wav", "name": "song.wav" }'],
    ['a text', '"song.wav"'],
    ['nothing', 'null'],
    ['some object', '{ "name": "song.wav" }'],
  ])('%s cannot be read', async (_what, json) => {
    const { page } = await uploaderAt(server.url, apiKey, nova)
    const error = await rejection(follow(page(), JSON.parse(json)).start())
    expect(error).toMatchObject({ code: 'unreadable_file' })
  })
})

describe('The hand on an upload', () => {
  const song = wav(40, { rate: 22_050 })

  /** Waits for some round trips to the server: what was going to happen has. */
  async function quiet(): Promise<void> {
    for (let trips = 0; trips < 30; trips += 1) await get(`${server.url}/healthz`)
  }

  test('pauses it and lets it go on', async () => {
    const { page } = await uploaderAt(server.url, apiKey, nova)
    const upload = follow(page(), songFile(song), ({ loaded, transcode }) => {
      if (loaded > 0 && transcode === undefined && upload.seen.length < 3) upload.pause()
    })
    const done = upload.start()
    await expect.poll(() => upload.seen.length).toBe(2)
    await quiet()
    expect(upload.seen.at(-1)?.loaded).toBeLessThan(song.length)
    expect(upload.seen.length).toBe(2)
    upload.resume()
    expect(sha256(storedIn(server.folder, (await done).origFileCid))).toBe(sha256(song))
  })

  test('pauses it before it starts', async () => {
    const { page } = await uploaderAt(server.url, apiKey, nova)
    const upload = follow(page(), songFile(song, 'paused.wav'))
    upload.pause()
    const done = upload.start()
    await quiet()
    expect(upload.seen).toEqual([])
    upload.resume()
    await done
  })

  test('aborts it, and a new upload of the same file goes on from there', async () => {
    const { page } = await uploaderAt(server.url, apiKey, nova)
    const before = remains(server.folder).rows.length
    const first = follow(page(), songFile(song, 'again.wav'), ({ loaded }) => {
      if (loaded > 0) first.abort()
    })
    expect(await rejection(first.start())).toMatchObject({ code: 'upload_aborted', cancelled: true })
    const second = follow(page(), songFile(song, 'again.wav'))
    const done = await second.start()
    expect(second.seen[0]?.loaded).toBeGreaterThan(0)
    expect(remains(server.folder).rows.length).toBe(before + 1)
    expect(sha256(storedIn(server.folder, done.origFileCid))).toBe(sha256(song))
  })

  test('aborts it by a signal', async () => {
    const { page } = await uploaderAt(server.url, apiKey, nova)
    const controller = new AbortController()
    const { uploads } = page()
    const upload = uploads.createAudioUpload(
      { file: songFile(song, 'signal.wav'), onProgress: () => controller.abort() },
      { signal: controller.signal },
    )
    expect(await rejection(upload.start())).toMatchObject({ code: 'upload_aborted' })
  })

  test('aborts it and leaves nothing, on the server or here', async () => {
    const browser = new FakeBrowser()
    const { page } = await uploaderAt(server.url, apiKey, nova, { browser })
    const before = await settled(server.folder)
    let gone: Promise<void> | undefined
    const upload = follow(page(), songFile(song, 'gone.wav'), ({ loaded }) => {
      if (loaded > 0) gone ??= upload.abort(true)
    })
    expect(await rejection(upload.start())).toMatchObject({ code: 'upload_aborted' })
    await gone
    expect(remains(server.folder)).toEqual(before)
    expect(Object.keys(browser.storage).filter((key) => key.includes(':upload:'))).toEqual([])
  })

  test('aborts it while it is being created, and leaves nothing', async () => {
    const { page } = await uploaderAt(server.url, apiKey, nova)
    const before = await settled(server.folder)
    const upload = follow(page(), songFile(song, 'created.wav'), ({ loaded }) => {
      if (loaded === 0) void upload.abort(true)
    })
    await rejection(upload.start())
    await upload.abort(true)
    expect(remains(server.folder)).toEqual(before)
  })
})

describe('The same file on the same device', () => {
  const song = wav(40, { rate: 22_050, hertz: 300 })

  /** Begins an upload in a page that then goes away. */
  async function begun(page: Parameters<typeof follow>[0], file: File): Promise<void> {
    const upload = follow(page, file, ({ loaded }) => {
      if (loaded > 0) void upload.abort()
    })
    await rejection(upload.start())
  }

  test('of another person is another upload', async () => {
    const browser = new FakeBrowser()
    const first = await uploaderAt(server.url, apiKey, nova, { browser })
    const second = await uploaderAt(server.url, apiKey, jun, { browser })
    const before = remains(server.folder).rows.length
    await begun(first.page(), songFile(song))
    const own = follow(second.page(), songFile(song))
    await own.start()
    expect(own.seen[0]?.loaded).toBe(0)
    expect(remains(server.folder).rows.length).toBe(before + 2)
    const rest = follow(first.page(), songFile(song))
    await rest.start()
    expect(rest.seen[0]?.loaded).toBeGreaterThan(0)
  })

  test('that was changed is another upload', async () => {
    const { page } = await uploaderAt(server.url, apiKey, nova)
    await begun(page(), songFile(song, 'changed.wav'))
    const changed = new File([song], 'changed.wav', { type: 'audio/wav', lastModified: 2 })
    const upload = follow(page(), changed)
    await upload.start()
    expect(upload.seen[0]?.loaded).toBe(0)
  })

  test('in memory is another upload, as nothing tells it from others', async () => {
    const { page } = await uploaderAt(server.url, apiKey, nova)
    const sdk = page()
    const buffer = { buffer: song, name: 'memory.wav', type: 'audio/wav' }
    const upload = follow(sdk, buffer, ({ loaded }) => {
      if (loaded > 0) void upload.abort()
    })
    await rejection(upload.start())
    const other = follow(sdk, { ...buffer, buffer: wav(40, { rate: 22_050, hertz: 500 }) })
    await other.start()
    expect(other.seen[0]?.loaded).toBe(0)
  })

  test('is sent anew when the server has forgotten it', async () => {
    const { page } = await uploaderAt(server.url, apiKey, nova)
    await begun(page(), songFile(song, 'forgotten.wav'))
    server.advance(25 * 60 * 60 * 1000)
    const upload = follow(page(), songFile(song, 'forgotten.wav'))
    const done = await upload.start()
    expect(upload.seen[0]?.loaded).toBe(0)
    expect(sha256(storedIn(server.folder, done.origFileCid))).toBe(sha256(song))
  })

  test('what cannot be read any more, or is too old, is dropped', async () => {
    const browser = new FakeBrowser()
    const { page } = await uploaderAt(server.url, apiKey, nova, { browser })
    await begun(page(), songFile(song, 'old.wav'))
    const [key = ''] = Object.keys(browser.storage).filter((name) => name.includes(':upload:'))
    const record = JSON.parse(String(browser.storage[key]))
    browser.storage.setItem(key, JSON.stringify({ ...record, createdAt: Date.now() - 25 * 60 * 60 * 1000 }))
    browser.storage.setItem(key.replace(/[^:]+$/, 'broken'), '{')
    const upload = follow(page(), songFile(song, 'old.wav'))
    await upload.start()
    expect(upload.seen[0]?.loaded).toBe(0)
    expect(Object.keys(browser.storage).filter((name) => name.includes(':upload:'))).toEqual([])
  })
})

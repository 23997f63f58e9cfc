import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, installation, served, temporaryFolder } from '@stagedoor/testkit/command'
import { claim, remains, rows } from '@stagedoor/testkit/installation'
import { sha256, wav } from '@stagedoor/testkit/media'
import { idOf, Sender } from '@stagedoor/testkit/tus-sender'
import { App } from '@stagedoor/testkit/wire-app'
import { signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import type { Settings } from '../../src/config.ts'
import { expectSound } from '../store/files.ts'

const rounds = Number(process.env['SOAK_KILLS'] ?? 4)
// As often as a job may be begun, less one: what is killed more often is given up, as it should be.
const inARow = 4
/** Of which a song has three. */
const partBytes = 900_000

const redirectUri = 'https://app.example/cb'
const person = { handle: 'ada', password: 'pass-phrase of ada' }

/** Someone of a new installation who may upload. */
async function founded(settings: Settings & { readonly PUBLIC_URL: string }): Promise<Sender> {
  const who = ['--handle', person.handle, '--name', 'Ada', '--email', 'ada@example.com']
  await command(['user', 'create', ...who, '--password-stdin'], { settings, input: person.password })
  const form = ['--name', 'Killed', '--redirect-uri', redirectUri, '--json']
  const { apiKey } = JSON.parse((await command(['app', 'create', ...form], { settings })).out)
  const server = await served(['serve'], settings)
  const app = new App(settings.PUBLIC_URL, { apiKey }, redirectUri)
  const { access } = await app.pair(await signedIn(settings.PUBLIC_URL, person), { scope: 'write' })
  await server.end('SIGTERM')
  return new Sender(settings.PUBLIC_URL, access)
}

test(`${rounds} times killed at any moment, uploads go on where they stood, and each is processed`, {
  timeout: 20_000 * rounds,
}, async () => {
  const folder = temporaryFolder()
  const settings = await installation(folder)
  const sender = await founded(settings)
  const songs: { readonly bytes: Buffer<ArrayBuffer>; readonly url: string; whole: boolean }[] = []
  let resumed = 0
  for (let round = 0; round <= rounds; round += 1) {
    const server = await served(['serve'], settings)
    // What was answered before is true: an offset is never less than was said, and never more than was sent.
    for (const song of songs.filter(({ whole }) => !whole)) {
      const offset = await sender.offset(song.url)
      expect(offset).toBeLessThanOrEqual(song.bytes.length)
      if (offset > 0 && offset < song.bytes.length) resumed += 1
    }
    const isLast = round === rounds
    if (round % inARow === 0)
      for (const { url } of songs.filter(({ whole }) => whole)) await sender.ended(idOf(url))
    // So many parts are answered before, however slow the machine is; then it may be at any moment.
    const answered = isLast ? Number.POSITIVE_INFINITY : (round + 1) % 3
    const kill = async () => {
      // The first time at once, so that a song is cut off.
      if (round > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * 60))
      await server.end('SIGKILL')
    }
    let killed = answered === 0 ? kill() : undefined
    try {
      const current = songs.find(({ whole }) => !whole) ?? (isLast ? undefined : await begin())
      if (current !== undefined)
        await go(current, (parts) => {
          if (parts >= answered) killed ??= kill()
        })
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
    if (!isLast) await (killed ?? kill())
    if (isLast) {
      for (const { url, bytes } of songs) {
        const ended = await sender.ended(idOf(url))
        expect(ended).toMatchObject({ status: 'done', transcode_progress: 1 })
        claim(folder, idOf(url))
        const stored = (cid: unknown) => readFileSync(join(folder, 'content', String(cid), 'audio'))
        expect(sha256(stored(ended['orig_file_cid']))).toBe(sha256(bytes))
        const { 320: stream } = Object(ended['results'])
        const heard = await fetch(`${settings.PUBLIC_URL}/content/${stream}`)
        expect(sha256(Buffer.from(await heard.arrayBuffer()))).toBe(sha256(stored(stream)))
      }
      await server.end('SIGTERM')
    }
  }

  async function begin() {
    const bytes = wav(30, { rate: 44_100, hertz: 200 + songs.length })
    const song = { bytes, url: await sender.create(bytes.length), whole: false }
    songs.push(song)
    return song
  }

  async function go(song: (typeof songs)[number], onPart: (parts: number) => void): Promise<void> {
    let parts = 0
    for (let offset = await sender.offset(song.url); offset < song.bytes.length; ) {
      const response = await sender.patch(song.url, offset, song.bytes.subarray(offset, offset + partBytes))
      expect(response.status).toBe(204)
      offset = Number(response.headers.get('upload-offset'))
      parts += 1
      onPart(parts)
    }
    song.whole = true
  }

  // A start takes away what the kills left.
  const last = await served(['serve'], settings)
  await last.end('SIGTERM')
  const left = remains(folder)
  const known = new Set(songs.map(({ url }) => idOf(url)))
  // Of an upload whose creation nobody heard of there may be a row, a file, or nothing.
  expect(left.rows).toEqual(expect.arrayContaining(left.incoming))
  expect(left.incoming.filter((id) => known.has(id))).toEqual([])
  expect(left.work).toEqual([])
  expect(left.content).toEqual(
    rows(folder, 'SELECT DISTINCT cid FROM upload_files ORDER BY cid').map(({ cid }) => cid),
  )
  expect(
    rows(folder, 'SELECT upload_id, count(*) AS files FROM upload_files GROUP BY upload_id'),
  ).toHaveLength(songs.length)
  expect(songs.length).toBeGreaterThan(1)
  expect(resumed).toBeGreaterThan(0)
  expectSound(join(folder, 'stagedoor.db'))
})

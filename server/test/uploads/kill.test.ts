import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, installation, served, temporaryFolder } from '@stagedoor/testkit/command'
import { claim, remains, rows } from '@stagedoor/testkit/installation'
import { sha256, wav } from '@stagedoor/testkit/media'
import { soakOf } from '@stagedoor/testkit/soak'
import { idOf, Sender } from '@stagedoor/testkit/tus-sender'
import { App } from '@stagedoor/testkit/wire-app'
import { signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import type { Settings } from '../../src/config.ts'
import { expectSound } from '../store/files.ts'

const soak = soakOf('test/uploads/kill', 4)
// As often as a job may be begun, less one: what is killed more often is given up, as it should be.
const inARow = 4
/** A job that was killed is taken again at the next start, and takes as long as a busy machine lets it. */
const patience = 120_000
/** Of which a song has three. */
const partBytes = 900_000

interface Song {
  readonly bytes: Buffer<ArrayBuffer>
  readonly url: string
  /** The offset of the last answer. */
  told: number
  /** Whether its last part was answered. */
  isWhole: boolean
  /** Whether it was seen processed. */
  isDone: boolean
}

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

test(`${soak.kills} times killed at any moment, uploads go on where they stood, and each is processed`, {
  timeout: 200_000 + soak.kills * 30_000,
}, async () => {
  const folder = temporaryFolder()
  const settings = await installation(folder)
  const sender = await founded(settings)
  const songs: Song[] = []
  let resumed = 0
  for (let kill = 0; kill < soak.kills; kill += 1)
    await soak.kill(
      kill,
      () =>
        songs.filter(({ isDone }) => !isDone).map(({ bytes, ...song }) => ({ ...song, of: bytes.length })),
      () => killedWhileSending(kill),
    )
  await soak.kill(
    soak.kills,
    () => songs.map(({ url, told }) => ({ url, told })),
    async () => {
      const server = await goneOn()
      const rest = songs.find(({ isWhole }) => !isWhole)
      if (rest !== undefined) await send(rest, () => {})
      for (const song of songs) await expectProcessed(song)
      await server.end('SIGTERM')
    },
  )
  soak.tell({ songs: songs.length, resumed })

  /** Starts the server again, and looks whether what was answered before is true of it. */
  async function goneOn() {
    const server = await served(['serve'], settings)
    for (const { url, told, bytes } of songs.filter(({ isWhole }) => !isWhole)) {
      const offset = await sender.offset(url)
      expect(offset).toBeGreaterThanOrEqual(told)
      expect(offset).toBeLessThanOrEqual(bytes.length)
      if (offset > 0 && offset < bytes.length) resumed += 1
    }
    return server
  }

  async function killedWhileSending(number: number): Promise<void> {
    const server = await goneOn()
    if (number % inARow === 0)
      for (const song of songs.filter(({ isWhole, isDone }) => isWhole && !isDone)) {
        expect(await sender.ended(idOf(song.url), patience)).toMatchObject({ status: 'done' })
        song.isDone = true
        // Only so many that nothing stands on may be open.
        claim(folder, idOf(song.url))
      }
    // So many parts are answered before, however slow the machine is; then it may be at any moment.
    const answered = (number + 1) % 3
    // The first time at once, so that a song is cut off.
    const pause = number > 0 ? soak.random() * 60 : 0
    const end = async () => {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
      await server.end('SIGKILL')
    }
    let killed = answered === 0 ? end() : undefined
    try {
      await send(songs.find(({ isWhole }) => !isWhole) ?? (await begin()), (parts) => {
        if (parts >= answered) killed ??= end()
      })
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
    await (killed ?? end())
  }

  async function expectProcessed({ url, bytes }: Song): Promise<void> {
    const ended = await sender.ended(idOf(url), patience)
    expect(ended).toMatchObject({ status: 'done', transcode_progress: 1 })
    claim(folder, idOf(url))
    const stored = (cid: unknown) => readFileSync(join(folder, 'content', String(cid), 'audio'))
    expect(sha256(stored(ended['orig_file_cid']))).toBe(sha256(bytes))
    const { 320: stream } = Object(ended['results'])
    const heard = await fetch(`${settings.PUBLIC_URL}/content/${stream}`)
    expect(sha256(Buffer.from(await heard.arrayBuffer()))).toBe(sha256(stored(stream)))
  }

  async function begin(): Promise<Song> {
    const bytes = wav(30, { rate: 44_100, hertz: 200 + songs.length })
    const url = await sender.create(bytes.length)
    const song = { bytes, url, told: 0, isWhole: false, isDone: false }
    songs.push(song)
    return song
  }

  async function send(song: Song, onPart: (parts: number) => void): Promise<void> {
    let parts = 0
    for (let offset = await sender.offset(song.url); offset < song.bytes.length; ) {
      const response = await sender.patch(song.url, offset, song.bytes.subarray(offset, offset + partBytes))
      expect(response.status).toBe(204)
      offset = Number(response.headers.get('upload-offset'))
      song.told = offset
      parts += 1
      onPart(parts)
    }
    song.isWhole = true
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

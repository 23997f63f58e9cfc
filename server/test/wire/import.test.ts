import { png, sha256, wav } from '@stagedoor/testkit/media'
import { fileServer } from '@stagedoor/testkit/server'
import { Sender } from '@stagedoor/testkit/tus-sender'
import { type Browser, formTo, nova as novaPerson, signedIn, wordsOf } from '@stagedoor/testkit/wire-browser'
import { expect, test, vi } from 'vitest'
import { tar } from '../../src/archive/write-tar.ts'
import { apiServer } from './api.ts'

const { server: from, call, publish, nova, jun } = await apiServer()
const to = await fileServer()
const [there, here] = [await signedIn(from.url, novaPerson), await signedIn(to.url, novaPerson)]
const sender = new Sender(from.url, nova.write)

/** The files of an archive, by their paths. */
type Contents = Map<string, Buffer<ArrayBuffer>>

async function exportOf(browser: Browser): Promise<Contents> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await fetch(`${browser.origin}/account/data/archive`, { headers: { cookie } })
  const bytes = Buffer.from(await response.arrayBuffer())
  const files: Contents = new Map()
  for (let at = 0; bytes[at] !== 0; ) {
    const path = bytes.toString('utf8', at, bytes.indexOf(0, at))
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8)
    files.set(path, Buffer.from(bytes.subarray(at + 512, at + 512 + size)))
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

async function archiveOf(contents: Contents): Promise<Buffer<ArrayBuffer>> {
  const entries = (async function* () {
    for (const [path, bytes] of contents) yield { path, bytes, size: bytes.length }
  })()
  const parts: Uint8Array[] = []
  for await (const part of tar(entries, 0)) parts.push(part)
  return Buffer.concat(parts)
}

const listIn = (contents: Contents, name: string) =>
  [...contents].flatMap(([path, bytes]): readonly Readonly<Record<string, unknown>>[] =>
    path.startsWith(`${name}/`) && path.endsWith('.json') ? JSON.parse(bytes.toString()) : [],
  )

/** What is the same of an account wherever it is: everything but ids and addresses. */
function music(contents: Contents) {
  const tracks = listIn(contents, 'tracks')
  const titles = new Map(tracks.map(({ id, title }) => [id, title]))
  const ofServer = [
    'id',
    'public_id',
    'updatedAt',
    'apiKey',
    'audio',
    'original',
    'cover',
    'coverArt',
    'playCount',
  ]
  return {
    tracks: tracks.map((track) => ({
      ...Object.fromEntries(Object.entries(track).filter(([name]) => !ofServer.includes(name))),
      hasCover: contents.has(`pictures/${track['public_id']}.jpg`),
      audio: [...contents].flatMap(([path, bytes]) =>
        path.startsWith(`audio/${track['public_id']}.`) ? [path.split('.').at(-1), sha256(bytes)] : [],
      ),
    })),
    playlists: ['playlists', 'albums'].map((list) =>
      listIn(contents, list).map(({ id: _, public_id, tracks, ...playlist }) => ({
        ...playlist,
        hasCover: contents.has(`pictures/playlist-${public_id}.jpg`),
        tracks: (Array.isArray(tracks) ? tracks : []).map(({ track_id }) => titles.get(track_id)),
      })),
    ),
    library: listIn(contents, 'library').map(({ title, saved_at }) => [title, saved_at]),
  }
}

async function send(bytes: Buffer<ArrayBuffer>) {
  const form = formTo(await here.open('/account/data'), '/account/data/import')
  return here.send(form, { archive: new Blob([bytes]) })
}

/** Sends an archive that is taken, and waits for what the page says of it at last. */
async function imported(bytes: Buffer<ArrayBuffer>): Promise<string> {
  expect((await send(bytes)).status).toBe(303)
  return vi.waitFor(
    async () => {
      const words = wordsOf(await here.open('/account/data'))
      const [, said] = /(Your last archive .*?) Archive /.exec(words) ?? []
      if (said === undefined) throw new Error('It is being read in')
      return said
    },
    { timeout: 60_000 },
  )
}

async function record(fields: Readonly<Record<string, unknown>>, seconds = 1): Promise<string> {
  const ended = await sender.ended(await sender.send(wav(seconds, { hertz: 300 + 40 * seconds })))
  const results = Object(ended['results'])
  return publish(nova, {
    ...{ track_cid: results['320'], orig_file_cid: ended['orig_file_cid'], ...fields },
  })
}

async function cover(): Promise<unknown> {
  const ended = await sender.ended(await sender.send(png(40, 40), { template: 'img_square' }))
  return ended['orig_file_cid']
}

// Tracks are transcoded and archives read in, for which a busy machine takes its time.
test('an export of one server, imported into another twice, is there once and equal', {
  timeout: 120_000,
}, async () => {
  const picture = await cover()
  const [tide, ebb] = [
    await record({ title: 'Tide', tags: 'sea,slow', cover_art_sizes: picture, preview_start_seconds: 1 }),
    await record({ title: 'Ebb', is_unlisted: true, isrc: 'USS1Z9900001', release_date: '2020-02-03' }, 2),
  ]
  const foreign = await publish(jun, { title: 'Of Another' })
  const entries = [ebb, foreign, tide, ebb].map((track_id) => ({ track_id, timestamp: 1_700_000_000 }))
  const token = nova.write
  const playlist = { playlist_name: 'Backwards', description: 'Last first', playlist_contents: entries }
  await call('POST', '/v1/playlists', { token, body: { ...playlist, cover_art_sizes: picture } })
  await call('POST', '/v1/playlists', { token, body: { playlist_name: 'LP', is_album: true, upc: '123' } })
  for (const id of [foreign, tide]) await call('POST', `/v1/tracks/${id}/favorites`, { token })

  const exported = await exportOf(there)
  const archive = await archiveOf(exported)
  expect(await imported(archive)).toMatch(
    /Imported: 2 tracks, 2 playlists and albums and 1 track in your library\. .*2 tracks/,
  )
  const expected = music(exported)
  const got = music(await exportOf(here))
  expect(got.tracks).toEqual(expected.tracks)
  expect(got.playlists).toEqual(
    expected.playlists.map((list) =>
      list.map((one) => ({
        ...one,
        tracks: one.tracks.filter((title) => title !== undefined),
      })),
    ),
  )
  expect(got.library).toEqual(expected.library.filter(([title]) => title === 'Tide'))

  expect(await imported(archive)).toMatch(/All of it was here already/)
  expect(music(await exportOf(here))).toEqual(got)
})

test.for<[what: string, broken: (contents: Contents) => unknown, words: RegExp]>([
  ['without its audio', (all) => drop(all, /^audio/), /audio of “Tide” is missing/],
  ['without a cover', (all) => drop(all, /^pictures/), /cover of “Tide” is missing/],
  ['without its account', (all) => drop(all, /^account/), /account\.json” is missing/],
  ['with JSON that is none', (all) => all.set('tracks/0001.json', Buffer.from('[')), /is no JSON/],
  [
    'with a title of nothing',
    (all) => edit(all, 'tracks/0001.json', /"Tide"/, '""'),
    /tracks\/0001\.json, 1: title must be/,
  ],
  [
    'of another format',
    (all) => edit(all, 'account.json', /"format": 1/, '"format": 2'),
    /no format that is known/,
  ],
])('an archive %s is refused with the reason, and nothing is imported', async ([, breakIt, words]) => {
  const contents = await exportOf(there)
  breakIt(contents)
  await expectRefused(await archiveOf(contents), words)
})

test('an archive that was cut, compressed or is none is refused for what it is', async () => {
  const whole = await archiveOf(await exportOf(there))
  await expectRefused(whole.subarray(0, whole.length - 1024), /ends in the middle/)
  await expectRefused(whole.subarray(0, 700), /ends in the middle/)
  await expectRefused(Buffer.concat([Buffer.from([0x1f, 0x8b]), whole.subarray(2)]), /compressed \(gzip\)/)
  await expectRefused(Buffer.from('x'.repeat(2000)), /no tar archive/)
  await expectRefused(
    Buffer.concat([whole.subarray(0, whole.length - 1024), whole]),
    /account\.json” is in the archive twice/,
  )
})

/** An entry of a tar archive, with whatever bytes follow its header. */
function entry(path: string, type: string, bytes: string, size = bytes.length): Buffer<ArrayBuffer> {
  const head = Buffer.alloc(512)
  head.write(path, 0)
  head.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  head.write(`        ${type}`, 148)
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([head, Buffer.from(bytes.padEnd(Math.ceil(bytes.length / 512) * 512, '\0'))])
}

const resized = (size: string) => {
  const record = ` size=${size}\n`
  return entry('size', 'x', `${String(record.length + 2).padStart(2, '0')}${record}`)
}

test.for<[what: string, bytes: Buffer<ArrayBuffer>, words: RegExp]>([
  ['without a byte', Buffer.alloc(0), /Choose the archive|no tar archive/],
  ['that is a ZIP', Buffer.from(`PK\x03\x04${'\0'.repeat(1000)}`), /compressed \(ZIP\)/],
  ['of nothing', Buffer.alloc(1024), /account\.json” is missing/],
  [
    'whose sizes lead back to its start',
    Buffer.concat([resized('-1536'), entry('a/', '5', ''), Buffer.alloc(1024)]),
    /is damaged/,
  ],
  [
    'with half a byte',
    Buffer.concat([resized('1.5'), entry('a', '0', 'ab'), Buffer.alloc(1024)]),
    /is damaged/,
  ],
  [
    'that says it holds more than it does',
    Buffer.concat([entry('account.json', '0', '{}', 8 ** 10), Buffer.alloc(1024)]),
    /ends in the middle/,
  ],
  [
    'with a link out of it',
    Buffer.concat([entry('account.json', '2', ''), Buffer.alloc(1024)]),
    /is no plain file/,
  ],
])('an archive %s is refused with the reason', ({ 1: bytes, 2: words }) => expectRefused(bytes, words))

test('what is outside of the folders of an archive goes nowhere', async () => {
  const contents = await exportOf(here)
  for (const path of ['../../outside.json', '/etc/outside.json', 'audio/../../outside.wav'])
    contents.set(path, Buffer.from('outside'))
  expect(await imported(await archiveOf(contents))).toMatch(/All of it was here already/)
})

test('one file that cannot be played keeps all of its archive out, and is named', async () => {
  const before = music(await exportOf(here))
  const contents = await exportOf(there)
  edit(contents, 'account.json', /"server": "[^"]+"/, '"server": "https://elsewhere.example"')
  const last = [...contents.keys()].filter((path) => path.startsWith('audio/')).at(-1) ?? ''
  contents.set(last, Buffer.from(`<!doctype html>${' '.repeat(3000)}`))
  expect(await imported(await archiveOf(contents))).toMatch(/nothing of it is here\. “Ebb”: /)
  expect(music(await exportOf(here))).toEqual(before)
})

test('on the same server what is there stays, and what was deleted comes back', async () => {
  const contents = await exportOf(here)
  const [tide] = listIn(contents, 'tracks')
  const page = await here.open(`/account/tracks/${tide?.['public_id']}`)
  await here.post(
    `/account/tracks/${tide?.['public_id']}/delete`,
    formTo(page, `/account/tracks/${tide?.['public_id']}`).fields,
  )
  expect(await imported(await archiveOf(contents))).toMatch(/Imported: 1 track/)
  expect(music(await exportOf(here)).tracks.map((track) => Object(track).title)).toEqual(['Tide', 'Ebb'])
})

async function expectRefused(archive: Buffer<ArrayBuffer>, words: RegExp): Promise<void> {
  const before = music(await exportOf(here))
  const page = await send(archive)
  expect([page.status, wordsOf(page)]).toEqual([422, expect.stringMatching(words)])
  expect(music(await exportOf(here))).toEqual(before)
}

function drop(contents: Contents, path: RegExp): void {
  for (const name of contents.keys()) if (path.test(name)) contents.delete(name)
}

function edit(contents: Contents, path: string, what: RegExp, by: string): void {
  contents.set(path, Buffer.from(String(contents.get(path)).replace(what, by)))
}

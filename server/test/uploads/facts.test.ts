import { encoded, wav } from '@stagedoor/testkit/media'
import { Sender } from '@stagedoor/testkit/tus-sender'
import { describe, expect, test } from 'vitest'
import { apiServer, dataOf, faultyFields } from '../wire/api.ts'

const { server, call, nova, jun } = await apiServer()
const [hers, his] = [new Sender(server.url, nova.write), new Sender(server.url, jun.write)]

async function send(sender: Sender, seconds: number, filename: string) {
  const { orig_file_cid: original, results } = await sender.ended(
    await sender.send(wav(seconds), { filename }),
  )
  const { 320: stream, '320_preview|30': preview } = Object(results)
  return { original, stream, preview }
}
const publish = async (body: object) => {
  const created = await call('POST', '/v1/tracks', {
    token: nova.write,
    body: { title: 'Song', genre: 'Jazz', is_downloadable: true, ...body },
  })
  expect(created.status, JSON.stringify(created.body)).toBe(200)
  return String(created.body['track_id'])
}
const read = async (id: string) => dataOf(await call('GET', `/v1/tracks/${id}`, { token: nova.write }))
const change = (id: string, body: object) => call('PUT', `/v1/tracks/${id}`, { token: nova.write, body })

describe('the facts of a track', () => {
  test('are those of the upload that was sent last when the same sound came under several names', async () => {
    await send(his, 1, 'not-hers.wav')
    await send(hers, 1, 'first.wav')
    const song = await send(hers, 1, 'second.wav')
    await send(his, 1, 'not-hers-either.wav')
    const id = await publish({ track_cid: song.stream, orig_file_cid: song.original })
    expect(await read(id)).toMatchObject({ orig_filename: 'second.wav' })
  })

  test('change together with the audio, its original and its preview', async () => {
    const [a, b] = [await send(hers, 2, 'a.wav'), await send(hers, 3, 'b.wav')]
    const whole = { track_cid: a.stream, orig_file_cid: a.original, preview_cid: a.preview }
    const id = await publish({ ...whole, preview_start_seconds: 1 })
    expect((await change(id, { track_cid: b.stream })).status).toBe(200)
    const now = { track_cid: b.stream, orig_file_cid: b.original, preview_cid: b.preview }
    expect(await read(id)).toMatchObject({ ...now, orig_filename: 'b.wav', duration: 3 })
    expect(await read(id)).toMatchObject({ preview_start_seconds: null })
  })

  test('have no original and no preview that nobody asked for', async () => {
    const [a, b] = [await send(hers, 4, 'a.wav'), await send(hers, 5, 'b.wav')]
    const id = await publish({ track_cid: a.stream })
    await change(id, { track_cid: b.stream })
    expect(await read(id)).toMatchObject({ orig_file_cid: null, preview_cid: null, duration: 5 })
  })

  test('tell how long the audio lasts, whatever its sender says', async () => {
    const [a, b] = [await send(hers, 2, 'a.wav'), await send(hers, 3, 'b.wav')]
    const id = await publish({ track_cid: a.stream, duration: 99 })
    expect(await read(id)).toMatchObject({ duration: 2 })
    await change(id, { duration: 98 })
    expect(await read(id)).toMatchObject({ duration: 2 })
    await change(id, { track_cid: b.stream, duration: 97 })
    expect(await read(id)).toMatchObject({ duration: 3 })
  })

  test.each([
    [{ TKEY: 'C sharp minor, 12A' }, { musical_key: 'C sharp minor, 12A' }],
    [{ TKEY: `A minor (8A) ${'x'.repeat(60)}` }, { musical_key: `A minor (8A) ${'x'.repeat(27)}` }],
    [{ TKEY: 'A\u2028minor' }, { musical_key: 'Aminor' }],
    [{ TBPM: '1200' }, { bpm: null }],
    [{ TBPM: '174' }, { bpm: 174 }],
  ])('of a file with the tags %j may be published as the upload answers them', async (tags, told) => {
    const metadata = Object.entries(tags).flatMap(([name, value]) => ['-metadata', `${name}=${value}`])
    const upload = await hers.ended(await hers.send(encoded('mp3', 1, metadata), { filename: 'tagged.mp3' }))
    const { results, audio_analysis_results: heard } = upload
    const { bpm, key } = Object(heard)
    const id = await publish({ track_cid: Object(results)['320'], bpm, musical_key: key })
    expect(await read(id)).toMatchObject(told)
  })

  test.each([
    [0.65, 1],
    [1.4, 1],
    [5.99, 6],
  ])('round %d seconds of sound to %d', async (heard, told) => {
    const song = await send(hers, heard, 'short.wav')
    expect(await read(await publish({ track_cid: song.stream }))).toMatchObject({ duration: told })
  })
})

test('tags are cleaned, and an ISRC is written in one way', async () => {
  const { stream } = await send(hers, 1, 'song.wav')
  const id = await publish({ track_cid: stream, tags: 'a,,b, ,#c, A,##d ', isrc: 'us-s1z-99-00001' })
  expect(await read(id)).toMatchObject({ tags: 'A,b,c,d', isrc: 'USS1Z9900001' })
})

test.each([
  ['isrc', 'nonsense'],
  ['isrc', 'US-S1Z-99-0000'],
  ['release_date', '2026-02-30'],
  ['release_date', '2026-04-31T10:00Z'],
  ['release_date', '2026-13-01'],
])('a track with %s %s is refused', async (field, value) => {
  const { stream } = await send(hers, 1, 'song.wav')
  const body = { title: 'Song', genre: 'Jazz', track_cid: stream, [field]: value }
  const refused = await call('POST', '/v1/tracks', { token: nova.write, body })
  expect(refused.status).toBe(400)
  expect(faultyFields(refused)).toEqual([field])
})

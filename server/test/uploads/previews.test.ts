import { execFileSync } from 'node:child_process'
import { encoded } from '@stagedoor/testkit/media'
import { Sender } from '@stagedoor/testkit/tus-sender'
import { describe, expect, test } from 'vitest'
import { apiServer, dataOf } from '../wire/api.ts'

const { server, call, nova } = await apiServer()
const sender = new Sender(server.url, nova.write)

/** Sound whose pitch tells the second: 200 Hz and 20 more in each. */
const rising = (seconds: number, extra = 0) =>
  encoded('flac', seconds, [], `aevalsrc=0.5*sin(2*PI*t*(${200 + extra}+10*t)):d=${seconds}:s=44100`)

async function send(seconds: number, extra = 0, metadata: Readonly<Record<string, string>> = {}) {
  const ended = await sender.ended(
    await sender.send(rising(seconds, extra), { filename: 'a.flac', ...metadata }),
  )
  const { 320: stream, '320_preview|30': preview } = Object(ended['results'])
  return { stream: String(stream), preview: String(preview) }
}
const publish = async (body: object) => {
  const created = await call('POST', '/v1/tracks', {
    token: nova.write,
    body: { title: 'Song', genre: 'Jazz', ...body },
  })
  expect(created.status, JSON.stringify(created.body)).toBe(200)
  return String(created.body['track_id'])
}
const read = async (id: string) => dataOf(await call('GET', `/v1/tracks/${id}`, { token: nova.write }))
const change = async (id: string, body: object) => {
  const changed = await call('PUT', `/v1/tracks/${id}`, { token: nova.write, body })
  expect(changed.status, JSON.stringify(changed.body)).toBe(200)
  return dataOf(changed)
}

/** At which second of the sound a preview begins, by its pitch, and how long it is. */
async function heard(cid: unknown, extra = 0): Promise<{ readonly from: number; readonly seconds: number }> {
  const bytes = Buffer.from(await (await fetch(`${server.url}/content/${cid}`)).arrayBuffer())
  const pcm = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', 'pipe:0', '-ac', '1', '-ar', '8000', '-f', 's16le', 'pipe:1'],
    { input: bytes, maxBuffer: 1e8 },
  )
  const seconds = pcm.length / 2 / 8000
  // Zero crossings of the second half second.
  let crossings = 0
  for (let at = 4000; at < 8000; at += 1)
    if (pcm.readInt16LE(2 * at - 2) < 0 !== pcm.readInt16LE(2 * at) < 0) crossings += 1
  return { from: (crossings - 200 - extra) / 20 - 0.75, seconds }
}

describe('a preview', () => {
  test('begins where its upload says', async () => {
    const { stream, preview } = await send(40, 0, { previewStartSeconds: '5' })
    const id = await publish({ track_cid: stream, preview_cid: preview, preview_start_seconds: 5 })
    expect(await read(id)).toMatchObject({ preview_cid: preview, preview_start_seconds: 5 })
    const { from, seconds } = await heard(preview)
    expect(from).toBeCloseTo(5, 0)
    expect(seconds).toBeCloseTo(30, 1)
  })

  test('follows preview_start_seconds when a track is published and when it is changed', async () => {
    const { stream, preview } = await send(45, 1)
    const id = await publish({ track_cid: stream, preview_cid: preview, preview_start_seconds: 10 })
    const first = await read(id)
    expect(first['preview_cid']).not.toBe(preview)
    expect((await heard(first['preview_cid'], 1)).from).toBeCloseTo(10, 0)
    const second = await change(id, { preview_start_seconds: 20 })
    expect(second).toMatchObject({
      preview_start_seconds: 20,
      preview: { url: expect.stringContaining(String(second['preview_cid'])) },
    })
    const { from, seconds } = await heard(second['preview_cid'], 1)
    expect(from).toBeCloseTo(20, 0)
    expect(seconds).toBeCloseTo(25, 1)
    expect(await change(id, { preview_start_seconds: 0 })).toMatchObject({ preview_cid: preview })
    expect(await change(id, { preview_start_seconds: 20 })).toMatchObject({
      preview_cid: second['preview_cid'],
    })
    expect(await change(id, { preview_start_seconds: null })).toMatchObject({
      preview_cid: preview,
      preview_start_seconds: null,
    })
    // What a track plays no longer is not served.
    expect((await fetch(`${server.url}/content/${first['preview_cid']}`)).status).toBe(404)
  })

  test('is made when a time is named, and goes with the audio', async () => {
    const [a, b] = [await send(33, 2), await send(34, 3)]
    const id = await publish({ track_cid: a.stream, preview_start_seconds: 2 })
    expect((await heard((await read(id))['preview_cid'], 2)).from).toBeCloseTo(2, 0)
    const other = await change(id, { track_cid: b.stream, preview_start_seconds: 3 })
    expect((await heard(other['preview_cid'], 3)).from).toBeCloseTo(3, 0)
    expect(await change(id, { track_cid: a.stream })).toMatchObject({
      preview_cid: a.preview,
      preview_start_seconds: null,
    })
    expect(await change(id, { preview_cid: null })).toMatchObject({ preview: null })
  })

  test('that begins after the end is the last part', async () => {
    const { stream, preview } = await send(3, 4)
    const id = await publish({ track_cid: stream, preview_start_seconds: 100 })
    expect(await read(id)).toMatchObject({ preview_cid: preview })
  })
})

import { execFileSync } from 'node:child_process'
import { encoded, wav } from '@stagedoor/testkit/media'
import { Sender } from '@stagedoor/testkit/tus-sender'
import { describe, expect, test } from 'vitest'
import { encodeId } from '../../src/api/ids.ts'
import { apiServer, dataOf } from './api.ts'

const { server, call, nova, jun } = await apiServer()
const sender = new Sender(server.url, nova.write)

async function publish(bytes: Uint8Array<ArrayBuffer>, body: object = {}) {
  const { results, orig_file_cid: origFileCid } = await sender.ended(
    await sender.send(bytes, { filename: 'Blåtoner “live”.wav' }),
  )
  const cid = String(Object(results)['320'])
  const fields = { title: 'Song', genre: 'Jazz', track_cid: cid, orig_file_cid: origFileCid, ...body }
  const created = await call('POST', '/v1/tracks', { token: nova.write, body: fields })
  expect(created.status, JSON.stringify(created.body)).toBe(200)
  return { id: String(created.body['track_id']), cid }
}
const content = (cid: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  fetch(`${server.url}/content/${cid}`, { method, headers })

describe('the waveform of a track', () => {
  test('is what is heard, and is read once', async () => {
    // A second of tone, a second of silence, a second of a tone half as loud.
    const sound = "aevalsrc='sin(2*PI*440*t)*(lt(t,1)+0.5*gte(t,2))':d=3:s=44100"
    const { id } = await publish(encoded('wav', 3, [], sound))
    const answer = await call('GET', `/v1/tracks/${id}/waveform`)
    const { duration, peaks } = Object(dataOf(answer))
    expect(duration).toBeCloseTo(3, 2)
    expect(peaks).toHaveLength(1000)
    expect(peaks[100]).toBeCloseTo(1, 1)
    expect(peaks[500]).toBe(0)
    expect(peaks[900]).toBeCloseTo(0.5, 1)
    const etag = answer.headers.get('etag') ?? ''
    const again = await call('GET', `/v1/tracks/${id}/waveform`, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
  })

  test('is not there where there is no track', async () => {
    expect((await call('GET', `/v1/tracks/${encodeId(987_654)}/waveform`)).status).toBe(404)
  })
})

describe('a read', () => {
  test('is not sent again while it is the same, and is once it has changed', async () => {
    const { id } = await publish(wav(1))
    const path = `/v1/tracks/${id}`
    const first = await call('GET', path)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]{27}"$/)
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await call('GET', path, { headers: { 'if-none-match': tag } })
      expect(again.status).toBe(304)
      expect(again.headers.get('etag')).toBe(etag)
    }
    await call('PUT', path, { token: nova.write, body: { title: 'Other' } })
    expect((await call('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  test('of oneself is never kept', async () => {
    const me = await call('GET', '/v1/me', { token: nova.read })
    expect(me.headers.get('cache-control')).toBe('no-store')
    expect(me.headers.has('etag')).toBe(false)
  })
})

describe('plays', () => {
  const playsOf = async (id: string) => Number(dataOf(await call('GET', `/v1/tracks/${id}`))['play_count'])

  test('are counted when enough was heard, once for each listener in an hour', async () => {
    const { id, cid } = await publish(wav(20))
    await (await content(cid, {}, 'HEAD')).text()
    await (await content(cid, { range: 'bytes=0-99999' })).arrayBuffer()
    await call('GET', `/v1/tracks/${id}/stream`)
    await call('GET', `/v1/tracks/${id}/stream?no_redirect=true`)
    expect(await playsOf(id)).toBe(0)
    for (let times = 0; times < 3; times += 1) await (await content(cid)).arrayBuffer()
    await expect.poll(() => playsOf(id)).toBe(1)
    await (await content(cid, { range: 'bytes=100-' })).arrayBuffer()
    expect(await playsOf(id)).toBe(1)
  })

  test('sort a user’s tracks and the charts', async () => {
    const heard = await publish(wav(2, { hertz: 300 }), { title: 'Heard' })
    await (await content(heard.cid)).arrayBuffer()
    await expect.poll(() => playsOf(heard.id)).toBe(1)
    const unheard = await publish(wav(2, { hertz: 310 }), { title: 'Unheard' })
    const { data: charts } = (await call('GET', '/v1/tracks/trending')).body
    const places = Array.from(Object(charts), (track) => Object(track).id)
    expect(places.indexOf(heard.id)).toBeLessThan(places.indexOf(unheard.id))
    const list = await call('GET', `/v1/users/${nova.id}/tracks?sort_method=plays&limit=100`)
    const ids = Array.from(Object(list.body)['data'], (track) => Object(track).id)
    expect(ids.indexOf(heard.id)).toBeLessThan(ids.indexOf(unheard.id))
  })
})

describe('what players ask for', () => {
  test('a part is the same bytes as of the whole, while it is the same version', async () => {
    const { cid } = await publish(wav(3, { hertz: 500 }))
    const whole = Buffer.from(await (await content(cid)).arrayBuffer())
    const etag = `"${cid}"`
    const part = await content(cid, { range: 'bytes=1000-1999', 'if-range': etag })
    expect(part.status).toBe(206)
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(1000, 2000))).toBe(true)
    for (const other of ['"other"', `W/${etag}`, 'Tue, 01 Jan 2030 00:00:00 GMT']) {
      const all = await content(cid, { range: 'bytes=1000-1999', 'if-range': other })
      expect(all.status).toBe(200)
      expect((await all.arrayBuffer()).byteLength).toBe(whole.length)
    }
    const head = await content(cid, { range: 'bytes=0-9' }, 'HEAD')
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(whole.length)])
  })

  test('a download has its name in every letter (RFC 8187), and the head says the same', async () => {
    const { id } = await publish(wav(2, { hertz: 600 }), { is_downloadable: true })
    for (const method of ['GET', 'HEAD']) {
      const response = await fetch(`${server.url}/v1/tracks/${id}/download`, { method })
      await response.arrayBuffer()
      expect(response.status).toBe(200)
      expect(response.headers.get('content-disposition')).toBe(
        `attachment; filename="Bl_toner _live_.wav"; filename*=UTF-8''Bl%C3%A5toner%20%E2%80%9Clive%E2%80%9D.wav`,
      )
    }
    const part = await fetch(`${server.url}/v1/tracks/${id}/download`, { headers: { range: 'bytes=0-3' } })
    expect([part.status, await part.text()]).toEqual([206, 'RIFF'])
  })

  test('the stream that is served decodes to what was sent', async () => {
    const { cid } = await publish(wav(5, { hertz: 700 }))
    const bytes = Buffer.from(await (await content(cid)).arrayBuffer())
    const pcm = execFileSync('ffmpeg', ['-v', 'error', '-i', 'pipe:0', '-f', 's16le', '-ac', '1', 'pipe:1'], {
      input: bytes,
    })
    expect(pcm.length / 2 / 44_100).toBeCloseTo(5, 1)
  })
})

describe('Idempotency-Key', () => {
  const body = async () => {
    const { results } = await sender.ended(await sender.send(wav(1, { hertz: 800 }), {}))
    return { title: 'Once', genre: 'Jazz', track_cid: Object(results)['320'] }
  }
  const create = (key: string, fields: object, token = nova.write) =>
    call('POST', '/v1/tracks', { token, body: fields, headers: { 'idempotency-key': key } })
  const titled = async (title: string) => {
    const list = await call('GET', `/v1/users/${nova.id}/tracks?query=${title}&limit=100`)
    return Array.from(Object(list.body)['data']).length
  }

  test('creates one track of any number of requests, at once and later', async () => {
    const fields = await body()
    const answers = await Promise.all(Array.from({ length: 8 }, () => create('key-1', fields)))
    const ids = new Set(answers.map((answer) => answer.body['track_id']))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    expect(ids.size).toBe(1)
    expect((await create('key-1', fields)).body['track_id']).toBe([...ids][0])
    expect(await titled('Once')).toBe(1)
    expect((await create('key-2', fields)).body['track_id']).not.toBe([...ids][0])
  })

  test('that came with another request is refused, and so is what is no key', async () => {
    const fields = await body()
    expect((await create('key-3', fields)).status).toBe(200)
    expect((await create('key-3', { ...fields, title: 'Twice' })).status).toBe(422)
    expect((await create('', fields)).status).toBe(400)
    expect((await create('x'.repeat(256), fields)).status).toBe(400)
    expect(await titled('Twice')).toBe(0)
  })

  test('remembers no refusal, and is each person’s own', async () => {
    const fields = await body()
    expect((await create('key-4', { ...fields, track_cid: `bafkrei${'a'.repeat(52)}` })).status).toBe(400)
    expect((await create('key-4', fields)).status).toBe(200)
    const his = await create('key-4', fields, jun.write)
    expect(his.status).toBe(400)
  })
})

import { once } from 'node:events'
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { png, wav } from '@stagedoor/testkit/media'
import { Sender } from '@stagedoor/testkit/tus-sender'
import { describe, expect, test } from 'vitest'
import { apiServer } from './api.ts'

const { server, call, nova } = await apiServer()
const sender = new Sender(server.url, nova.write)
const sent = await sender.ended(await sender.send(wav(2)))
const cover = await sender.ended(await sender.send(png(300, 300), { template: 'img_square' }))
const { '320': stream, '320_preview|30': preview } = Object(sent['results'])
const created = await call('POST', '/v1/tracks', {
  token: nova.write,
  body: {
    ...{ title: 'Song', genre: 'Jazz', is_downloadable: true, track_cid: stream, preview_cid: preview },
    ...{ orig_file_cid: sent['orig_file_cid'], cover_art_sizes: cover['orig_file_cid'] },
  },
})
const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  fetch(server.url + path, { method, headers: { 'accept-encoding': 'identity', ...headers } })
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
const [stylesheet = ''] = /\/assets\/[^"]+\.css/.exec(await (await get('/sign-in')).text()) ?? []

const media = {
  audio: `/content/${stream}`,
  'a preview': `/content/${preview}`,
  'a cover': `/content/${cover['orig_file_cid']}/480x480.jpg`,
  'a download': `/v1/tracks/${created.body['track_id']}/download`,
}
const others = {
  'a stylesheet': stylesheet,
  'the icon': '/favicon.svg',
  'the SDK': '/sdk.min.js',
  'its package': '/sdk.tgz',
  'a page of the documentation': '/docs/sdk',
  'its index': '/docs/search.json',
  'the errors': '/docs/errors.md',
  'what programs read': '/llms.txt',
  'the description of the API': '/v1/openapi.json',
  'the metadata of the server': '/.well-known/oauth-authorization-server',
  'the resource’s': '/.well-known/oauth-protected-resource',
  'a waveform': `/v1/tracks/${created.body['track_id']}/waveform`,
}

test.each(Object.entries({ ...media, ...others }))(
  '%s has a head without a body, and is not sent again while it is the same',
  async (_, path) => {
    const whole = await get(path)
    const bytes = await bytesOf(whole)
    const etag = whole.headers.get('etag') ?? ''
    expect([whole.status, etag]).toEqual([200, expect.stringMatching(/^"[^"]{20,}"$/)])
    const head = await get(path, {}, 'HEAD')
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, ''])
    expect(head.headers.get('content-type')).toBe(whole.headers.get('content-type'))
    expect(head.headers.get('content-length')).toBe(String(bytes.length))
    for (const method of ['GET', 'HEAD'])
      for (const known of [etag, `"other" , W/${etag}`, '*']) {
        const again = await get(path, { 'if-none-match': known }, method)
        expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, ''])
      }
    const changed = await get(path, { 'if-none-match': '"other"' })
    expect([changed.status, (await bytesOf(changed)).equals(bytes)]).toEqual([200, true])
  },
)

/** An answer as it is sent: `fetch` would decode it. */
async function received(
  path: string,
  acceptEncoding: string,
  more: OutgoingHttpHeaders = {},
  method = 'GET',
) {
  const headers = { 'accept-encoding': acceptEncoding, ...more }
  const asking = request(server.url + path, { method, headers })
  const [answer]: IncomingMessage[] = await once(asking.end(), 'response')
  if (answer === undefined) throw new Error('There was no answer.')
  return { status: answer.statusCode, headers: answer.headers, bytes: await buffer(answer) }
}
const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
}
const texts = Object.entries(others).filter(
  ([name]) => !['its package', 'the icon', 'the resource’s', 'a waveform'].includes(name),
)

describe.each(texts)('%s is compressed', (_, path) => {
  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['identity', undefined],
    ['zstd, br;q=0, gzip;q=0', undefined],
    ['*;q=0', undefined],
  ])('for whoever takes %s', async (acceptEncoding, coding) => {
    const plain = await received(path, 'identity')
    const answer = await received(path, acceptEncoding)
    const { 'content-encoding': used, 'content-length': length, vary, etag = '' } = answer.headers
    expect([answer.status, used, vary]).toEqual([200, coding, 'accept-encoding'])
    const decoded = decoders[used ?? '']?.(answer.bytes) ?? answer.bytes
    expect(decoded.equals(plain.bytes)).toBe(true)
    if (coding !== undefined) expect(answer.bytes.length).toBeLessThan(plain.bytes.length * 0.6)
    expect(length).toBe(String(answer.bytes.length))
    // RFC 9110 §8.8.3.3: of each coding its own.
    expect(etag === plain.headers.etag).toBe(coding === undefined)
    const head = await received(path, acceptEncoding, {}, 'HEAD')
    expect([head.headers['content-length'], head.headers.etag, head.bytes.length]).toEqual([length, etag, 0])
    const again = await received(path, acceptEncoding, { 'if-none-match': etag })
    expect([again.status, again.headers.etag, again.headers.vary]).toEqual([304, etag, vary])
  })
})

test.each(['/sign-in', '/sign-up', '/docs/search?q=login'])(
  '%s is made for one person: it is not compressed, as its length would tell of what is in it',
  async (path) => {
    expect((await received(path, 'br, gzip')).headers['content-encoding']).toBeUndefined()
  },
)

describe.each(Object.entries(media))('of %s', async (_, path) => {
  const whole = await bytesOf(await get(path))
  const size = whole.length
  const etag = (await get(path, {}, 'HEAD')).headers.get('etag') ?? ''

  test.each([
    ['bytes=1-1', 1, 1],
    ['BYTES=2-30', 2, 30],
    [`bytes=${size - 1}-`, size - 1, size - 1],
    ['bytes=-1', size - 1, size - 1],
    ['bytes=7-99999999999999999999', 7, size - 1],
    ['bytes=-99999999999999999999', 0, size - 1],
  ])('%s is that part', async (range, first, last) => {
    for (const condition of [{}, { 'if-range': etag }]) {
      const part = await get(path, { range, ...condition })
      expect([part.status, part.headers.get('content-range'), part.headers.get('etag')]).toEqual([
        206,
        `bytes ${first}-${last}/${size}`,
        etag,
      ])
      expect((await bytesOf(part)).equals(whole.subarray(first, last + 1))).toBe(true)
    }
  })

  test.each([`bytes=${size}-`, 'bytes=99999999999999999999-', 'bytes=-0'])(
    '%s is beyond its end',
    async (range) => {
      const answer = await get(path, { range })
      await answer.text()
      expect([answer.status, answer.headers.get('content-range')]).toEqual([416, `bytes */${size}`])
    },
  )

  test.each(['bytes=1-2, 4-5', 'bytes=3-2', 'bytes=1', 'bytes=+1-2', 'bytes 1-2', 'seconds=1-2'])(
    '%s is no single range, and answered with all of it',
    async (range) => {
      const answer = await get(path, { range })
      expect([answer.status, answer.headers.get('content-range')]).toEqual([200, null])
      expect((await bytesOf(answer)).equals(whole)).toBe(true)
    },
  )

  test.each(['"another"', `W/${etag}`, 'Sat, 01 Jan 2050 00:00:00 GMT'])(
    'a part of version %s is answered with all of it',
    async (version) => {
      const answer = await get(path, { range: 'bytes=0-9', 'if-range': version })
      expect([answer.status, (await bytesOf(answer)).equals(whole)]).toEqual([200, true])
    },
  )
})

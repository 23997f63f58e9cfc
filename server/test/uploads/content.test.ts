import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { claim, fileInstallation, senderOf } from '@stagedoor/testkit/installation'
import { encoded, sha256, wav } from '@stagedoor/testkit/media'
import { Sender } from '@stagedoor/testkit/tus-sender'
import { nova } from '@stagedoor/testkit/wire-browser'
import sharp from 'sharp'
import { expect, test } from 'vitest'

const server = await fileInstallation()
const song = encoded('mp3', 40, ['-metadata', 'title=<script>alert(1)</script>'])
const sender = new Sender(server.url)
const id = await sender.send(song, { filename: 'a.html', filetype: 'text/html', previewStartSeconds: '20' })
const done = await sender.ended(id)
const original = String(done['orig_file_cid'])
const results = Object.fromEntries(
  Object.entries(done['results'] ?? {}).map(([key, value]) => [key, String(value)]),
)
const cid = results['320'] ?? ''
const stored = (name: string) => readFileSync(join(server.folder, 'content', name, 'audio'))
const stream = stored(cid)
const content = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${server.url}/content/${path}`, { method, headers })
/** The status of an answer that is read to its end: the server waits for whoever is still reading when it stops. */
async function statusOf(...request: Parameters<typeof content>): Promise<number> {
  const response = await content(...request)
  await response.arrayBuffer()
  return response.status
}

test('what nobody has claimed is served to nobody, its sender included', async () => {
  const owner = await senderOf(server, nova)
  const ended = await owner.ended(await owner.send(wav(2)))
  const bearer = { authorization: `Bearer ${owner.token}` }
  for (const unclaimed of [String(ended['orig_file_cid']), String(Object(ended['results'])['320'])]) {
    expect(await statusOf(unclaimed)).toBe(404)
    expect(await statusOf(unclaimed, bearer)).toBe(404)
    expect(await statusOf(unclaimed, {}, 'HEAD')).toBe(404)
  }
  expect(await statusOf(cid)).toBe(404)
  claim(server.folder, id)
  expect(await statusOf(cid)).toBe(200)
})

test('the CID is that of the exact bytes', async () => {
  const bytes = Buffer.from(await (await content(cid)).arrayBuffer())
  const multihash = Buffer.from(sha256(bytes), 'hex')
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
  const bits = [0x01, 0x55, 0x12, 0x20, ...multihash]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
  const letters = bits.padEnd(Math.ceil(bits.length / 5) * 5, '0').match(/.{5}/g) ?? []
  expect(cid).toBe(`b${letters.map((letter) => alphabet[Number.parseInt(letter, 2)]).join('')}`)
})

test('the original is kept as it was sent, and is not for everyone', async () => {
  expect(sha256(stored(original))).toBe(sha256(song))
  expect(await statusOf(original)).toBe(404)
  expect(await statusOf(original, {}, 'HEAD')).toBe(404)
})

test('the stream is MP3 of 320 kbit/s, the preview half a minute from where it was asked for', async () => {
  const response = await content(cid)
  expect(response.headers.get('content-type')).toBe('audio/mpeg')
  const bytes = (await response.arrayBuffer()).byteLength
  expect(bytes / 40).toBeGreaterThan(39_000)
  expect(bytes / 40).toBeLessThan(41_000)
  const preview = await content(results['320_preview|30'] ?? '')
  // It cannot begin at 20: only 10 to 40 seconds leaves half a minute.
  expect((await preview.arrayBuffer()).byteLength / 30).toBeGreaterThan(39_000)
})

test('UP-12: what is served cannot act: its type is that of its bytes', async () => {
  const response = await content(cid)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'audio/mpeg',
    'content-length': String(stream.length),
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
    'accept-ranges': 'bytes',
    etag: `"${cid}"`,
  })
  const head = await content(cid, {}, 'HEAD')
  expect(head.status).toBe(200)
  expect(head.headers.get('content-length')).toBe(String(stream.length))
  expect(await head.text()).toBe('')
})

test.each([
  ['bytes=0-0', 0, 0],
  ['bytes=0-99', 0, 99],
  ['bytes=100-', 100, stream.length - 1],
  ['bytes=-100', stream.length - 100, stream.length - 1],
  ['bytes=5-99999999', 5, stream.length - 1],
  ['bytes=-99999999', 0, stream.length - 1],
])('Range: %s answers those bytes', async (range, first, last) => {
  const response = await content(cid, { range })
  expect(response.status).toBe(206)
  expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/${stream.length}`)
  expect(response.headers.get('content-length')).toBe(String(last - first + 1))
  expect(Buffer.from(await response.arrayBuffer()).equals(stream.subarray(first, last + 1))).toBe(true)
})

test.each([`bytes=${stream.length}-`, 'bytes=9999999-99999999', 'bytes=-0'])(
  'UP-12: Range: %s is outside',
  async (range) => {
    const response = await content(cid, { range })
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe(`bytes */${stream.length}`)
  },
)

test.each([
  ['many', `bytes=${Array.from({ length: 500 }, (_, at) => `${at}-${at}`).join(',')}`],
  ['turned', 'bytes=9-5'],
  ['of another unit', 'items=0-5'],
  ['broken', 'bytes=a-b'],
  ['empty', 'bytes=-'],
])('UP-12: ranges that are %s answer the whole file', async (_, range) => {
  const response = await content(cid, { range })
  expect(response.status).toBe(200)
  expect((await response.arrayBuffer()).byteLength).toBe(stream.length)
})

test('what a cache has is not sent again', async () => {
  for (const tag of [`"${cid}"`, `W/"${cid}"`, `"x", "${cid}"`, '*']) {
    const response = await content(cid, { 'if-none-match': tag })
    expect(response.status).toBe(304)
    expect(await response.text()).toBe('')
  }
  expect(await statusOf(cid, { 'if-none-match': '"x"' })).toBe(200)
  expect(await statusOf(cid, { range: 'bytes=0-1', 'if-range': '"x"' })).toBe(200)
  expect(await statusOf(cid, { range: 'bytes=0-1', 'if-range': `"${cid}"` })).toBe(206)
})

test.each([
  'bafkreiaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  '..%2f..%2fstagedoor.db',
  `${cid}%2f..%2f${cid}`,
  `${cid}/audio`,
  `${cid}/..%2faudio`,
  `${cid}/150x150.jpg`,
  `${cid}/150x150.png`,
])('there is nothing at /content/%s', async (path) => {
  expect(await statusOf(path)).toBe(404)
})

test('a picture is served in its sizes, turned upright, without what its camera wrote', async () => {
  for (const [template, expected] of [
    ['img_square', { '150x150': [150, 150], '480x480': [480, 480], '1000x1000': [1000, 1000] }],
    ['img_backdrop', { '640x': [213, 640], '2000x': [400, 1200] }],
  ] as const) {
    const colour = template === 'img_square' ? '#a00' : '#00a'
    const camera = await sharp({ create: { width: 1200, height: 400, channels: 3, background: colour } })
      .jpeg()
      .withMetadata({ orientation: 6, exif: { IFD0: { Copyright: 'where I live' } } })
      .toBuffer()
    const picture = Buffer.from(camera)
    const image = await sender.send(picture, { template })
    const ended = await sender.ended(image)
    expect(await statusOf(`${ended['orig_file_cid']}/${Object.keys(expected)[0]}.jpg`)).toBe(404)
    claim(server.folder, image)
    for (const [size, [width, height]] of Object.entries(expected)) {
      const response = await content(`${ended['orig_file_cid']}/${size}.jpg`)
      expect(response.headers.get('content-type')).toBe('image/jpeg')
      const bytes = Buffer.from(await response.arrayBuffer())
      const seen = await sharp(bytes).metadata()
      expect(seen).toMatchObject({ format: 'jpeg', width, height })
      expect(seen.exif).toBeUndefined()
      expect(bytes.includes('where I live')).toBe(false)
    }
    // The bytes that were sent are kept by nobody.
    expect(await statusOf(String(ended['orig_file_cid']))).toBe(404)
  }
})

import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { fileInstallation, remains, rows, senderOf } from '@stagedoor/testkit/installation'
import { chunk, encoded, png, wav } from '@stagedoor/testkit/media'
import { expectProblem } from '@stagedoor/testkit/wire-app'
import { nova } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'

const server = await fileInstallation()
const sender = await senderOf(server, nova)

/** Sends bytes that must be refused by the first of them: in words, with nothing left of them or of the upload. */
async function expectRefused(
  bytes: Uint8Array<ArrayBuffer>,
  template: string,
  words: RegExp,
  send: (url: string) => Promise<Response>,
): Promise<void> {
  const url = await sender.create(bytes.length, { template, filename: 'song.mp3', filetype: 'audio/mpeg' })
  const response = await send(url)
  const body = await response.json()
  expectProblem({ status: response.status, headers: response.headers, body }, 422, 'invalid_request', words)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(remains(server.folder)).toEqual({ rows: [], incoming: [], work: [], content: [] })
  expect((await sender.request('HEAD', url)).status).toBe(404)
}

/** Uploads bytes that must come to nothing: an error in words, no file, no CID. */
async function expectUnusable(
  bytes: Uint8Array<ArrayBuffer>,
  template: string,
  words: RegExp,
): Promise<void> {
  const id = await sender.send(bytes, { template, filename: 'song.mp3', filetype: 'audio/mpeg' })
  const ended = await sender.ended(id)
  expect(ended).toMatchObject({
    status: 'error',
    error: expect.stringMatching(words),
    results: {},
    orig_file_cid: null,
  })
  await expect
    .poll(() => remains(server.folder))
    .toEqual({ rows: expect.arrayContaining([id]), incoming: [], work: [], content: [] })
  expect(rows(server.folder, 'SELECT * FROM upload_files')).toEqual([])
  rows(server.folder, 'DELETE FROM uploads')
}

const notAudio = /^This is not an audio file that can be read\. Send MP3/
const notPicture = /^This is not a picture that can be read\. Send JPEG/
const text = (words: string) => Buffer.from(words)
const svg = text(
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>',
)
const playlist = (entry: string) =>
  text(`#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${entry}\n#EXT-X-ENDLIST\n`)

test.each<[string, Buffer<ArrayBuffer>, string, RegExp]>([
  ['HTML as audio', text('<!doctype html><script>alert(1)</script>'), 'audio', notAudio],
  ['SVG as audio', svg, 'audio', notAudio],
  ['SVG as a picture', svg, 'img_square', notPicture],
  ['a program as audio', text('\x7fELF\x02\x01\x01'), 'audio', notAudio],
  ['a ZIP as audio', text('PK\x03\x04'), 'audio', notAudio],
  ['a playlist that names a file', playlist('file:///etc/passwd'), 'audio', notAudio],
  ['a playlist that names an address', playlist('http://169.254.169.254/'), 'audio', notAudio],
  ['a concat script', text("ffconcat version 1.0\nfile '/etc/passwd'\n"), 'audio', notAudio],
  ['a picture as audio', png(9, 9), 'audio', notAudio],
  ['audio as a picture', wav(1), 'img_square', notPicture],
  ['an icon', text('\0\0\x01\0\x01\0\x10\x10\0\0'), 'img_square', /What was sent is an icon\./],
  ['a JPEG 2000 picture', text('\0\0\0\x0cjP  \r\n\x87\n'), 'img_square', /is a JPEG 2000 picture\./],
  ['a song for a cover', wav(1), 'img_square', /is a sound or a film\./],
  ['a song for a backdrop', text('ID3\x03\0\0\0\0\0\x7f'), 'img_backdrop', /is a sound or a film\./],
  ['a GIF that is a script', text('GIF89a/*....*/=alert(1)//'), 'img_square', notPicture],
  [
    'a project as audio',
    text('FLhd\x06\0\0\0\0\0\x08\0'),
    'audio',
    /an FL Studio project: export it as WAV\.$/,
  ],
  ['a film as audio', text('RIFF\x10\0\0\0AVI LIST'), 'audio', /an AVI film: export its sound as WAV\.$/],
  ['a BMP as a picture', text('BM6\0\0\0\0\0\0\0\x36\0'), 'img_square', /a BMP picture\.$/],
  ['one byte', text('I'), 'audio', notAudio],
])('UP-10: %s is refused as soon as its first bytes are there', async (_, bytes, template, words) => {
  await expectRefused(bytes, template, words, (url) => sender.patch(url, 0, bytes))
})

test('UP-10: the first bytes are those of the file, however they are sent', async () => {
  const html = text('<!doctype html><script>alert(1)</script>')
  await expectRefused(html, 'audio', notAudio, async (url) => {
    expect((await sender.patch(url, 0, html.subarray(0, 3))).status).toBe(204)
    expect((await sender.patch(url, 3, html.subarray(3, 11))).status).toBe(204)
    return sender.patch(url, 11, html.subarray(11, 12))
  })
  const disguised = Buffer.concat([html.subarray(0, 4), text('ftypM4A '), html])
  const tricks = { 'upload-checksum': `sha1 ${createHash('sha1').update(html).digest('base64')}` }
  await expectRefused(html, 'audio', notAudio, (url) => sender.patch(url, 0, html, tricks))
  // What decides is at its place, and nowhere else.
  await expectUnusable(disguised, 'audio', /^This file is not whole/)
})

test('UP-10: bytes of a wrong type that come with the creation create nothing', async () => {
  const headers = { 'upload-length': '500', 'content-type': 'application/offset+octet-stream' }
  const response = await sender.request('POST', '', headers, svg)
  expect(response.status).toBe(422)
  expect(remains(server.folder)).toEqual({ rows: [], incoming: [], work: [], content: [] })
})

test.each<[string, Buffer<ArrayBuffer>, string, RegExp]>([
  [
    'an ID3 tag with HTML and no sound',
    text('ID3\x04\0\0\0\0\0\0<script>alert(1)</script>'),
    'audio',
    /^This is not an audio/,
  ],
  [
    'a playlist behind an ID3 tag',
    Buffer.concat([text('ID3\x04\0\0\0\0\0\0'), playlist('file:///etc/passwd')]),
    'audio',
    /^This is not an audio/,
  ],
  ['an empty FLAC', text('fLaC\0\0\0\x22'), 'audio', /^This is not an audio/],
  ['an MP4 of nothing', text('\0\0\0\x18ftypM4A \0\0\0\0M4A mp42'), 'audio', /^This file is not whole/],
  ['half a PNG', png(600, 600).subarray(0, 200), 'img_square', /^This is not a picture/],
  ['a PNG with too few rows', png(600, 600, { rows: 3 }), 'img_square', /^This is not a picture/],
  ['a JPEG of nothing', Buffer.from('\xff\xd8\xff\xe0', 'latin1'), 'img_square', /^This is not a picture/],
])('UP-10: %s is refused in words, and its bytes are gone', async (_, bytes, template, words) => {
  await expectUnusable(bytes, template, words)
})

test('UP-11: a picture with too many pixels is refused before they are made', async () => {
  const bomb = png(10_000, 6_000, { isBilevel: true })
  expect(bomb.length).toBeLessThan(20_000)
  await expectUnusable(bomb, 'img_square', /too many pixels/)
})

test('UP-11: a picture that moves is refused', async () => {
  await expectUnusable(
    encoded('webp', 1, ['-vcodec', 'libwebp_anim'], 'testsrc=size=32x32:rate=5:duration=1'),
    'img_square',
    /moves/,
  )
})

test('UP-11: hours of silence in a small file are refused', async () => {
  const hours = encoded('flac', 0, ['-t', '21700', '-ar', '8000', '-ac', '1'], 'anullsrc=r=8000:cl=mono')
  expect(hours.length).toBeLessThan(8_000_000)
  await expectUnusable(hours, 'audio', /longer than six hours/)
})

test('UP-11: audio of many channels is refused', async () => {
  await expectUnusable(wav(1, { channels: 12 }), 'audio', /more than 8 channels/)
})

test('UP-11: a huge picture inside a song is neither decoded nor kept', async () => {
  const art = png(50_000, 50_000, { rows: 1 })
  const mime = Buffer.from('\0image/png\0\x03\0', 'latin1')
  const frame = Buffer.concat([
    Buffer.from('APIC'),
    size(mime.length + art.length, 8),
    Buffer.alloc(2),
    mime,
    art,
  ])
  const tag = Buffer.concat([Buffer.from('ID3\x03\0\0', 'latin1'), size(frame.length, 7), frame])
  const song = Buffer.concat([tag, encoded('mp3', 2, ['-id3v2_version', '0', '-write_id3v1', '0'])])
  const ended = await sender.ended(await sender.send(song))
  expect(ended).toMatchObject({ status: 'done', results: { '320': expect.any(String) } })
  expect(Object.values(ended['results'] ?? {})).not.toContain(ended['orig_file_cid'])
})

/** A number in four bytes of 7 or 8 bits, as ID3 writes sizes. */
function size(value: number, bits: number): Buffer {
  return Buffer.from([3, 2, 1, 0].map((place) => (value >> (place * bits)) & (2 ** bits - 1)))
}

test.each(['mp3', 'wav', 'flac', 'ogg', 'opus', 'm4a', 'aac', 'aiff'])(
  '%s is taken, whatever its name says',
  async (extension) => {
    const ended = await sender.ended(
      await sender.send(encoded(extension, 2), { filename: 'x.exe', filetype: 'text/html' }),
    )
    expect(ended).toMatchObject({
      status: 'done',
      orig_filename: 'x.exe',
      probe: { format: { duration: expect.stringMatching(/^2(\.\d+)?$|^1\.9/) } },
    })
  },
)

test.each([
  ['jpg', []],
  ['webp', []],
  ['png', []],
])('%s is taken as a picture and as a backdrop', async (extension) => {
  const picture = encoded(extension, 0, ['-frames:v', '1'], 'testsrc=size=64x48')
  for (const template of ['img_square', 'img_backdrop'])
    expect(await sender.ended(await sender.send(picture, { template }))).toMatchObject({ status: 'done' })
})

test('a picture that expands is stopped', async () => {
  const text = Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.alloc(80_000_000))])
  const picture = png(64, 64, { extra: [chunk('zTXt', text)] })
  const ended = await sender.ended(await sender.send(picture, { template: 'img_square' }))
  expect(['done', 'error']).toContain(ended['status'])
})

test('what is kept of a refusal is its code; words that were kept before there were codes are told as they are', async () => {
  const id = await sender.send(text('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), { template: 'img_square' })
  expect(await sender.ended(id)).toMatchObject({ error: expect.stringMatching(/^This picture is HEIC/) })
  const kept = `SELECT error FROM uploads WHERE id = '${id}'`
  expect(rows(server.folder, kept)).toEqual([{ error: 'heic' }])
  rows(server.folder, `UPDATE uploads SET error = 'The file was lost: send it again.' WHERE id = '${id}'`)
  expect(await sender.ended(id)).toMatchObject({ error: 'The file was lost: send it again.' })
})

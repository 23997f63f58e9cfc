import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encoded, wav } from '@stagedoor/testkit/media'
import { Sender } from '@stagedoor/testkit/tus-sender'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { apiServer, dataOf } from '../wire/api.ts'

const { server, call, nova } = await apiServer()
const sender = new Sender(server.url, nova.write)

type Bytes = Uint8Array<ArrayBuffer>
const joined = (...parts: readonly (string | Uint8Array)[]): Bytes =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))),
  )
const half = (bytes: Uint8Array): Bytes => new Uint8Array(bytes.subarray(0, Math.floor(bytes.length / 2)))

/** What ffmpeg writes where it cannot seek back, as a recorder in a browser does. */
function recorded(format: 'webm' | 'mp4', seconds: number): Bytes {
  const codec = format === 'webm' ? ['-c:a', 'libopus', '-live', '1'] : ['-c:a', 'aac']
  const fragments = format === 'mp4' ? ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'] : []
  const source = ['-f', 'lavfi', '-i', `sine=frequency=330:duration=${seconds}`]
  return new Uint8Array(
    execFileSync('ffmpeg', ['-v', 'error', ...source, ...codec, ...fragments, '-f', format, 'pipe:1']),
  )
}

/** The seconds that a decoder makes of bytes. */
function decoded(bytes: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-media-'))
  try {
    const file = join(folder, 'file')
    writeFileSync(file, bytes)
    const args = ['-v', 'quiet', '-i', file, '-map', '0:a:0', '-ac', '1', '-ar', '44100', '-f', 's16le']
    execFileSync('ffmpeg', [...args, join(folder, 'pcm')])
    return readFileSync(join(folder, 'pcm')).length / 2 / 44_100
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const secondsOf = ({ probe }: Readonly<Record<string, unknown>>): number =>
  Number(Object(Object(probe)['format'])['duration'])

/** An APEv2 tag with one item, as it stands before the sound of some files. */
function apeTag(): Buffer {
  const item = Buffer.concat([Buffer.from([5, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('Title\0Hello')])
  const mark = (flags: number) => {
    const bytes = Buffer.alloc(32)
    bytes.write('APETAGEX')
    bytes.writeUInt32LE(2000, 8)
    bytes.writeUInt32LE(item.length + 32, 12)
    bytes.writeUInt32LE(1, 16)
    bytes.writeUInt32LE(flags, 20)
    return bytes
  }
  return Buffer.concat([mark(0xa0000000), item, mark(0x80000000)])
}

/** A QuickTime file as old programs wrote it: the sound first, and no `ftyp`. */
const bareQuickTime = (): Bytes => withoutFtyp(encoded('mov', 3, ['-c:a', 'pcm_s16be']))

// Offsets into the file move with it.
function withoutFtyp(made: Buffer): Bytes {
  const length = made.readUInt32BE(0)
  const bytes = Buffer.from(made.subarray(length))
  for (const name of ['stco', 'co64'])
    for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 4)) {
      const count = bytes.readUInt32BE(at + 8)
      for (let entry = 0; entry < count; entry += 1) {
        const place = at + 12 + 4 * entry
        bytes.writeUInt32BE(bytes.readUInt32BE(place) - length, place)
      }
    }
  return new Uint8Array(bytes)
}

const mp3 = (seconds: number) => encoded('mp3', seconds)

describe('M3: a file that was cut in half is as long as it is heard:', () => {
  test.each<[string, () => Uint8Array]>([
    ['MP3', () => mp3(6)],
    ['FLAC', () => encoded('flac', 6)],
    ['WAV', () => wav(6)],
    ['AIFF', () => encoded('aiff', 6)],
    ['Ogg', () => encoded('ogg', 6)],
    ['AAC', () => encoded('aac', 6)],
    ['WebM', () => encoded('webm', 6, ['-c:a', 'libopus'])],
  ])('%s', async (_, make) => {
    const bytes = half(make())
    const ended = await sender.ended(await sender.send(bytes))
    expect(ended).toMatchObject({ status: 'done' })
    const expected = decoded(bytes)
    expect(expected).toBeLessThan(4.5)
    expect(Math.abs(secondsOf(ended) - expected)).toBeLessThan(0.1)
  })

  test('M4A, whose index stands at its end, is refused with the reason', async () => {
    const ended = await sender.ended(await sender.send(half(encoded('m4a', 6))))
    expect(ended).toMatchObject({ status: 'error', error: expect.stringMatching(/is not whole/) })
  })
})

describe('M5: the decoder decides what is audio:', () => {
  test.each<[string, () => Bytes, number]>([
    ['MP3 after 1,000 zero bytes', () => joined(new Uint8Array(1000), mp3(3)), 3],
    ['MP3 after 20,000 bytes of 0xff', () => joined(new Uint8Array(20_000).fill(255), mp3(3)), 3],
    ['MP3 after text', () => joined('What an editor left here.\r\n'.repeat(99), mp3(3)), 3],
    ['MP3 after an APE tag', () => joined(apeTag(), mp3(3)), 3],
    ['MP3 after an ID3 tag of nothing', () => joined('ID3\x04\0\0\0\0\0\0', mp3(3)), 3],
    ['RF64', () => encoded('wav', 3, ['-rf64', 'always']), 3],
    ['W64', () => encoded('w64', 3), 3],
    ['QuickTime without ftyp', bareQuickTime, 3],
    ['layer II', () => encoded('mp2', 3), 3],
    ['CAF', () => encoded('caf', 3), 3],
    ['Windows Media', () => encoded('wma', 3), 3],
    ['AU', () => encoded('au', 3), 3],
    ['WavPack', () => encoded('wv', 3), 3],
    ['AC-3', () => encoded('ac3', 3), 3],
    ['Matroska', () => encoded('mka', 3), 3],
    [
      'a film of which only the sound is kept',
      () => encoded('mp4', 3, ['-f', 'lavfi', '-i', 'color=size=64x64:d=3']),
      3,
    ],
  ])('%s is taken', async (_, make, seconds) => {
    const bytes = make()
    const ended = await sender.ended(await sender.send(bytes))
    expect(ended).toMatchObject({ status: 'done', results: { '320': expect.any(String) } })
    expect(Math.abs(secondsOf(ended) - decoded(bytes))).toBeLessThan(0.1)
    expect(secondsOf(ended)).toBeCloseTo(seconds, 0)
  })

  test.each<[string, () => Bytes, RegExp]>([
    [
      'a film without sound',
      () => encoded('mp4', 1, [], 'color=size=64x64:d=1'),
      /no sound in this file, only pictures/,
    ],
    ['a header with no samples', () => new Uint8Array(wav(1).subarray(0, 44)), /no sound/],
    [
      'random bytes behind the mark of a WAV file',
      () => joined('RIFF\xff\xff\0\0WAVE', Buffer.alloc(9000, 7)),
      /^This is not an audio file/,
    ],
  ])('%s is refused with the true reason', async (_, make, words) => {
    const ended = await sender.ended(await sender.send(make()))
    expect(ended).toMatchObject({ status: 'error', error: expect.stringMatching(words) })
  })

  test.each<[string, Bytes, RegExp]>([
    ['zeros', new Uint8Array(1_000_000), /^This is not an audio file that can be read\. Send MP3/],
    ['a PDF', joined('%PDF-1.7\n', new Uint8Array(99)), /What was sent is a PDF/],
    ['MIDI', joined('MThd\0\0\0\x06', new Uint8Array(99)), /MIDI: notes, and no sound/],
    ['an archive', joined('PK\x03\x04', new Uint8Array(99)), /unpack it first/],
    ['a playlist', joined('#EXTM3U\n#EXTINF:9,\na.mp3\n'), /a playlist/],
    ['a picture', joined('GIF89a', new Uint8Array(99)), /a GIF picture/],
  ])('%s is refused at once, and named', async (_, bytes, words) => {
    const url = await sender.create(bytes.length)
    const refused = await sender.patch(url, 0, bytes)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ error_description: expect.stringMatching(words) })
  })
})

describe('M6: what a recorder in a browser makes is taken:', () => {
  test.each(['webm', 'mp4'] as const)('%s', async (format) => {
    const bytes = recorded(format, 4)
    const ended = await sender.ended(await sender.send(bytes, { filename: `recording.${format}` }))
    expect(ended).toMatchObject({ status: 'done' })
    expect(Math.abs(secondsOf(ended) - decoded(bytes))).toBeLessThan(0.1)
  })
})

describe('covers:', () => {
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })

  test('AVIF is taken', async () => {
    const bytes = joined(await picture.clone().avif().toBuffer())
    const ended = await sender.ended(await sender.send(bytes, { template: 'img_square' }))
    expect(ended).toMatchObject({ status: 'done', orig_file_cid: expect.any(String) })
  })

  test('HEIC that cannot be read is named', async () => {
    const bytes = joined('\0\0\0\x18ftypheic\0\0\0\0mif1heic', new Uint8Array(400))
    const ended = await sender.ended(await sender.send(bytes, { template: 'img_square' }))
    expect(ended).toMatchObject({ status: 'error', error: expect.stringMatching(/HEIC.*Save it as JPEG/) })
  })

  test.each([
    ['GIF', 'GIF89a......'],
    ['TIFF', 'II*\0........'],
    ['JPEG XL', '\xff\x0a..........'],
  ])('%s is named', async (name, head) => {
    const bytes = joined(head, new Uint8Array(99))
    const refused = await sender.patch(
      await sender.create(bytes.length, { template: 'img_square' }),
      0,
      bytes,
    )
    expect(refused.status).toBe(422)
    expect((await refused.json()).error_description).toContain(`a ${name} picture`)
  })
})

test('loudness is measured by EBU R128, and told of the upload and its track; silence has none', async () => {
  // A tone of 997 Hz at -20 dBFS in both channels is -20 LUFS.
  const tone = encoded(
    'wav',
    5,
    ['-ar', '48000', '-ac', '2'],
    'aevalsrc=0.1*sin(2*PI*997*t)|0.1*sin(2*PI*997*t):d=5:s=48000',
  )
  const ended = await sender.ended(await sender.send(tone))
  const loudness = { integrated: expect.closeTo(-20, 0), true_peak: expect.closeTo(-20, 0) }
  expect(ended).toMatchObject({ loudness })
  const body = { title: 'Tone', genre: 'Test', track_cid: Object(ended['results'])['320'] }
  const created = await call('POST', '/v1/tracks', { token: nova.write, body })
  const track = dataOf(await call('GET', `/v1/tracks/${created.body['track_id']}`))
  expect(track).toMatchObject({ loudness })
  const silent = encoded('wav', 2, [], 'anullsrc=d=2')
  const quiet = await sender.ended(await sender.send(silent))
  expect(quiet).toMatchObject({ status: 'done' })
  expect(quiet).not.toHaveProperty('loudness')
})

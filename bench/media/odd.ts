import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { wav } from '@stagedoor/testkit/media'
import type { MediaFile } from './files.ts'
import { inFolder, made } from './make.ts'

const file = (name: string, bytes: () => Buffer): MediaFile => ({ name, bytes })

/** A file with some of its bytes written over. */
function changed(bytes: Buffer, at: number, change: (bytes: Buffer, at: number) => void): Buffer {
  const copy = Buffer.from(bytes)
  change(copy, at)
  return copy
}

const uint32 = (value: number) => (bytes: Buffer, at: number) => bytes.writeUInt32LE(value, at)

/** A WAV file whose head says that it has as many bytes of sound. */
const saying = (bytes: number): Buffer => changed(changed(wav(3), 40, uint32(bytes)), 4, uint32(bytes))

/** A chunk of a RIFF file. */
function riffChunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type)
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}

/** A WAV file with chunks between its format and its sound, or after it. */
function withChunks(before: readonly Buffer[], after: readonly Buffer[] = []): Buffer {
  const whole = wav(3)
  const bytes = Buffer.concat([whole.subarray(0, 36), ...before, whole.subarray(36), ...after])
  bytes.writeUInt32LE(bytes.length - 8, 4)
  return bytes
}

/** What ffmpeg makes of files and arguments in a folder of their own. */
const madeOf = (
  extension: string,
  inputs: Readonly<Record<string, Buffer | string>>,
  ...args: string[]
): Buffer =>
  inFolder((folder) => {
    for (const [name, bytes] of Object.entries(inputs)) writeFileSync(join(folder, name), bytes)
    const output = join(folder, `made.${extension}`)
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...args, output], { cwd: folder })
    return readFileSync(output)
  })

const picture = (size: string): Buffer =>
  made(
    'png',
    '-f',
    'lavfi',
    '-i',
    `nullsrc=size=${size},geq=random(1)*255:128:128`,
    '-map',
    '1:v',
    '-frames:v',
    '1',
  )

const art = ['-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic']

/** FLAC whose first block says another number of samples, or another rate of bytes. */
const streamInfo = (change: (bytes: Buffer) => void): Buffer => changed(made('flac'), 0, change)

/** Files that are well made or nearly so, and that readers trip over. */
export const odd: readonly MediaFile[] = [
  file('WAV that says it has no bytes', () => saying(0)),
  file('WAV that says it has no end', () => saying(0xff_ff_ff_ff)),
  file('WAV that says it is longer', () => saying(1_000_000)),
  file('WAV that ends within a sample', () => wav(3).subarray(0, 40_001)),
  file('WAV with a megabyte before its sound', () =>
    withChunks([riffChunk('JUNK', Buffer.alloc(1_200_000))]),
  ),
  file('WAV with words before and after', () => {
    const words = riffChunk('LIST', Buffer.from('INFOINAM\x06\0\0\0Title\0'))
    return withChunks([words], [words])
  }),
  file('WAV, 8 bits, mono, 11,025 Hz', () => made('wav', '-c:a', 'pcm_u8', '-ar', '11025', '-ac', '1')),
  file('WAV that holds MP3', () => made('wav', '-c:a', 'libmp3lame')),
  file('WAV of 0.05 s', () => wav(0.05, { rate: 44_100 })),
  file('MP3 of 0.05 s', () => made('mp3', '-t', '0.05')),
  file('FLAC of 0.05 s', () => made('flac', '-t', '0.05')),
  file('M4A of 0.05 s', () => made('m4a', '-t', '0.05')),
  file('Ogg, Opus of 0.05 s', () => made('opus', '-t', '0.05')),
  file('RF64 that says it has no end', () => {
    const bytes = made('wav', '-rf64', 'always')
    return changed(bytes, bytes.indexOf('ds64') + 16, (copy, at) => copy.fill(0xff, at, at + 7))
  }),
  file('AIFF-C, little-endian', () => made('aiff', '-c:a', 'pcm_s16le')),
  file('CAF, Opus', () => made('caf', '-c:a', 'libopus')),
  file('CAF, ADPCM', () => made('caf', '-c:a', 'adpcm_ima_qt')),
  file('FLAC that does not say how long it is', () => streamInfo((bytes) => bytes.fill(0, 22, 26))),
  file('FLAC that says it is an hour', () => streamInfo((bytes) => bytes.writeUInt32BE(172_800_000, 22))),
  file('FLAC with a false digest', () => streamInfo((bytes) => bytes.fill(7, 26, 42))),
  file('MP3 with 5 MB of art', () =>
    madeOf(
      'mp3',
      { 'a.mp3': made('mp3'), 'a.png': picture('1600x1100') },
      '-i',
      'a.mp3',
      '-i',
      'a.png',
      ...art,
      '-c:a',
      'copy',
    ),
  ),
  file('M4A with art', () =>
    madeOf(
      'm4a',
      { 'a.m4a': made('m4a'), 'a.png': picture('300x300') },
      '-i',
      'a.m4a',
      '-i',
      'a.png',
      ...art,
      '-c:a',
      'copy',
    ),
  ),
  file('FLAC with art', () =>
    madeOf(
      'flac',
      { 'a.flac': made('flac'), 'a.png': picture('300x300') },
      '-i',
      'a.flac',
      '-i',
      'a.png',
      ...art,
      '-c:a',
      'copy',
    ),
  ),
  file('MP3, variable rate without a head', () =>
    made('mp3', '-q:a', '2', '-write_xing', '0', '-id3v2_version', '0'),
  ),
  file('MP3 with an APE tag at its end', () => {
    const tag = Buffer.alloc(32)
    tag.write('APETAGEX')
    tag.writeUInt32LE(2000, 8)
    tag.writeUInt32LE(32, 12)
    return Buffer.concat([made('mp3', '-id3v2_version', '0'), tag])
  }),
  file('M4A that begins later by its edit list', () =>
    madeOf('m4a', { 'a.m4a': made('m4a') }, '-ss', '1', '-i', 'a.m4a', '-c', 'copy'),
  ),
  file('M4A with chapters', () => {
    const chapter = (from: number, to: number) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${from}\nEND=${to}\ntitle=Part\n`
    const chapters = `;FFMETADATA1\n${chapter(0, 2000)}${chapter(2000, 4000)}`
    return madeOf(
      'm4a',
      { 'a.m4a': made('m4a'), 'c.txt': chapters },
      '-i',
      'a.m4a',
      '-i',
      'c.txt',
      '-map_metadata',
      '1',
      '-c',
      'copy',
    )
  }),
  file('Matroska with two sounds', () =>
    made(
      'mka',
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=880:duration=4',
      '-map',
      '0:a',
      '-map',
      '1:a',
      '-c:a',
      'flac',
    ),
  ),
  file('MP4 with two sounds and a film', () =>
    made(
      'mp4',
      '-f',
      'lavfi',
      '-i',
      'sine=frequency=880:duration=4',
      '-f',
      'lavfi',
      '-i',
      'color=size=64x64:duration=4',
      '-map',
      '2:v',
      '-map',
      '0:a',
      '-map',
      '1:a',
      '-c:a',
      'aac',
    ),
  ),
  file('WebM, a film with sound', () =>
    made(
      'webm',
      '-f',
      'lavfi',
      '-i',
      'color=size=64x64:duration=4',
      '-map',
      '1:v',
      '-map',
      '0:a',
      '-c:v',
      'libvpx',
      '-c:a',
      'libopus',
    ),
  ),
  file('Ogg, a film with sound', () =>
    made(
      'ogv',
      '-f',
      'lavfi',
      '-i',
      'color=size=64x64:duration=4',
      '-map',
      '1:v',
      '-map',
      '0:a',
      '-c:v',
      'libtheora',
      '-c:a',
      'libvorbis',
    ),
  ),
  file('Ogg, two songs in a row', () =>
    Buffer.concat([made('ogg', '-c:a', 'libvorbis'), made('ogg', '-c:a', 'libvorbis')]),
  ),
  { ...file('AAC in LATM', () => made('latm', '-c:a', 'aac')), refused: /^This is not an audio file/ },
  file('MP3 with a title in Arabic and emoji', () =>
    made('mp3', '-metadata', 'title=ليل 🌙', '-metadata', 'artist=e\u0301'),
  ),
  file('a minute of silence', () => madeOf('mp3', {}, '-f', 'lavfi', '-i', 'anullsrc=duration=60')),
  file('half an hour of silence', () =>
    madeOf('mp3', {}, '-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono:d=1800', '-b:a', '8k'),
  ),
  {
    ...file('seven hours of silence', () =>
      madeOf('flac', {}, '-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono:d=25200'),
    ),
    refused: /longer than six hours/,
  },
]

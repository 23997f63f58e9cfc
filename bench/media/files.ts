import { wav } from '@stagedoor/testkit/media'
import { behind, cut, made, streamed } from './make.ts'
import { odd } from './odd.ts'

/** A file to send: how it is made, and in which words it is refused where it is. */
export interface MediaFile {
  readonly name: string
  readonly bytes: () => Buffer
  /** Missing where it is to be published. */
  readonly refused?: RegExp
}

const file = (name: string, bytes: () => Buffer): MediaFile => ({ name, bytes })
const codec = (name: string, extension: string, ...args: readonly string[]) =>
  file(name, () => made(extension, ...args))
const rates = (kind: string, extension: string, hertz: readonly number[], ...args: readonly string[]) =>
  hertz.map((rate) => codec(`${kind}, ${rate} Hz`, extension, ...args, '-ar', String(rate)))
const refused = (name: string, words: RegExp, bytes: () => Buffer): MediaFile => ({
  name,
  bytes,
  refused: words,
})

const wavCodecs = ['pcm_u8', 'pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le', 'pcm_f64le']
const packedCodecs = ['pcm_alaw', 'pcm_mulaw', 'adpcm_ms', 'adpcm_ima_wav']
const aiffCodecs = ['pcm_s8', 'pcm_s16be', 'pcm_s24be', 'pcm_s32be', 'pcm_f32be', 'pcm_mulaw']
const mp3 = () => made('mp3')
const notAudio = /^This is not an audio file/

/** What is published. */
const published: readonly MediaFile[] = [
  ...[...wavCodecs, ...packedCodecs].map((name) => codec(`WAV, ${name}`, 'wav', '-c:a', name)),
  ...rates('WAV', 'wav', [8000, 22_050, 96_000, 192_000]),
  ...[2, 4, 6, 8].map((count) => codec(`WAV, ${count} channels`, 'wav', '-ac', String(count))),
  codec('RF64', 'wav', '-rf64', 'always'),
  codec('W64', 'w64'),
  ...aiffCodecs.map((name) => codec(`AIFF, ${name}`, 'aiff', '-c:a', name)),
  ...rates('FLAC', 'flac', [8000, 44_100, 96_000, 192_000]),
  codec('FLAC, 24 bits', 'flac', '-sample_fmt', 's32'),
  codec('FLAC, 8 channels', 'flac', '-ac', '8'),
  ...rates('MP3', 'mp3', [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]),
  ...['0', '5', '9'].map((quality) => codec(`MP3, variable rate ${quality}`, 'mp3', '-q:a', quality)),
  codec('MP3, average rate', 'mp3', '-abr', '1', '-b:a', '128k'),
  codec('MP3, stereo', 'mp3', '-ac', '2', '-b:a', '320k'),
  codec('MP3 without a head', 'mp3', '-write_xing', '0'),
  codec('MP3 with ID3v1 alone', 'mp3', '-id3v2_version', '0', '-write_id3v1', '1'),
  codec('MP3 without tags', 'mp3', '-id3v2_version', '0', '-write_xing', '0'),
  codec('MP3 with ID3v2.3', 'mp3', '-id3v2_version', '3', '-metadata', 'title=Song', '-metadata', 'TBPM=120'),
  ...rates('MPEG layer II', 'mp2', [16_000, 24_000, 32_000, 44_100, 48_000]),
  ...rates('AAC', 'aac', [8000, 16_000, 44_100, 48_000, 96_000]),
  ...rates('M4A, AAC', 'm4a', [8000, 22_050, 44_100, 48_000]),
  codec('M4A, index in front', 'm4a', '-movflags', 'faststart'),
  codec('M4A, ALAC', 'm4a', '-c:a', 'alac'),
  codec('M4A, 6 channels', 'm4a', '-ac', '6'),
  ...['libmp3lame', 'ac3', 'flac', 'libopus'].map((name) =>
    codec(`MP4, ${name}`, 'mp4', '-c:a', name, '-strict', '-2'),
  ),
  codec('MP4, a film', 'mp4', '-f', 'lavfi', '-i', 'color=size=64x64:duration=4', '-shortest'),
  codec('3GP, AAC', '3gp', '-c:a', 'aac'),
  ...['pcm_s16be', 'pcm_s16le', 'aac', 'alac', 'ima4'].map((name) =>
    codec(`QuickTime, ${name}`, 'mov', '-c:a', name === 'ima4' ? 'adpcm_ima_qt' : name),
  ),
  codec('CAF, PCM', 'caf'),
  codec('CAF, ALAC', 'caf', '-c:a', 'alac'),
  ...rates('Ogg, Vorbis', 'ogg', [8000, 22_050, 44_100, 48_000], '-c:a', 'libvorbis'),
  ...rates('Ogg, Opus', 'opus', [8000, 16_000, 48_000]),
  codec('Ogg, FLAC', 'ogg', '-c:a', 'flac'),
  codec('Ogg, Speex', 'spx', '-ar', '16000'),
  codec('WebM, Opus', 'webm', '-c:a', 'libopus'),
  codec('WebM, Vorbis', 'webm', '-c:a', 'libvorbis'),
  ...['pcm_s16le', 'flac', 'aac', 'libmp3lame', 'ac3', 'libopus', 'alac', 'wavpack'].map((name) =>
    codec(`Matroska, ${name}`, 'mka', '-c:a', name),
  ),
  codec('Windows Media 1', 'wma', '-c:a', 'wmav1'),
  codec('Windows Media 2', 'wma', '-c:a', 'wmav2'),
  codec('AU', 'au'),
  codec('AU, mu-law', 'au', '-c:a', 'pcm_mulaw', '-ar', '8000'),
  codec('WavPack', 'wv'),
  codec('True Audio', 'tta'),
  codec('AC-3', 'ac3'),
  codec('E-AC-3', 'eac3'),
]

/** What a recorder in a browser makes. */
const recorded: readonly MediaFile[] = [
  file('WebM as recorded', () => streamed('-c:a', 'libopus', '-live', '1', '-f', 'webm')),
  file('WebM as recorded, stereo', () => streamed('-c:a', 'libopus', '-ac', '2', '-live', '1', '-f', 'webm')),
  file('Matroska as recorded, PCM', () => streamed('-c:a', 'pcm_f32le', '-live', '1', '-f', 'matroska')),
  file('MP4 as recorded', () =>
    streamed('-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4'),
  ),
  file('MP4 as recorded, in short pieces', () =>
    streamed('-c:a', 'aac', '-frag_duration', '100000', '-movflags', 'empty_moov', '-f', 'mp4'),
  ),
  file('Ogg as recorded', () => streamed('-c:a', 'libopus', '-f', 'ogg')),
  file('WAV as streamed', () => streamed('-f', 'wav')),
  file('AU as streamed', () => streamed('-f', 'au')),
]

/** What is cut, or has something in front. */
const damaged: readonly MediaFile[] = [
  ...['mp3', 'flac', 'wav', 'aiff', 'aac', 'ogg', 'opus', 'mp2', 'au', 'ac3', 'caf', 'w64', 'wv', 'wma'].map(
    (extension) => file(`half of ${extension}`, () => cut(made(extension))),
  ),
  file('half of WebM', () => cut(made('webm', '-c:a', 'libopus'))),
  file('half of Matroska', () => cut(made('mka', '-c:a', 'flac'))),
  file('half of M4A, index in front', () => cut(made('m4a', '-movflags', 'faststart'))),
  file('nine tenths of MP3', () => cut(made('mp3'), 0.9)),
  file('MP3 with a hole of zeros', () => {
    const bytes = Buffer.from(mp3())
    return bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 4000)
  }),
  file('MP3 after 1,000 zeros', () => behind(new Uint8Array(1000), mp3())),
  file('MP3 after 100,000 zeros', () => behind(new Uint8Array(100_000), mp3())),
  file('MP3 after text', () => behind('Left here by an editor.\r\n'.repeat(80), mp3())),
  file('MP3 after a second ID3 tag', () => behind('ID3\x03\0\0\0\0\0\0', mp3())),
  file('MP3 before other bytes', () => Buffer.concat([mp3(), Buffer.alloc(5000, 'x')])),
  file('two MP3 in one', () => Buffer.concat([mp3(), mp3()])),
  file('AAC after 1,000 zeros', () => behind(new Uint8Array(1000), made('aac'))),
  file('FLAC after an ID3 tag', () => behind('ID3\x04\0\0\0\0\0\0', made('flac'))),
  file('AAC after an ID3 tag', () => behind('ID3\x04\0\0\0\0\0\0', made('aac'))),
]

/** What is refused. */
const unusable: readonly MediaFile[] = [
  refused('half of M4A, index at the end', /not whole/, () => cut(made('m4a'))),
  refused('WAV of 12 channels', /more than 8 channels/, () => wav(1, { channels: 12 })),
  refused('a film without sound', /only pictures/, () =>
    made('mp4', '-f', 'lavfi', '-i', 'color=size=64x64:duration=1', '-map', '1:v'),
  ),
  refused('WAV without samples', /no sound/, () => made('wav', '-t', '0')),
  refused('zeros', notAudio, () => Buffer.alloc(200_000)),
  refused('text', notAudio, () => Buffer.alloc(200_000, 'These are words. ')),
  refused('one byte', notAudio, () => Buffer.from('I')),
  refused('a mark and no more', notAudio, () => Buffer.from('RIFF....WAVE and no more')),
  refused('a web page', /a web page/, () => Buffer.from('<!doctype html><title>Song</title>')),
  refused('SVG', /an SVG picture/, () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
  refused('a PDF', /a PDF/, () => Buffer.from('%PDF-1.7\n%nothing more')),
  refused('a ZIP archive', /an archive/, () => Buffer.from('PK\x03\x04 and more of it')),
  refused('a program', /a program/, () => Buffer.from('\x7fELF\x02\x01\x01 and more')),
  refused('a playlist', /a playlist/, () => Buffer.from('#EXTM3U\n#EXTINF:9,\nsong.mp3\n')),
  refused('a list of files', /a playlist/, () => Buffer.from("ffconcat version 1.0\nfile 'a.mp3'\n")),
  refused('MIDI', /MIDI: notes/, () => Buffer.from('MThd\0\0\0\x06\0\x01\0\x01\0\x60')),
  refused('a GIF picture', /a GIF picture/, () =>
    made('gif', '-f', 'lavfi', '-i', 'color=size=9x9:duration=1', '-map', '1:v'),
  ),
  refused('a JPEG picture', /a JPEG picture/, () =>
    made('jpg', '-f', 'lavfi', '-i', 'color=size=9x9', '-map', '1:v', '-frames:v', '1'),
  ),
  refused('a PNG picture', /a PNG picture/, () =>
    made('png', '-f', 'lavfi', '-i', 'color=size=9x9', '-map', '1:v', '-frames:v', '1'),
  ),
  refused('an AVI film', /an AVI film/, () => made('avi', '-c:a', 'mp3')),
  refused('an MPEG transport stream', notAudio, () => made('ts', '-c:a', 'aac')),
]

/** Every file, and what is to become of it. */
export const files: readonly MediaFile[] = [...published, ...recorded, ...damaged, ...odd, ...unusable]

/** A kind of file that is taken in, as its bytes show it; what audio is in the end, the decoder says. */
export type FileType =
  | { readonly kind: 'audio'; readonly type: string }
  | { readonly kind: 'image'; readonly type: string; readonly format: 'jpeg' | 'png' | 'webp' | 'heif' }

/** Where the first twelve bytes of a kind of file, as Latin-1, have one of which texts. */
interface Marks {
  readonly lead?: readonly string[]
  readonly at4?: readonly string[]
  readonly at8?: readonly string[]
  readonly words?: RegExp
}

/** Whether a file starts as a kind of files does. */
export const isMarked = (start: string, { lead, at4, at8, words }: Marks): boolean =>
  (lead?.some((text) => start.startsWith(text)) ?? true) &&
  (at4?.some((text) => start.startsWith(text, 4)) ?? true) &&
  (at8?.some((text) => start.startsWith(text, 8)) ?? true) &&
  (words?.test(start) ?? true)

const image = (format: 'jpeg' | 'png' | 'webp' | 'heif', type = `image/${format}`): FileType => ({
  kind: 'image',
  type,
  format,
})

/** Pictures; those without a type are named, and not taken. */
export const pictures: readonly (Marks & { readonly name: string; readonly type?: FileType })[] = [
  { lead: ['\x89PNG\r\n\x1a\n'], name: 'a PNG picture', type: image('png') },
  { lead: ['\xff\xd8\xff'], name: 'a JPEG picture', type: image('jpeg') },
  { lead: ['RIFF'], at8: ['WEBP'], name: 'a WebP picture', type: image('webp') },
  { at4: ['ftypavif', 'ftypavis'], name: 'an AVIF picture', type: image('heif', 'image/avif') },
  { at4: ['ftypmif1', 'ftypmsf1'], name: 'a HEIF picture', type: image('heif', 'image/heif') },
  {
    at4: ['ftyphe'],
    at8: ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis'],
    name: 'a HEIC picture',
    type: image('heif', 'image/heic'),
  },
  { lead: ['GIF8'], name: 'a GIF picture' },
  { lead: ['II*\0', 'MM\0*'], name: 'a TIFF picture' },
  { lead: ['\xff\x0a', '\0\0\0\x0cJXL '], name: 'a JPEG XL picture' },
  { words: /^BM.{4}\0{4}/s, name: 'a BMP picture' },
  { lead: ['8BPS'], name: 'a Photoshop file: export it as a picture' },
]

/** What is neither a picture nor holds sound. */
export const foreign: readonly (Marks & { readonly name: string })[] = [
  { words: /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|script)/i, name: 'a web page' },
  { words: /^(?:\xef\xbb\xbf)?\s*<svg/i, name: 'an SVG picture' },
  { words: /^(?:\xef\xbb\xbf)?\s*<\?xml/i, name: 'an XML document' },
  {
    words: /^(?:\xef\xbb\xbf)?(?:#EXTM3U|#EXTINF|\[playlist|ffconcat)/i,
    name: 'a playlist, which holds no sound itself',
  },
  { lead: ['%PDF'], name: 'a PDF document' },
  {
    lead: ['PK\x03\x04', 'PK\x05\x06', 'Rar!', '7z\xbc\xaf', '\x1f\x8b\x08'],
    name: 'an archive: unpack it first',
  },
  { lead: ['\x7fELF', 'MZ\x90\0'], name: 'a program' },
  { lead: ['MThd'], name: 'MIDI: notes, and no sound. Record it first' },
  { lead: ['RIFF'], at8: ['RMID'], name: 'MIDI: notes, and no sound. Record it first' },
  { lead: ['FLhd'], name: 'an FL Studio project: export it as WAV' },
  { lead: ['RIFF'], at8: ['sfbk'], name: 'a SoundFont, which is an instrument' },
  { lead: ['RIFF'], at8: ['AVI '], name: 'an AVI film: export its sound as WAV' },
  { lead: ['FLV\x01', '\0\0\x01\xba'], name: 'a film: export its sound as WAV' },
  { lead: ['DSD ', 'FRM8'], name: 'DSD: export it as WAV or FLAC' },
  { lead: ['{\\rtf', '\xd0\xcf\x11\xe0'], name: 'a document' },
]

/** What sound comes in. */
export const sounds: readonly (Marks & { readonly type: string })[] = [
  { lead: ['RIFF', 'RF64', 'BW64'], at8: ['WAVE'], type: 'audio/wav' },
  { lead: ['FORM'], at8: ['AIFF', 'AIFC'], type: 'audio/aiff' },
  { lead: ['fLaC'], type: 'audio/flac' },
  { lead: ['OggS'], type: 'audio/ogg' },
  { at4: ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'], type: 'audio/mp4' },
  { lead: ['ID3', 'APETAGEX'], type: 'audio/mpeg' },
  { lead: ['\x1aE\xdf\xa3'], type: 'audio/webm' },
  { lead: ['riff\x2e\x91\xcf\x11'], type: 'audio/x-w64' },
  { lead: ['caff'], type: 'audio/x-caf' },
  { lead: ['0&\xb2\x75\x8e\x66\xcf\x11'], type: 'audio/x-ms-wma' },
  { lead: ['.snd'], type: 'audio/basic' },
  { lead: ['wvpk'], type: 'audio/x-wavpack' },
  { lead: ['MAC '], type: 'audio/x-ape' },
  { lead: ['TTA1'], type: 'audio/x-tta' },
  { lead: ['#!AMR'], type: 'audio/amr' },
  { lead: ['\x0b\x77'], type: 'audio/ac3' },
]

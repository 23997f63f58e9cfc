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

/** What a file turns out to be. */
const kinds = {
  png: 'a PNG picture',
  jpeg: 'a JPEG picture',
  webp: 'a WebP picture',
  avif: 'an AVIF picture',
  heif: 'a HEIF picture',
  heic: 'a HEIC picture',
  gif: 'a GIF picture',
  tiff: 'a TIFF picture',
  jpeg_xl: 'a JPEG XL picture',
  bmp: 'a BMP picture',
  ico: 'an icon',
  jpeg_2000: 'a JPEG 2000 picture',
  sound: 'a sound or a film',
  photoshop: 'a Photoshop file: export it as a picture',
  web_page: 'a web page',
  svg: 'an SVG picture',
  xml: 'an XML document',
  playlist: 'a playlist, which holds no sound itself',
  pdf: 'a PDF document',
  archive: 'an archive: unpack it first',
  program: 'a program',
  midi: 'MIDI: notes, and no sound. Record it first',
  fl_studio: 'an FL Studio project: export it as WAV',
  sound_font: 'a SoundFont, which is an instrument',
  avi: 'an AVI film: export its sound as WAV',
  film: 'a film: export its sound as WAV',
  dsd: 'DSD: export it as WAV or FLAC',
  document: 'a document',
} as const

export type Found = keyof typeof kinds

const isKind = (text: string): text is Found => Object.hasOwn(kinds, text)

/** The words for what a file was found to be; undefined for what is no such code. */
export const foundWords = (found: string): string | undefined => (isKind(found) ? kinds[found] : undefined)

/** Pictures; those without a type are named, and not taken. */
export const pictures: readonly (Marks & { readonly found: Found; readonly type?: FileType })[] = [
  { lead: ['\x89PNG\r\n\x1a\n'], found: 'png', type: image('png') },
  { lead: ['\xff\xd8\xff'], found: 'jpeg', type: image('jpeg') },
  { lead: ['RIFF'], at8: ['WEBP'], found: 'webp', type: image('webp') },
  { at4: ['ftypavif', 'ftypavis'], found: 'avif', type: image('heif', 'image/avif') },
  { at4: ['ftypmif1', 'ftypmsf1'], found: 'heif', type: image('heif', 'image/heif') },
  {
    at4: ['ftyphe'],
    at8: ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis'],
    found: 'heic',
    type: image('heif', 'image/heic'),
  },
  { lead: ['GIF8'], found: 'gif' },
  { lead: ['II*\0', 'MM\0*'], found: 'tiff' },
  { lead: ['\xff\x0a', '\0\0\0\x0cJXL '], found: 'jpeg_xl' },
  { words: /^BM.{4}\0{4}/s, found: 'bmp' },
  { lead: ['\0\0\x01\0'], found: 'ico' },
  { lead: ['\0\0\0\x0cjP  ', '\xffO\xffQ'], found: 'jpeg_2000' },
  { lead: ['8BPS'], found: 'photoshop' },
]

/** What is neither a picture nor holds sound. */
export const foreign: readonly (Marks & { readonly found: Found })[] = [
  { words: /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|script)/i, found: 'web_page' },
  { words: /^(?:\xef\xbb\xbf)?\s*<svg/i, found: 'svg' },
  { words: /^(?:\xef\xbb\xbf)?\s*<\?xml/i, found: 'xml' },
  {
    words: /^(?:\xef\xbb\xbf)?(?:#EXTM3U|#EXTINF|\[playlist|ffconcat)/i,
    found: 'playlist',
  },
  { lead: ['%PDF'], found: 'pdf' },
  {
    lead: ['PK\x03\x04', 'PK\x05\x06', 'Rar!', '7z\xbc\xaf', '\x1f\x8b\x08'],
    found: 'archive',
  },
  { lead: ['\x7fELF', 'MZ\x90\0'], found: 'program' },
  { lead: ['MThd'], found: 'midi' },
  { lead: ['RIFF'], at8: ['RMID'], found: 'midi' },
  { lead: ['FLhd'], found: 'fl_studio' },
  { lead: ['RIFF'], at8: ['sfbk'], found: 'sound_font' },
  { lead: ['RIFF'], at8: ['AVI '], found: 'avi' },
  { lead: ['FLV\x01', '\0\0\x01\xba'], found: 'film' },
  { lead: ['DSD ', 'FRM8'], found: 'dsd' },
  { lead: ['{\\rtf', '\xd0\xcf\x11\xe0'], found: 'document' },
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

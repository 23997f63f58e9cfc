import type { UploadTemplate } from '../../store/contract/store.ts'

/** A kind of file that is taken in, as its first bytes show it. */
export type FileType =
  | { readonly kind: 'audio'; readonly type: string; readonly demuxer: string }
  | { readonly kind: 'image'; readonly type: string; readonly format: 'jpeg' | 'png' | 'webp' }

/** What an upload of a template must be. */
export const wantedFor = (template: UploadTemplate): FileType['kind'] =>
  template === 'audio' ? 'audio' : 'image'

/** What is said of a file that is not. */
export const wordsFor: Readonly<Record<FileType['kind'], string>> = {
  audio: 'This is not an audio file that can be read. Send MP3, WAV, FLAC, AIFF, Ogg, AAC or M4A.',
  image: 'This is not a picture that can be read. Send JPEG, PNG or WebP.',
}

/** How many bytes from the start decide. */
export const decisiveBytes = 12

/** Decides what a file is by its bytes; names and declared types have no say. */
export function fileTypeOf(bytes: Uint8Array): FileType | undefined {
  const text = Buffer.from(bytes).toString('latin1', 0, decisiveBytes)
  const form = text.slice(8, 12)
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return image('png')
  if (text.startsWith('\xff\xd8\xff')) return image('jpeg')
  if (text.startsWith('RIFF') && form === 'WEBP') return image('webp')
  if (text.startsWith('RIFF') && form === 'WAVE') return audio('audio/wav', 'wav')
  if (text.startsWith('FORM') && /AIF[FC]/.test(form)) return audio('audio/aiff', 'aiff')
  if (text.startsWith('fLaC')) return audio('audio/flac', 'flac')
  if (text.startsWith('OggS')) return audio('audio/ogg', 'ogg')
  if (text.slice(4, 8) === 'ftyp') return audio('audio/mp4', 'mov')
  if (text.startsWith('ID3')) return audio('audio/mpeg', 'mp3')
  return bySync(bytes)
}

// ISO 11172-3 and 13818-7: twelve bits of ones, then the version and the layer, of which ADTS has none.
function bySync([first = 0, second = 0]: Uint8Array): FileType | undefined {
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined
  if ((second & 0xf6) === 0xf0) return audio('audio/aac', 'aac')
  const isLayer3 = (second & 0x06) === 0x02
  const isKnownVersion = (second & 0x18) !== 0x08
  return isLayer3 && isKnownVersion ? audio('audio/mpeg', 'mp3') : undefined
}

const audio = (type: string, demuxer: string): FileType => ({ kind: 'audio', type, demuxer })
const image = (format: 'jpeg' | 'png' | 'webp'): FileType => ({
  kind: 'image',
  type: `image/${format}`,
  format,
})

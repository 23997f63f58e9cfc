import { inWords, longestAudio } from '../../limits.ts'
import { type Found, foundWords } from './signatures.ts'

/** Channels that are mixed to two. */
export const maxChannels = 8

const noPicture = 'This is not a picture that can be read. Send JPEG, PNG, WebP or AVIF.'
const noAudio =
  'This is not an audio file that can be read. Send MP3, WAV, FLAC, AIFF, Ogg, AAC, M4A or WebM.'

/** Why a file cannot be taken, with what is said of it. */
const faults = {
  not_audio: noAudio,
  not_a_picture: noPicture,
  cut: 'This file is not whole: its end is missing, without which it cannot be played.',
  no_sound: 'There is no sound in this file.',
  pictures_alone: 'There is no sound in this file, only pictures.',
  copy_protected: 'This file is protected against copying. Send one that is not.',
  unknown_codec: 'The sound in this file is coded in a way that is not read here.',
  too_many_channels: `The audio has more than ${maxChannels} channels.`,
  too_long: `The audio is longer than ${inWords(longestAudio)}.`,
  slow_to_decode: 'This audio takes too long to decode. Send it in another format.',
  no_samples: 'This is not an audio file that can be played: there is no sound in it.',
  not_decodable: 'This is not an audio file that can be played: it could not be decoded.',
  other_picture: 'The picture is not what its first bytes say.',
  moving_picture: 'The picture moves. Send one that stands still.',
  heic: 'This picture is HEIC, which cannot be read here. Save it as JPEG, PNG, WebP or AVIF, and send that.',
  damaged_picture: 'This is not a picture that can be shown: it is damaged, or has too many pixels.',
  given_up: 'The file could not be processed. Send it again.',
} as const

export type Fault = keyof typeof faults

/** A file that cannot be taken. Its code is kept, of which words are made whenever somebody reads it. */
export class Unusable extends Error {
  override readonly name = 'Unusable'
  /** The fault, and after a colon what the file is instead, where that is known. */
  readonly code: string
  constructor(fault: Fault, found?: Found) {
    const code = found === undefined ? fault : `${fault}:${found}`
    super(faultWords(code))
    this.code = code
  }
}

const isFault = (text: string): text is Fault => Object.hasOwn(faults, text)

/** The words for a code of `Unusable`. What was kept before there were codes is its own words. */
export function faultWords(code: string): string {
  const [fault = '', found = ''] = code.split(':', 2)
  if (!isFault(fault)) return code
  const what = foundWords(found)
  return what === undefined ? faults[fault] : `${faults[fault]} What was sent is ${what}.`
}

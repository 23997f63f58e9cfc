/** A file that cannot be taken, with words for whoever sent it. */
export class Unusable extends Error {
  override readonly name = 'Unusable'
}

const refusals = {
  audio: 'This is not an audio file that can be read. Send MP3, WAV, FLAC, AIFF, Ogg, AAC, M4A or WebM.',
  image: 'This is not a picture that can be read. Send JPEG, PNG, WebP or AVIF.',
} as const

/**
 * What is said of a file that is not of the kind wanted.
 * @param found what it is instead, if that is known
 */
export const wordsFor = (wanted: keyof typeof refusals, found: string | null): string =>
  found === null ? refusals[wanted] : `${refusals[wanted]} What was sent is ${found}.`

/** A file in which no decoder finds audio. */
export const notAudio = (): Unusable => new Unusable(wordsFor('audio', null))

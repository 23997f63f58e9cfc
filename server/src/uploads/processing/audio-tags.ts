import { parseFromTokenizer } from 'music-metadata'
import { fromFile } from 'strtok3'
import { Unusable } from './rejected-file.ts'

/** What an audio file says of itself. */
export interface AudioTags {
  /** Seconds; null when only decoding would tell. */
  readonly duration: number | null
  readonly bpm: number | null
  readonly key: string | null
}

/** Milliseconds for reading a file's tags. */
const patience = 60_000
/** Bytes that one field of a file may make us hold; pictures are not read. */
const maxBufferSize = 16 * 1024 * 1024
const maxSeconds = 6 * 60 * 60
const maxChannels = 8

/** Reads the tags of an audio file. @throws Unusable when it is none, or beyond the limits */
export async function readAudioTags(
  file: string,
  mimeType: string,
  stopped: AbortSignal,
): Promise<AudioTags> {
  const abortSignal = AbortSignal.any([stopped, AbortSignal.timeout(patience)])
  const tokenizer = await fromFile(file, { maxBufferSize, abortSignal, fileInfo: { mimeType } })
  try {
    const { format, common } = await parseFromTokenizer(tokenizer, { skipCovers: true, duration: true })
    if ((format.numberOfChannels ?? 1) > maxChannels)
      throw new Unusable(`The audio has more than ${maxChannels} channels.`)
    checkDuration(format.duration ?? 0)
    return {
      duration: format.duration ?? null,
      bpm: finite(common.bpm),
      key: common.key === undefined ? null : common.key.replace(/\p{C}/gu, '').slice(0, 40) || null,
    }
  } catch (error) {
    stopped.throwIfAborted()
    if (error instanceof Unusable) throw error
    throw new Unusable('This is not an audio file that can be read: its data is damaged.')
  } finally {
    await tokenizer.close()
  }
}

/** @throws Unusable for audio of more than six hours */
export function checkDuration(seconds: number): void {
  if (seconds > maxSeconds) throw new Unusable('The audio is longer than six hours.')
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) && value > 0 && value < 1000 ? value : null

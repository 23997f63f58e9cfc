import { audioFacts } from '../../limits.ts'

/** What an audio file says of itself; nothing where it says nothing that can be read. */
export interface AudioTags {
  /** Seconds, as the file's head has it. */
  readonly duration: number | null
  readonly channels: number | null
  readonly bpm: number | null
  readonly key: string | null
}

/** Milliseconds for reading a file's tags. */
const timeoutMs = 60_000
/** Bytes that one field of a file may make us hold; pictures are not read. */
const maxBufferSize = 16 * 1024 * 1024

/** Reads the tags of an audio file; they help, and refuse nothing. */
export async function readAudioTags(
  file: string,
  mimeType: string,
  stopped: AbortSignal,
): Promise<AudioTags> {
  const abortSignal = AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)])
  // Loaded for the first file: a server that has just started answers without them.
  const [{ parseFromTokenizer }, { fromFile }] = await Promise.all([
    import('music-metadata'),
    import('strtok3'),
  ])
  const tokenizer = await fromFile(file, { maxBufferSize, abortSignal, fileInfo: { mimeType } })
  try {
    const { format, common } = await parseFromTokenizer(tokenizer, { skipCovers: true, duration: true })
    return {
      duration: format.duration ?? null,
      channels: format.numberOfChannels ?? null,
      bpm: finite(common.bpm),
      key: keyOf(common.key ?? ''),
    }
  } catch {
    stopped.throwIfAborted()
    return { duration: null, channels: null, bpm: null, key: null }
  } finally {
    await tokenizer.close()
  }
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && value > 0 && value <= audioFacts.bpm ? value : null

// As a track takes it, so that what an upload answers can be published.
const keyOf = (text: string): string | null => {
  const shown = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim()
  return Array.from(shown).slice(0, audioFacts.key).join('') || null
}

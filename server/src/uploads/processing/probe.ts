import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { demuxers, mediaTypeOf } from './audio-format.ts'
import { runBounded } from './bounded-process.ts'
import { maxChannels, Unusable } from './rejected-file.ts'

/** What the decoder says of a file before it decodes it. */
export interface AudioProbe {
  readonly type: string
  /** Seconds by the file's own account: an estimate, or null. */
  readonly seconds: number | null
  readonly isMono: boolean
}

/** Bytes of an answer that are read. */
const mostOutput = 256 * 1024
const entries = 'format=format_name,duration:stream=codec_type,codec_name,codec_tag_string,channels'

const Stream = Type.Object({
  codec_type: Type.Optional(Type.String()),
  codec_name: Type.Optional(Type.String()),
  codec_tag_string: Type.Optional(Type.String()),
  channels: Type.Optional(Type.Number()),
})
const Answer = Type.Object({
  streams: Type.Array(Stream),
  format: Type.Object({ format_name: Type.String(), duration: Type.Optional(Type.String()) }),
})

/** How ffmpeg is given a file: it decides by the bytes, among the formats that are taken, and opens nothing else. */
export const inputOf = (file: string): readonly string[] => [
  ...['-protocol_whitelist', 'file,pipe', '-format_whitelist', demuxers],
  ...['-max_pixels', '16777216', '-i', `file:${file}`],
]

/** Asks ffprobe what a file is. @throws Unusable saying why it cannot be played */
export async function probe(
  wrapper: readonly string[],
  file: string,
  stopped: AbortSignal,
): Promise<AudioProbe> {
  const chunks: Buffer[] = []
  let bytes = 0
  const command = ['ffprobe', '-hide_banner', '-loglevel', 'error', '-of', 'json', '-show_entries', entries]
  const { code, words } = await runBounded([...wrapper, ...command, ...inputOf(file)], stopped, (chunk) => {
    bytes += chunk.length
    if (bytes <= mostOutput) chunks.push(chunk)
  })
  stopped.throwIfAborted()
  const answer = code === 0 ? parsed(Buffer.concat(chunks).toString()) : undefined
  if (!Check(Answer, answer)) throw new Unusable(/moov atom not found/.test(words) ? 'cut' : 'not_audio')
  const type = mediaTypeOf(answer.format.format_name)
  if (type === undefined) throw new Unusable('not_audio')
  const { channels = 0 } = soundOf(answer.streams)
  checkChannels(channels)
  const seconds = Number(answer.format.duration)
  return { type, seconds: seconds > 0 ? seconds : null, isMono: channels === 1 }
}

function soundOf(streams: readonly Static<typeof Stream>[]): Static<typeof Stream> {
  const sound = streams.find(({ codec_type: type }) => type === 'audio')
  if (sound === undefined) {
    const hasPictures = streams.some(({ codec_type: type }) => type === 'video')
    throw new Unusable(hasPictures ? 'pictures_alone' : 'no_sound')
  }
  const { codec_name: codec = 'unknown', codec_tag_string: tag = '' } = sound
  if (/^(?:drm|enc)/.test(tag)) throw new Unusable('copy_protected')
  if (codec === 'unknown') throw new Unusable('unknown_codec')
  return sound
}

/** @throws Unusable for audio of more channels than are mixed here */
export function checkChannels(channels: number): void {
  if (channels > maxChannels) throw new Unusable('too_many_channels')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

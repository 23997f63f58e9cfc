import { copyFile, link, writeFile } from 'node:fs/promises'
import { longestAudio } from '../../limits.ts'
import type { AudioFacts, Upload } from '../../store/contract/store.ts'
import { readAudioTags } from './audio-tags.ts'
import type { Heard, Transcoder } from './ffmpeg.ts'
import { makePreview } from './make-preview.ts'
import { checkChannels } from './probe.ts'
import { Unusable } from './rejected-file.ts'
import type { Making } from './workspace.ts'

const maxSeconds = longestAudio / 1000

/**
 * Makes of an audio file what is served of it: an MP3, its waveform and a preview, or itself where there is no transcoder.
 * @param type what its first bytes show; the decoder knows better
 * @throws Unusable
 */
export async function makeAudio(
  upload: Upload,
  type: string,
  transcoder: Transcoder | null,
  making: Making,
): Promise<AudioFacts> {
  const original = making.path('original')
  // The upload's own file stays until the job is done.
  await link(making.file, original).catch(() => copyFile(making.file, original))
  return transcoder === null
    ? serveAsItCame(upload, type, original, making)
    : serveDecoded(upload, transcoder, original, making)
}

async function serveDecoded(
  upload: Upload,
  transcoder: Transcoder,
  original: string,
  making: Making,
): Promise<AudioFacts> {
  const { file, stopped } = making
  const { type, seconds: expected, isMono } = await transcoder.probe(file, stopped)
  if (isKnown(type, expected) && expected > maxSeconds) throw new Unusable('too_long')
  const target = making.path('stream')
  const heard = await transcoder.transcode({
    file,
    target,
    maxSeconds,
    isMono,
    onProgress: (done) => making.report(expected === null ? 0 : (0.9 * done) / expected),
    stopped,
  })
  const { bpm, key } = await readAudioTags(file, type, stopped)
  const preview = making.path('preview')
  await makePreview(target, upload.previewStartSeconds, heard.seconds, preview)
  await making.keep('original', type, original)
  const stream = await making.keep('stream', 'audio/mpeg', target)
  await making.put(stream, 'waveform.json', await writeWaveform(heard, making))
  await making.keep('preview', 'audio/mpeg', preview)
  return { durationSeconds: heard.seconds, bpm, musicalKey: key, loudness: heard.loudness }
}

async function serveAsItCame(
  upload: Upload,
  type: string,
  original: string,
  making: Making,
): Promise<AudioFacts> {
  const tags = await readAudioTags(making.file, type, making.stopped)
  if (tags.duration === null) throw new Unusable('not_audio')
  checkChannels(tags.channels ?? 1)
  if (tags.duration > maxSeconds) throw new Unusable('too_long')
  const cid = await making.keep('original', type, original)
  await making.hold({ role: 'stream', cid, type, bytes: upload.length })
  return { durationSeconds: tags.duration, bpm: tags.bpm, musicalKey: tags.key }
}

async function writeWaveform({ seconds, peaks }: Heard, making: Making): Promise<string> {
  const file = making.path('waveform')
  await writeFile(file, JSON.stringify({ duration: seconds, peaks }))
  return file
}

// Of bare frames the length is a guess by the first of them.
const isKnown = (type: string, seconds: number | null): seconds is number =>
  seconds !== null && type !== 'audio/mpeg' && type !== 'audio/aac'

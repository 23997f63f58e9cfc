import { copyFile, link } from 'node:fs/promises'
import type { AudioFacts, Upload } from '../../store/contract/store.ts'
import { type AudioTags, checkDuration, readAudioTags } from './audio-tags.ts'
import type { Transcoder } from './ffmpeg.ts'
import type { FileType } from './file-type.ts'
import { Unusable } from './rejected-file.ts'
import type { Making } from './workspace.ts'

const maxSeconds = 6 * 60 * 60
const previewSeconds = 30

/**
 * Makes of an audio file what is served of it: an MP3 and a preview, or itself where there is no transcoder.
 * @throws Unusable
 */
export async function makeAudio(
  upload: Upload,
  fileType: FileType & { kind: 'audio' },
  transcoder: Transcoder | null,
  making: Making,
): Promise<AudioFacts> {
  const { type, demuxer } = fileType
  const { file, stopped } = making
  const tags = await readAudioTags(file, type, stopped)
  const original = making.path('original')
  // The upload's own file stays until the job is done.
  await link(file, original).catch(() => copyFile(file, original))
  if (transcoder === null) {
    if (tags.duration === null)
      throw new Unusable('This is not an audio file that can be played: it has no duration.')
    const cid = await making.keep('original', type, original)
    await making.hold({ role: 'stream', cid, type, bytes: upload.length })
    return facts(tags, tags.duration)
  }
  const target = making.path('stream')
  const seconds = await transcoder.transcode({
    file,
    demuxer,
    target,
    from: 0,
    // One more than is allowed, so that what is longer shows.
    seconds: maxSeconds + 1,
    onProgress: (done) => making.report(tags.duration === null ? 0 : (0.9 * done) / tags.duration),
    stopped,
  })
  checkDuration(seconds)
  const preview = making.path('preview')
  await transcoder.transcode({
    file,
    demuxer,
    target: preview,
    from: Math.max(0, Math.min(upload.previewStartSeconds ?? 0, seconds - previewSeconds)),
    seconds: previewSeconds,
    onProgress: () => undefined,
    stopped,
  })
  await making.keep('original', type, original)
  await making.keep('stream', 'audio/mpeg', target)
  await making.keep('preview', 'audio/mpeg', preview)
  return facts(tags, tags.duration ?? seconds)
}

const facts = ({ bpm, key: musicalKey }: AudioTags, durationSeconds: number): AudioFacts => ({
  durationSeconds,
  bpm,
  musicalKey,
})

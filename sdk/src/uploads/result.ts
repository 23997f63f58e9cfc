import { failure } from '../errors/errors.ts'
import { answered, send } from '../http/client.ts'
import { type Fields, fields, number, text } from '../http/fields.ts'
import type { UploadControl } from './control.ts'
import type { UploadPlace } from './record.ts'
import { uploadRefusal } from './request.ts'
import type { AudioUploadResult } from './uploads.ts'

/** Milliseconds between two looks at what becomes of an upload: growing, as long files take long. */
const FIRST_LOOK = 250
const LAST_LOOK = 3000

/** Waits until a server has processed an upload, and answers what it says of it. Rejects with `upload_failed`. */
export async function processed(
  { node, url }: UploadPlace,
  control: UploadControl,
  onTranscoded: (part: number) => void,
): Promise<Fields> {
  const id = url.replace(/[?#].*/, '').replace(/.*\//, '')
  for (let pause = FIRST_LOOK; ; pause = Math.min(LAST_LOOK, pause * 1.5)) {
    const status = await control.persist(async () => {
      // A plain request: browsers ask nobody whether it may be sent, and whoever knows the id may know the rest.
      return answered(await send(`${node}/uploads/${id}`, {}), uploadRefusal)
    })
    control.achieve()
    const { status: stage, transcode_progress, error } = status
    if (stage === 'error') throw failure('upload_failed', { reason: text(error) })
    onTranscoded(stage === 'done' ? 1 : (number(transcode_progress) ?? 0))
    if (stage === 'done') return status
    await control.rest(pause)
  }
}

/** Nothing that is heard lasts no second. */
const wholeSeconds = (seconds: number): number => (seconds > 0 ? Math.max(1, Math.round(seconds)) : 0)

/** Reads what a processed audio upload is. Throws `invalid_answer`. */
export function audioResult(status: Fields, previewStartSeconds: number | undefined): AudioUploadResult {
  const { orig_file_cid, orig_filename, probe, audio_analysis_results } = status
  const results = fields(status['results'])
  const trackCid = text(results['320'])
  const origFileCid = text(orig_file_cid)
  if (!trackCid || !origFileCid) throw failure('invalid_answer')
  const wanted = `320_preview|${previewStartSeconds}`
  const preview = Object.keys(results).find((name) => name.startsWith('320_preview'))
  const { bpm, key } = fields(audio_analysis_results)
  return {
    trackCid,
    previewCid: text(results[wanted]) ?? (preview && text(results[preview])),
    origFileCid,
    origFilename: text(orig_filename) ?? '',
    duration: wholeSeconds(Number(fields(fields(probe)['format'])['duration'])),
    bpm: number(bpm),
    musicalKey: text(key),
  }
}

/** Reads the CID of a processed image. Throws `invalid_answer`. */
export function imageResult({ orig_file_cid }: Fields): string {
  const cid = text(orig_file_cid)
  if (!cid) throw failure('invalid_answer')
  return cid
}

import type { Upload } from '../store/contract/store.ts'
import { faultWords } from './processing/rejected-file.ts'

const statuses = { receiving: 'new', new: 'new', busy: 'busy', done: 'done', error: 'error' } as const

/** An upload as `GET /uploads/{id}` answers it, in the names the hosted service gives. */
export function uploadJson(upload: Upload) {
  const { id, status, template, filename, durationSeconds, bpm, musicalKey, loudness, error } = upload
  const cid = (role: string) => upload.files.find((file) => file.role === role)?.cid
  const isDone = status === 'done'
  const original = isDone ? (cid('original') ?? cid('image')) : undefined
  const stream = isDone ? cid('stream') : undefined
  const preview = isDone ? cid('preview') : undefined
  return {
    id,
    status: statuses[status],
    template,
    orig_file_cid: original ?? null,
    orig_filename: filename,
    ...(durationSeconds !== null && { probe: { format: { duration: String(durationSeconds) } } }),
    results: {
      ...(stream !== undefined && { '320': stream }),
      ...(preview !== undefined && { '320_preview|30': preview }),
    },
    // False when this server has no transcoder, so that the original itself is what is served.
    ...(stream !== undefined && { transcoded: stream !== original }),
    transcode_progress: upload.progress,
    audio_analysis_results: bpm === null && musicalKey === null ? null : { bpm, key: musicalKey },
    audio_analysis_error_count: 0,
    ...(loudness && { loudness: { integrated: loudness.integrated, true_peak: loudness.truePeak } }),
    ...(error !== null && { error: faultWords(error) }),
  }
}

/** What `GET /health_check` tells clients that look for a place to upload to. */
export function healthJson(publicUrl: string, diskHasSpace: boolean) {
  const node = { endpoint: publicUrl, delegateOwnerWallet: `0x${'0'.repeat(40)}` }
  return {
    data: {
      network: { content_nodes: [node] },
      diskHasSpace,
      transcodeStats: { AvgTranscodeTime: 0 },
    },
  }
}

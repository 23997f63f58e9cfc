import { rename } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { refusedUpload } from '../../errors/upload.ts'
import type { NewUpload, Upload, UploadLimits } from '../../store/contract/store.ts'
import type { UploadDeps } from '../deps.ts'
import { openUpload } from '../tus/create-upload.ts'
import type { Transcoder } from './ffmpeg.ts'
import { doJob, leaseMs } from './job.ts'

/** Milliseconds between two looks at what became of a job that the queue took over. */
const lookAgainMs = 1_000

/** A file of this machine that becomes an upload. */
export interface OwnFile {
  /** A place in the workshop, from which it is moved. */
  readonly path: string
  readonly facts: Pick<NewUpload, 'template' | 'filename' | 'previewStartSeconds' | 'length'>
  readonly userId: number
  /** How much its user may have open, where that is more than others may. */
  readonly limits?: UploadLimits
}

/**
 * Makes of a file what an upload of it would come to, ahead of what waits in the queue. Whoever is halted for longer than a
 * lease loses the job to the queue, as anybody does: its end is waited for.
 * @param stopping ends it, and gives back what is not over
 * @throws OAuthError 413, 429
 */
export async function takeUpload(
  { path, facts, userId, limits }: OwnFile,
  transcoder: Transcoder | null,
  stopping: AbortSignal,
  deps: UploadDeps,
): Promise<Upload> {
  const { store, clock, incoming } = deps
  const { id } = await openUpload({ userId, address: null }, facts, deps, limits)
  // It is taken before its bytes are in their place: a whole file that nobody has taken would be queued.
  const job = await store.takeJob(id, clock() + leaseMs)
  if (job === undefined) throw refusedUpload.gone()
  await rename(path, incoming.path(id))
  await doJob(job, transcoder, stopping, deps)
  for (;;) {
    const upload = await store.findUpload(id)
    if (upload === undefined) throw refusedUpload.gone()
    if (upload.status === 'done' || upload.status === 'error' || stopping.aborted) return upload
    await wait(lookAgainMs, undefined, { signal: stopping }).catch(() => undefined)
  }
}

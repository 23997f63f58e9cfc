import { open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { OAuthError } from '../../errors/oauth.ts'
import { loggedId } from '../../http/access-log.ts'
import { StoreUnavailable } from '../../store/contract/errors.ts'
import type { AudioFacts, Upload, UploadJob } from '../../store/contract/store.ts'
import type { UploadDeps } from '../deps.ts'
import { checkSpace } from '../room.ts'
import { forget } from '../sweep.ts'
import type { Transcoder } from './ffmpeg.ts'
import { checkType, searchedBytes, type Verdict, wantedFor } from './file-type.ts'
import { makeAudio } from './make-audio.ts'
import { makeImage } from './make-image.ts'
import { Unusable } from './rejected-file.ts'
import { JobLost, placeOf, startMaking } from './workspace.ts'

/** Milliseconds between two signs of life, and how long one holds. */
const heartbeat = 3_000
/** How long one attempt has a job to itself unless it gives a sign of life, in milliseconds. */
export const leaseMs = 10_000

/** What a job came to here: over, or given back for a reason that is this node's own. */
export type Ending = 'over' | 'given back'

/** Does one job and records how it ended; rejects only when the store cannot be told. */
export async function doJob(
  job: UploadJob,
  transcoder: Transcoder | null,
  stopping: AbortSignal,
  deps: UploadDeps,
): Promise<Ending> {
  const { store, log, clock } = deps
  const lost = new AbortController()
  const stopped = AbortSignal.any([stopping, lost.signal])
  let progress = 0
  const beat = () =>
    store.prolongJob(job, Math.min(progress, 1), clock() + leaseMs).then((isOurs) => {
      if (!isOurs) lost.abort(new JobLost())
    })
  let lastSign = performance.now()
  let wasHalted = false
  const pulse = setInterval(() => {
    const now = performance.now()
    wasHalted ||= now - lastSign > leaseMs
    lastSign = now
    // A store that does not answer now may do so at the next beat.
    beat().catch(() => undefined)
  }, heartbeat)
  const report = (now: number) => {
    const isStep = Math.floor(now * 10) > Math.floor(progress * 10)
    progress = Math.max(progress, now)
    if (isStep) beat().catch(() => undefined)
  }
  try {
    await make(job, transcoder, report, stopped, deps)
    log.info({ upload: loggedId(job.id) }, 'upload processed')
  } catch (error) {
    // The decoder's time runs out while a process is halted, too.
    const isVoid = wasHalted && error instanceof Unusable
    if (stopping.aborted || isVoid || (await isOfThisNode(error, deps))) {
      if (!stopping.aborted) log.warn({ upload: loggedId(job.id), err: error }, 'upload given back')
      // Whoever takes it next may be this node.
      await clean(job, deps)
      await store.returnJob(job)
      return 'given back'
    }
    if (error instanceof Unusable) await fail(job, error, deps)
    else if (error instanceof JobLost) toldLost(job, deps)
    else log.error({ upload: loggedId(job.id), err: error }, 'processing failed')
  } finally {
    clearInterval(pulse)
    await clean(job, deps)
  }
  return 'over'
}

/** A bucket that does not answer, or a disk without room, says nothing of the file. */
async function isOfThisNode(error: unknown, deps: UploadDeps): Promise<boolean> {
  if (error instanceof StoreUnavailable || isWithoutRoom(error)) return true
  // Without room a decoder fails as it does on what is no audio.
  return error instanceof Unusable && (await checkSpace(0, deps).then(() => false, isWithoutRoom))
}

const noRoomCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT'])

function isWithoutRoom(error: unknown): boolean {
  if (error instanceof OAuthError) return error.status === 507
  return error instanceof Error && 'code' in error && noRoomCodes.has(error.code)
}

async function make(
  job: UploadJob,
  transcoder: Transcoder | null,
  report: (progress: number) => void,
  stopped: AbortSignal,
  deps: UploadDeps,
): Promise<void> {
  const { store, incoming } = deps
  const upload = await store.findUpload(job.id)
  if (upload === undefined) throw new JobLost()
  await checkSpace(2 * upload.length, deps)
  const file = await incoming.fetch(upload, placeOf(job, 'source', deps))
  const making = startMaking(job, file, report, stopped, deps)
  const verdict = await checkFile(making.file, upload)
  if (verdict === undefined)
    throw new Unusable(wantedFor(upload.template) === 'audio' ? 'not_audio' : 'not_a_picture')
  if ('refusal' in verdict) throw verdict.refusal
  const facts = verdict.kind === 'audio' ? await makeAudio(upload, verdict.type, transcoder, making) : noFacts
  if (verdict.kind === 'image') await makeImage(upload, verdict, making)
  if (!(await store.completeJob(job, facts))) throw new JobLost()
  await incoming.delete(job.id)
}

const noFacts: AudioFacts = { durationSeconds: null, bpm: null, musicalKey: null }

async function checkFile(file: string, { template, length }: Upload): Promise<Verdict> {
  const handle = await open(file, 'r')
  try {
    const most = Math.min(searchedBytes, length)
    const { buffer, bytesRead } = await handle.read(new Uint8Array(most), 0, most, 0)
    return checkType(wantedFor(template), buffer.subarray(0, bytesRead), length)
  } finally {
    await handle.close()
  }
}

async function fail(job: UploadJob, { code }: Unusable, deps: UploadDeps): Promise<void> {
  const unreferenced = await deps.store.failJob(job, code)
  if (unreferenced === undefined) return toldLost(job, deps)
  deps.log.info({ upload: loggedId(job.id), reason: code }, 'upload refused')
  await forget(unreferenced, deps)
  await deps.incoming.delete(job.id)
}

const toldLost = (job: UploadJob, { log }: UploadDeps): void =>
  log.info({ upload: loggedId(job.id) }, 'upload taken away')

async function clean(job: UploadJob, { workshop }: UploadDeps): Promise<void> {
  for (const name of await readdir(workshop))
    if (name.startsWith(`${job.id}.${job.attempt}.`)) await rm(join(workshop, name), { force: true })
}

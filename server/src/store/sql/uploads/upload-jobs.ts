import type { AudioFacts, Instant, UploadFile, UploadJob } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'
import { takeFiles } from './upload-files.ts'

type Job = Pick<UploadJob, keyof UploadJob>
type File = Pick<UploadFile, keyof UploadFile>
type Facts = Pick<AudioFacts, 'durationSeconds' | 'bpm' | 'musicalKey'> & {
  integrated: number | null
  truePeak: number | null
}

const selectNext = statement((p: Placeholder<{ now: Instant; node: string | null }>) =>
  query
    .selectFrom('uploads')
    .select(['id', 'attempts'])
    .where((is) => is.or([is('node', '=', p('node')), is('node', 'is', null)]))
    .where((is) =>
      is.or([
        is('status', '=', 'new'),
        is.and([is('status', '=', 'busy'), is('lease_until', '<=', p('now'))]),
      ]),
    )
    .orderBy('created_at')
    .limit(1),
)

const countUnfinished = statement(() =>
  query
    .selectFrom('uploads')
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('status', 'in', ['new', 'busy']),
)

const begin = statement((p: Placeholder<Job & { leaseUntil: Instant }>) =>
  query
    .updateTable('uploads')
    .set({ status: 'busy', attempts: p('attempt'), lease_until: p('leaseUntil') })
    .where('id', '=', p('id')),
)

const take = statement((p: Placeholder<Job & { leaseUntil: Instant }>) =>
  query
    .updateTable('uploads')
    .set({ status: 'busy', attempts: p('attempt'), lease_until: p('leaseUntil') })
    .where('id', '=', p('id'))
    .where('status', '=', 'receiving'),
)

const prolong = statement((p: Placeholder<Job & { progress: number; leaseUntil: Instant }>) =>
  ofJob(p).set({ progress: p('progress'), lease_until: p('leaseUntil') }),
)

const complete = statement((p: Placeholder<Job & Facts & { progress: number }>) =>
  ofJob(p).set({
    status: 'done',
    progress: p('progress'),
    duration_seconds: p('durationSeconds'),
    bpm: p('bpm'),
    musical_key: p('musicalKey'),
    loudness: p('integrated'),
    true_peak: p('truePeak'),
  }),
)

const fail = statement((p: Placeholder<Job & { error: string }>) =>
  ofJob(p).set({ status: 'error', error: p('error') }),
)

const giveBack = statement((p: Placeholder<Job & { before: number }>) =>
  ofJob(p).set({ status: 'new', attempts: p('before') }),
)

const giveAllBack = statement((p: Placeholder<{ node: string }>) =>
  query
    .updateTable('uploads')
    .set({ status: 'new' })
    .where('node', '=', p('node'))
    .where('status', '=', 'busy'),
)

const selectJob = statement((p: Placeholder<Job>) =>
  query
    .selectFrom('uploads')
    .select('id')
    .where('id', '=', p('id'))
    .where('status', '=', 'busy')
    .where('attempts', '=', p('attempt')),
)

const forgetParts = statement((p: Placeholder<{ id: string }>) =>
  query.deleteFrom('upload_parts').where('upload_id', '=', p('id')),
)

const upsertFile = statement((p: Placeholder<File & { id: string }>) =>
  query
    .insertInto('upload_files')
    .values({ upload_id: p('id'), role: p('role'), cid: p('cid'), type: p('type'), bytes: p('bytes') })
    .onConflict((conflict) =>
      conflict
        .columns(['upload_id', 'role'])
        .doUpdateSet({ cid: p('cid'), type: p('type'), bytes: p('bytes') }),
    ),
)

/** Takes the oldest upload of a node that waits, or that was left lying too often to be tried again. */
export function* claimJob(
  now: Instant,
  leaseUntil: Instant,
  attempts: number,
  error: string,
  node?: string,
): Verb<UploadJob | undefined> {
  for (;;) {
    const next = yield* one(selectNext, { now, node: node ?? null })
    if (next === undefined) return undefined
    const job = { id: next.id, attempt: next.attempts + 1 }
    yield* change(begin, { ...job, leaseUntil })
    if (next.attempts < attempts) return job
    yield* failJob(job, error)
  }
}

/** Takes an upload whose bytes nobody else is to send. */
export function* takeJob(id: string, leaseUntil: Instant): Verb<UploadJob | undefined> {
  const job = { id, attempt: 1 }
  return (yield* change(take, { ...job, leaseUntil })) > 0 ? job : undefined
}

/** Reports progress and prolongs the lease. */
export function* prolongJob(job: UploadJob, progress: number, leaseUntil: Instant): Verb<boolean> {
  return (yield* change(prolong, { ...job, progress, leaseUntil })) > 0
}

/** Records a file of the job, which a later attempt may replace. */
export function* addFile(job: UploadJob, file: UploadFile): Verb<boolean> {
  if ((yield* one(selectJob, { ...job })) === undefined) return false
  yield* change(upsertFile, { ...file, id: job.id })
  return true
}

/** Ends a job well. */
export function* completeJob(job: UploadJob, facts: AudioFacts): Verb<boolean> {
  const { durationSeconds, bpm, musicalKey, loudness } = facts
  const { integrated = null, truePeak = null } = loudness ?? {}
  const values = { durationSeconds, bpm, musicalKey, integrated, truePeak }
  if ((yield* change(complete, { ...job, ...values, progress: 1 })) === 0) return false
  yield* change(forgetParts, { id: job.id })
  return true
}

/** Ends a job with the code of why the file cannot be taken. */
export function* failJob(job: UploadJob, error: string): Verb<readonly string[] | undefined> {
  if ((yield* change(fail, { ...job, error })) === 0) return undefined
  yield* change(forgetParts, { id: job.id })
  return yield* takeFiles(job.id)
}

/** Gives a job back to the queue. */
export function* returnJob(job: UploadJob): Verb<void> {
  yield* change(giveBack, { ...job, before: job.attempt - 1 })
}

/** Gives every job that a node had begun back to the queue. */
export function* returnJobsOf(node: string): Verb<void> {
  yield* change(giveAllBack, { node })
}

function ofJob(p: Placeholder<Job>) {
  return query
    .updateTable('uploads')
    .where('id', '=', p('id'))
    .where('status', '=', 'busy')
    .where('attempts', '=', p('attempt'))
}

/** How many uploads wait to be processed, or are under way. */
export function* countJobs(): Verb<number> {
  return Number((yield* one(countUnfinished, {}))?.count ?? 0)
}

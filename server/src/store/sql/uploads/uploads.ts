import type { NewUpload, Upload, UploadDeletion, UploadFile, UploadLimits } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { toLoudness } from './loudness.ts'
import { takeFiles } from './upload-files.ts'

const sumOpen = statement((p: Placeholder<{ userId: number | null; address: string | null }>) =>
  query
    .selectFrom('uploads')
    .select(({ fn }) => [fn.countAll<number>().as('uploads'), fn.sum<number | null>('length').as('bytes')])
    .where((is) =>
      is.or([
        is('user_id', '=', p('userId')),
        is.and([is('user_id', 'is', null), is('address', '=', p('address'))]),
      ]),
    )
    .where('claimed_at', 'is', null)
    .where('released_at', 'is', null)
    .where('status', '<>', 'error'),
)

const insertUpload = statement(
  (
    p: Placeholder<
      Pick<NewUpload, Exclude<keyof NewUpload, 'node'>> & {
        node: string | null
        progress: number
        attempts: number
      }
    >,
  ) =>
    query.insertInto('uploads').values({
      id: p('id'),
      user_id: p('userId'),
      address: p('address'),
      node: p('node'),
      template: p('template'),
      filename: p('filename'),
      length: p('length'),
      preview_start_seconds: p('previewStartSeconds'),
      status: 'receiving',
      progress: p('progress'),
      created_at: p('createdAt'),
      expires_at: p('expiresAt'),
      attempts: p('attempts'),
    }),
)

const selectUpload = statement((p: Placeholder<{ id: string }>) =>
  query
    .selectFrom('uploads')
    .select(['id', 'user_id', 'address', 'node', 'template', 'filename', 'length', 'preview_start_seconds'])
    .select([
      'status',
      'error',
      'progress',
      'duration_seconds',
      'bpm',
      'musical_key',
      'loudness',
      'true_peak',
    ])
    .select(['created_at', 'expires_at', 'claimed_at', 'received'])
    .where('id', '=', p('id')),
)

const selectFiles = statement((p: Placeholder<{ id: string }>) =>
  query
    .selectFrom('upload_files')
    .select(['role', 'cid', 'type', 'bytes'])
    .where('upload_id', '=', p('id'))
    .orderBy('role'),
)

const queueUpload = statement((p: Placeholder<{ id: string }>) =>
  query
    .updateTable('uploads')
    .set({ status: 'new' })
    .where('id', '=', p('id'))
    .where('status', '=', 'receiving'),
)

const deleteRow = statement((p: Placeholder<{ id: string }>) =>
  query.deleteFrom('uploads').where('id', '=', p('id')),
)

const claimedFiles = (p: Placeholder<{ cid: string }>) =>
  query
    .selectFrom('upload_files')
    .innerJoin('uploads', 'uploads.id', 'upload_files.upload_id')
    .leftJoin('users', 'users.id', 'uploads.user_id')
    .select(['role', 'cid', 'type', 'bytes'])
    .where('cid', '=', p('cid'))
    .where('claimed_at', 'is not', null)
    // What a disabled person published is not there; their apps are.
    .where((is) =>
      is.or([
        is('users.disabled_at', 'is', null),
        is.exists(
          is
            .selectFrom('apps')
            .select('apps.api_key')
            .whereRef('apps.owner_id', '=', 'users.id')
            .whereRef('apps.logo', '=', 'upload_files.cid')
            .where('apps.deleted_at', 'is', null),
        ),
      ]),
    )
    .limit(1)
const selectOpen = statement((p: Placeholder<{ cid: string }>) =>
  claimedFiles(p).where('role', '<>', 'original'),
)
const selectClaimed = statement(claimedFiles)

/** Reserves an upload's bytes unless its user or address has too much open. */
export function* createUpload(
  upload: NewUpload,
  limits: UploadLimits,
): Verb<'created' | 'too_many' | 'too_large'> {
  const open = yield* one(sumOpen, { userId: upload.userId, address: upload.address })
  if ((open?.uploads ?? 0) >= limits.uploads) return 'too_many'
  if ((open?.bytes ?? 0) + upload.length > limits.bytes) return 'too_large'
  yield* change(insertUpload, { ...upload, node: upload.node ?? null, progress: 0, attempts: 0 })
  return 'created'
}

/** An upload with its files. */
export function* findUpload(id: string): Verb<Upload | undefined> {
  const row = yield* one(selectUpload, { id })
  if (row === undefined) return undefined
  const files = yield* all(selectFiles, { id })
  return {
    id: row.id,
    userId: row.user_id,
    address: row.address,
    ...(row.node !== null && { node: row.node }),
    template: row.template,
    filename: row.filename,
    length: row.length,
    previewStartSeconds: row.preview_start_seconds,
    status: row.status,
    error: row.error,
    progress: row.progress,
    durationSeconds: row.duration_seconds,
    bpm: row.bpm,
    musicalKey: row.musical_key,
    loudness: toLoudness(row) ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    claimedAt: row.claimed_at,
    received: row.received,
    files,
  }
}

/** Queues an upload whose bytes are all there. */
export function* finishUpload(id: string): Verb<boolean> {
  return (yield* change(queueUpload, { id })) > 0
}

/** Deletes an upload that nobody has claimed. */
export function* deleteUpload(id: string): Verb<UploadDeletion> {
  const row = yield* one(selectUpload, { id })
  if (row === undefined) return { outcome: 'unknown' }
  if (row.claimed_at !== null) return { outcome: 'claimed' }
  const unreferenced = yield* takeFiles(id)
  yield* change(deleteRow, { id })
  return { outcome: 'deleted', unreferenced }
}

/** A file for everyone that something claimed refers to. */
export function* findContent(cid: string): Verb<UploadFile | undefined> {
  return yield* one(selectOpen, { cid })
}

/** A file that something claimed refers to. */
export function* findClaimed(cid: string): Verb<UploadFile | undefined> {
  return yield* one(selectClaimed, { cid })
}

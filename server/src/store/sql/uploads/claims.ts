import type { FileFault } from '../../contract/music.ts'
import type { AudioSource, Instant, Loudness } from '../../contract/store.ts'
import type { Schema } from '../schema.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { toLoudness } from './loudness.ts'

type Template = Schema['uploads']['template']
type Role = Schema['upload_files']['role']

/** What can refer to a file: a field of a track or profile, or the logo of an app. */
type Claimant = FileFault['field'] | 'logo'

/** Where the file of a field comes from. */
const sources: Readonly<Record<Claimant, { template: Template; role: Role }>> = {
  trackCid: { template: 'audio', role: 'stream' },
  origFileCid: { template: 'audio', role: 'original' },
  previewCid: { template: 'audio', role: 'preview' },
  coverArt: { template: 'img_square', role: 'image' },
  profilePicture: { template: 'img_square', role: 'image' },
  coverPhoto: { template: 'img_backdrop', role: 'image' },
  logo: { template: 'img_square', role: 'image' },
}

/** A file that a track, a profile or an app is to have. */
export interface Wish<Field extends Claimant = FileFault['field']> {
  readonly field: Field
  readonly cid: string
}

/** What is known of a file that may be used. */
export interface Source {
  /** The upload to claim; null when the user's own tracks or profile have the file already. */
  readonly uploadId: string | null
  readonly duration: number | null
  readonly bpm: number | null
  readonly musicalKey: string | null
  readonly loudness: Loudness | null
  readonly filename: string | null
  /** The other files that were made of the same bytes. */
  readonly originalCid: string | null
  readonly previewCid: string | null
  readonly previewStartSeconds: number | null
}

export type Sources = ReadonlyMap<Claimant, Source>

const selectUpload = statement(
  (
    p: Placeholder<{
      cid: string
      userId: number
      template: Template
      role: Role
      originalCid: string | null
      previewCid: string | null
      now: Instant
    }>,
  ) =>
    query
      .selectFrom('upload_files')
      .innerJoin('uploads', 'uploads.id', 'upload_files.upload_id')
      .leftJoin('upload_files as original', (join) =>
        join.onRef('original.upload_id', '=', 'uploads.id').on('original.role', '=', 'original'),
      )
      .leftJoin('upload_files as preview', (join) =>
        join.onRef('preview.upload_id', '=', 'uploads.id').on('preview.role', '=', 'preview'),
      )
      .select(['uploads.id', 'status', 'duration_seconds', 'bpm', 'musical_key', 'loudness', 'true_peak'])
      .select(['filename', 'preview_start_seconds'])
      .select(['original.cid as originalCid', 'preview.cid as previewCid'])
      .where('upload_files.cid', '=', p('cid'))
      .where('template', '=', p('template'))
      .where('upload_files.role', '=', p('role'))
      .where((is) => is.or([is('user_id', 'is', null), is('user_id', '=', p('userId'))]))
      .where((is) => is.or([is('claimed_at', 'is not', null), is('expires_at', '>', p('now'))]))
      .where('status', '!=', 'error')
      .orderBy((is) => is('status', '=', 'done'), 'desc')
      // One's own before what is only staged.
      .orderBy((is) => is('user_id', 'is', null))
      // Several uploads can have one stream: the one meant has the other files that were named as well.
      .orderBy((is) => is('original.cid', 'is not distinct from', p('originalCid')), 'desc')
      .orderBy((is) => is('preview.cid', 'is not distinct from', p('previewCid')), 'desc')
      .orderBy('uploads.created_at', 'desc')
      .limit(1),
)

const selectOwnTrack = statement((p: Placeholder<{ cid: string; userId: number }>) =>
  query
    .selectFrom('tracks')
    .select(['duration', 'bpm', 'musical_key', 'loudness', 'true_peak', 'orig_filename', 'orig_file_cid'])
    .select(['preview_cid', 'preview_start_seconds'])
    .select((is) => [
      is('track_cid', '=', p('cid')).as('trackCid'),
      is('orig_file_cid', '=', p('cid')).as('origFileCid'),
      is('preview_cid', '=', p('cid')).as('previewCid'),
      is('cover_art', '=', p('cid')).as('coverArt'),
    ])
    .where('user_id', '=', p('userId'))
    .where('deleted_at', 'is', null)
    .where((is) =>
      is.or([
        is('track_cid', '=', p('cid')),
        is('orig_file_cid', '=', p('cid')),
        is('preview_cid', '=', p('cid')),
        is('cover_art', '=', p('cid')),
      ]),
    )
    .orderBy('id', 'desc'),
)

const selectOwnPictures = statement((p: Placeholder<{ userId: number }>) =>
  query.selectFrom('users').select(['profile_picture', 'cover_photo']).where('id', '=', p('userId')),
)

const claimUpload = statement((p: Placeholder<{ id: string; userId: number; now: Instant }>) =>
  query
    .updateTable('uploads')
    .set((set) => ({ user_id: p('userId'), claimed_at: set.fn.coalesce('claimed_at', p('now')) }))
    .where('id', '=', p('id'))
    .where('status', '=', 'done')
    .where((is) => is.or([is('user_id', 'is', null), is('user_id', '=', p('userId'))])),
)

/** Looks for the file of every wish, and says which may not be used. Changes nothing. */
export function* findSources<Field extends Claimant>(
  wishes: readonly Wish<Field>[],
  userId: number,
  now: Instant,
): Verb<{ readonly sources: Sources } | { readonly faults: readonly Fault<Field>[] }> {
  const sources = new Map<Claimant, Source>()
  const faults: Fault<Field>[] = []
  const cidOf = (field: Claimant) => wishes.find((wish) => wish.field === field)?.cid ?? null
  const beside = { originalCid: cidOf('origFileCid'), previewCid: cidOf('previewCid') }
  for (const wish of wishes) {
    const found = yield* find(wish, beside, userId, now)
    if (typeof found === 'string') faults.push({ field: wish.field, reason: found })
    else sources.set(wish.field, found)
  }
  return faults.length > 0 ? { faults } : { sources }
}

/** Audio that a track of this user may play. */
export function* findAudio(
  trackCid: string,
  previewCid: string | null,
  userId: number,
  now: Instant,
): Verb<AudioSource | undefined> {
  const found = yield* find(
    { field: 'trackCid', cid: trackCid },
    { originalCid: null, previewCid },
    userId,
    now,
  )
  return typeof found === 'string' ? undefined : found
}

/** Makes the uploads of these files the user's own for good. */
export function* claim(sources: Sources, userId: number, now: Instant): Verb<void> {
  for (const id of new Set(Array.from(sources.values(), ({ uploadId }) => uploadId))) {
    // An upload that went between the two statements takes the whole verb with it.
    if (id !== null && (yield* change(claimUpload, { id, userId, now })) === 0)
      throw new Error('An upload was lost while it was claimed')
  }
}

interface Fault<Field extends Claimant> {
  readonly field: Field
  readonly reason: FileFault['reason']
}

function* find(
  { field, cid }: Wish<Claimant>,
  beside: Pick<Source, 'originalCid' | 'previewCid'>,
  userId: number,
  now: Instant,
): Verb<Source | FileFault['reason']> {
  const upload = yield* one(selectUpload, { cid, ...beside, userId, ...sources[field], now })
  if (upload?.status === 'done')
    return {
      uploadId: upload.id,
      duration: upload.duration_seconds,
      bpm: upload.bpm,
      musicalKey: upload.musical_key,
      loudness: toLoudness(upload),
      filename: upload.filename,
      originalCid: upload.originalCid,
      previewCid: upload.previewCid,
      previewStartSeconds: upload.preview_start_seconds,
    }
  const own = yield* findOwn(field, cid, userId)
  return own ?? (upload ? 'unfinished' : 'unknown')
}

function* findOwn(field: Claimant, cid: string, userId: number): Verb<Source | undefined> {
  // No logo was ever there before its upload.
  if (field === 'logo') return undefined
  const nothing: Source = {
    uploadId: null,
    duration: null,
    bpm: null,
    musicalKey: null,
    loudness: null,
    filename: null,
    previewStartSeconds: null,
    originalCid: null,
    previewCid: null,
  }
  if (field === 'profilePicture' || field === 'coverPhoto') {
    const pictures = yield* one(selectOwnPictures, { userId })
    const own = field === 'profilePicture' ? pictures?.profile_picture : pictures?.cover_photo
    return own === cid ? nothing : undefined
  }
  const tracks = yield* all(selectOwnTrack, { cid, userId })
  const track = tracks.find((row) => Boolean(row[field]))
  if (!track) return undefined
  return {
    uploadId: null,
    duration: track.duration,
    bpm: track.bpm,
    musicalKey: track.musical_key,
    loudness: toLoudness(track),
    filename: track.orig_filename,
    originalCid: track.orig_file_cid,
    previewCid: track.preview_cid,
    previewStartSeconds: track.preview_start_seconds,
  }
}

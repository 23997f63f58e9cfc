import type { Selectable } from 'kysely'
import type { NewTrack, TrackFacts } from '../../contract/music.ts'
import type { Schema } from '../schema.ts'
import type { Placeholder } from '../statement.ts'
import type { Source } from '../uploads/claims.ts'
import { toLoudness } from '../uploads/loudness.ts'
import { searchKey } from './search-key.ts'

/** What a track's facts are in SQL. */
export type FactValues = {
  [Name in Exclude<keyof TrackFacts, 'loudness'>]: TrackFacts[Name] extends boolean ? 0 | 1 : TrackFacts[Name]
} & { titleKey: string; integrated: number | null; truePeak: number | null }

/** The columns that hold a track's facts. */
export const factColumns = [
  'title',
  'genre',
  'mood',
  'tags',
  'description',
  'license',
  'isrc',
  'release_date',
  'track_cid',
  'preview_cid',
  'preview_start_seconds',
  'orig_file_cid',
  'orig_filename',
  'cover_art',
  'duration',
  'bpm',
  'musical_key',
  'loudness',
  'true_peak',
  'is_downloadable',
  'is_unlisted',
] as const

/** The columns of an insert or update that writes every fact. */
export const writeFacts = (p: Placeholder<FactValues>) => ({
  title: p('title'),
  title_key: p('titleKey'),
  genre: p('genre'),
  mood: p('mood'),
  tags: p('tags'),
  description: p('description'),
  license: p('license'),
  isrc: p('isrc'),
  release_date: p('releaseDate'),
  track_cid: p('trackCid'),
  preview_cid: p('previewCid'),
  preview_start_seconds: p('previewStartSeconds'),
  orig_file_cid: p('origFileCid'),
  orig_filename: p('origFilename'),
  cover_art: p('coverArt'),
  duration: p('duration'),
  bpm: p('bpm'),
  musical_key: p('musicalKey'),
  loudness: p('integrated'),
  true_peak: p('truePeak'),
  is_downloadable: p('isDownloadable'),
  is_unlisted: p('isUnlisted'),
})

/** The facts in a row that has `factColumns`. */
export function toFacts(row: Pick<Selectable<Schema['tracks']>, (typeof factColumns)[number]>): TrackFacts {
  return {
    title: row.title,
    genre: row.genre,
    mood: row.mood,
    tags: row.tags,
    description: row.description,
    license: row.license,
    isrc: row.isrc,
    releaseDate: row.release_date,
    trackCid: row.track_cid,
    previewCid: row.preview_cid,
    previewStartSeconds: row.preview_start_seconds,
    origFileCid: row.orig_file_cid,
    origFilename: row.orig_filename,
    coverArt: row.cover_art,
    duration: row.duration,
    bpm: row.bpm,
    musicalKey: row.musical_key,
    loudness: toLoudness(row),
    isDownloadable: row.is_downloadable === 1,
    isUnlisted: row.is_unlisted === 1,
  }
}

/** The values that `writeFacts` writes. */
export const toFactValues = ({ loudness, ...facts }: TrackFacts): FactValues => ({
  ...facts,
  integrated: loudness?.integrated ?? null,
  truePeak: loudness?.truePeak ?? null,
  titleKey: searchKey(facts.title),
  // Whole seconds, as clients show them; nothing that is heard lasts none.
  duration: facts.duration > 0 ? Math.max(1, Math.round(facts.duration)) : 0,
  isDownloadable: facts.isDownloadable ? 1 : 0,
  isUnlisted: facts.isUnlisted ? 1 : 0,
})

/** What an upload says about the track that is made of it. */
export const factsOf = (
  source: Source | undefined,
): Pick<TrackFacts, 'duration' | 'bpm' | 'musicalKey' | 'loudness' | 'origFilename'> => ({
  duration: source?.duration ?? 0,
  bpm: source?.bpm ?? null,
  musicalKey: source?.musicalKey ?? null,
  loudness: source?.loudness ?? null,
  origFilename: source?.filename ?? null,
})

/** A new track's facts: what its owner says, and what the upload says where the owner is silent. */
export const completed = (
  track: Omit<NewTrack, 'userId' | 'apiKey' | 'now'>,
  source: Source | undefined,
): TrackFacts => ({
  ...factsOf(source),
  ...track,
  ...heard(source?.duration),
})

/** How long audio lasts that was read, whatever is said of it; nothing of what was not. */
export const heard = (seconds: number | null | undefined): Partial<Pick<TrackFacts, 'duration'>> =>
  seconds ? { duration: seconds } : {}

import { sql } from 'kysely'
import type { Track } from '../../contract/music.ts'
import { relationColumns, toRelation } from '../listening/relation.ts'
import { type Placeholder, query } from '../statement.ts'
import { type ProfileRow, profileColumns, toProfile } from './profile-row.ts'
import { toFacts } from './track-facts.ts'

const trackColumns = [
  'tracks.id as track_id',
  'tracks.slug',
  'tracks.title',
  'tracks.genre',
  'tracks.mood',
  'tracks.tags',
  'tracks.description',
  'tracks.license',
  'tracks.isrc',
  'tracks.release_date',
  'tracks.track_cid',
  'tracks.preview_cid',
  'tracks.preview_start_seconds',
  'tracks.orig_file_cid',
  'tracks.orig_filename',
  'tracks.cover_art',
  'tracks.duration',
  'tracks.bpm',
  'tracks.musical_key',
  'tracks.loudness',
  'tracks.true_peak',
  'tracks.is_downloadable',
  'tracks.is_unlisted',
  'tracks.favorite_count',
  'tracks.repost_count',
  'tracks.comment_count',
  'tracks.play_count',
  'tracks.created_at as track_created_at',
  'tracks.updated_at as track_updated_at',
] as const

/** Tracks that are there, with their artists, as a viewer sees them. */
export function visibleTracks(p: Placeholder<{ viewerId: number | null }>) {
  return query
    .selectFrom('tracks')
    .innerJoin('users', 'users.id', 'tracks.user_id')
    .select(trackColumns)
    .select(profileColumns)
    .select(
      query
        .selectFrom('favorites as own')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('own.track_id', '=', sql.ref<number>('tracks.id'))
        .where('own.user_id', '=', p('viewerId'))
        .as('saves_of_viewer'),
    )
    .select(
      query
        .selectFrom('track_reposts as own')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('own.item_id', '=', sql.ref<number>('tracks.id'))
        .where('own.user_id', '=', p('viewerId'))
        .as('reposts_of_viewer'),
    )
    .select(relationColumns(p))
    .where('tracks.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null)
}

/** The visible tracks that lists show to the viewer: unlisted ones are their owner's alone. */
export function listedTracks(p: Placeholder<{ viewerId: number | null }>) {
  return visibleTracks(p).where((is) =>
    is.or([is('tracks.is_unlisted', '=', 0), is('tracks.user_id', '=', p('viewerId'))]),
  )
}

type TrackRow =
  ReturnType<ReturnType<typeof visibleTracks>['execute']> extends Promise<(infer Row)[]> ? Row : never

/** The track in a row of `visibleTracks`. */
export function toTrack(row: TrackRow): Track {
  return {
    id: row.track_id,
    slug: row.slug,
    ...toFacts(row),
    user: toProfile(row satisfies ProfileRow),
    relation: toRelation(row),
    favoriteCount: row.favorite_count,
    repostCount: row.repost_count,
    commentCount: row.comment_count,
    playCount: row.play_count,
    isSaved: row.saves_of_viewer === 1,
    isReposted: row.reposts_of_viewer === 1,
    createdAt: row.track_created_at,
    updatedAt: row.track_updated_at,
  }
}

import { sql } from 'kysely'
import type { Playlist, PlaylistEntry } from '../../contract/playlists.ts'
import { relationColumns, toRelation } from '../listening/relation.ts'
import { type ProfileRow, profileColumns, toProfile } from '../music/profile-row.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, type Verb } from '../transaction.ts'

const playlistColumns = [
  'playlists.id as playlist_id',
  'playlists.slug',
  'playlists.name as playlist_name',
  'playlists.description',
  'playlists.is_album',
  'playlists.is_private',
  'playlists.cover_art',
  'playlists.upc',
  'playlists.release_date',
  'playlists.favorite_count',
  'playlists.repost_count',
  'playlists.created_at as playlist_created_at',
  'playlists.updated_at as playlist_updated_at',
] as const

type OfViewer = { viewerId: number | null }

const ofViewer = (p: Placeholder<OfViewer>, table: 'playlist_favorites' | 'playlist_reposts') =>
  query
    .selectFrom(`${table} as own`)
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('own.item_id', '=', sql.ref<number>('playlists.id'))
    .where('own.user_id', '=', p('viewerId'))

/** Playlists that are there, with their owners, as a viewer sees them. */
export function visiblePlaylists(p: Placeholder<OfViewer>) {
  return query
    .selectFrom('playlists')
    .innerJoin('users', 'users.id', 'playlists.user_id')
    .select(playlistColumns)
    .select(profileColumns)
    .select([
      ofViewer(p, 'playlist_favorites').as('saves_of_viewer'),
      ofViewer(p, 'playlist_reposts').as('reposts_of_viewer'),
    ])
    .select(relationColumns(p))
    .where('playlists.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null)
}

/** The visible playlists that lists show to the viewer: private ones are their owner's alone. */
export function listedPlaylists(p: Placeholder<OfViewer>) {
  return visiblePlaylists(p).where((is) =>
    is.or([is('playlists.is_private', '=', 0), is('playlists.user_id', '=', p('viewerId'))]),
  )
}

/** The entries of a playlist that its viewer may see, in their order. */
export const selectEntries = statement((p: Placeholder<OfViewer & { playlistId: number }>) =>
  query
    .selectFrom('playlist_tracks')
    .innerJoin('tracks', 'tracks.id', 'playlist_tracks.track_id')
    .innerJoin('users', 'users.id', 'tracks.user_id')
    .select(['playlist_tracks.position', 'playlist_tracks.track_id', 'playlist_tracks.added_at'])
    .where('playlist_tracks.playlist_id', '=', p('playlistId'))
    .where('tracks.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null)
    .where((is) => is.or([is('tracks.is_unlisted', '=', 0), is('tracks.user_id', '=', p('viewerId'))]))
    .orderBy('playlist_tracks.position'),
)

export type PlaylistRow =
  ReturnType<ReturnType<typeof visiblePlaylists>['execute']> extends Promise<(infer Row)[]> ? Row : never

/** The playlist in a row of `visiblePlaylists`, with what it holds. */
export function* toPlaylist(row: PlaylistRow, viewerId: number | null): Verb<Playlist> {
  const entries = yield* all(selectEntries, { playlistId: row.playlist_id, viewerId })
  return {
    id: row.playlist_id,
    slug: row.slug,
    name: row.playlist_name,
    description: row.description,
    isAlbum: row.is_album === 1,
    isPrivate: row.is_private === 1,
    coverArt: row.cover_art,
    upc: row.upc,
    releaseDate: row.release_date,
    user: toProfile(row satisfies ProfileRow),
    relation: toRelation(row),
    entries: entries.map((entry): PlaylistEntry => ({ trackId: entry.track_id, addedAt: entry.added_at })),
    favoriteCount: row.favorite_count,
    repostCount: row.repost_count,
    isSaved: row.saves_of_viewer === 1,
    isReposted: row.reposts_of_viewer === 1,
    createdAt: row.playlist_created_at,
    updatedAt: row.playlist_updated_at,
  }
}

/** The playlists in rows. */
export function* toPlaylists(
  rows: readonly PlaylistRow[],
  viewerId: number | null,
): Verb<readonly Playlist[]> {
  const playlists: Playlist[] = []
  for (const row of rows) playlists.push(yield* toPlaylist(row, viewerId))
  return playlists
}

import type { Trending } from '../../contract/listening.ts'
import type { Track } from '../../contract/music.ts'
import type { Playlist } from '../../contract/playlists.ts'
import type { Instant } from '../../contract/store.ts'
import { dayOf } from '../music/plays.ts'
import { findTracks } from '../music/track-lists.ts'
import { findPlaylists } from '../playlists/playlist-lists.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, type Verb } from '../transaction.ts'

/** How many of the last doings are counted: a look at the charts costs the same in a store of any size. */
const counted = 5_000

type Since = { since: Instant }

const lately = (p: Placeholder<Since>, table: 'track_reposts' | 'playlist_reposts' | 'playlist_favorites') =>
  query
    .selectFrom(table)
    .select('item_id as id')
    .where('created_at', '>=', p('since'))
    .orderBy('created_at', 'desc')
    .limit((of) => of.lit(counted))
    .as('lately')

const latelySaved = (p: Placeholder<Since>) =>
  query
    .selectFrom('favorites')
    .select('track_id as id')
    .where('created_at', '>=', p('since'))
    .orderBy('created_at', 'desc')
    .limit((of) => of.lit(counted))
    .as('lately')

const selectLatelySaved = statement((p: Placeholder<Since>) =>
  query.selectFrom(latelySaved(p)).select('lately.id'),
)
const selectLately = (table: 'track_reposts' | 'playlist_reposts' | 'playlist_favorites') =>
  statement((p: Placeholder<Since>) => query.selectFrom(lately(p, table)).select('lately.id'))
const selectTrackReposts = selectLately('track_reposts')
const selectPlaylistReposts = selectLately('playlist_reposts')
const selectPlaylistFavorites = selectLately('playlist_favorites')

const mostSaved = (p: Placeholder<{ most: number }>) =>
  query
    .selectFrom('tracks')
    .select('id')
    .where('is_unlisted', '=', 0)
    .where('deleted_at', 'is', null)
    .orderBy('favorite_count', 'desc')
    .orderBy('id', 'desc')
    .limit(p('most'))
const selectEverTracks = statement((p: Placeholder<{ most: number }>) => mostSaved(p))
const selectEverOfGenre = statement((p: Placeholder<{ genre: string; most: number }>) =>
  mostSaved(p).where('genre', '=', p('genre')),
)

const selectEverPlaylists = statement((p: Placeholder<{ isAlbum: 0 | 1; most: number }>) =>
  query
    .selectFrom('playlists')
    .select('id')
    .where('is_private', '=', 0)
    .where('deleted_at', 'is', null)
    .where('is_album', '=', p('isAlbum'))
    .orderBy('favorite_count', 'desc')
    .orderBy('id', 'desc')
    .limit(p('most')),
)

const selectLatelyHeard = statement((p: Placeholder<{ day: number }>) =>
  query
    .selectFrom('daily_plays')
    .select(['track_id as id', 'plays'])
    .where('day', '>=', p('day'))
    .orderBy('day', 'desc')
    .orderBy('plays', 'desc')
    .limit((of) => of.lit(counted)),
)

/** What hearing something weighs beside saving or reposting it. */
const weightOfPlay = 0.1

/** The ids by how much each was counted, the most first. */
function byCount(rows: readonly { readonly id: number; readonly plays?: number }[]): readonly number[] {
  const counts = new Map<number, number>()
  for (const { id, plays } of rows)
    counts.set(id, (counts.get(id) ?? 0) + (plays === undefined ? 1 : plays * weightOfPlay))
  return [...counts].sort(([id, count], [other, more]) => more - count || other - id).map(([id]) => id)
}

/** Listed tracks, by what was done with them lately. */
export function* listTrendingTracks({
  since,
  genre,
  offset,
  limit,
  viewerId,
}: Trending): Verb<readonly Track[]> {
  const lately =
    since === null
      ? []
      : byCount([
          ...(yield* all(selectLatelySaved, { since })),
          ...(yield* all(selectTrackReposts, { since })),
          ...(yield* all(selectLatelyHeard, { day: dayOf(since) })),
        ])
  const most = offset + limit
  const ever =
    genre === null ? yield* all(selectEverTracks, { most }) : yield* all(selectEverOfGenre, { genre, most })
  const found: Track[] = []
  for (const id of new Set([...lately, ...ever.map((row) => row.id)])) {
    if (found.length === offset + limit) break
    const [track] = yield* findTracks([id], { viewerId })
    if (track && !track.isUnlisted && (genre === null || track.genre === genre)) found.push(track)
  }
  return found.slice(offset)
}

/** Public playlists, by what was done with them lately. */
export function* listTrendingPlaylists({
  since,
  isAlbum,
  offset,
  limit,
  viewerId,
}: Omit<Trending, 'genre'> & { readonly isAlbum: boolean }): Verb<readonly Playlist[]> {
  const lately =
    since === null
      ? []
      : byCount([
          ...(yield* all(selectPlaylistFavorites, { since })),
          ...(yield* all(selectPlaylistReposts, { since })),
        ])
  const ever = yield* all(selectEverPlaylists, { isAlbum: isAlbum ? 1 : 0, most: offset + limit })
  const found: Playlist[] = []
  for (const id of new Set([...lately, ...ever.map((row) => row.id)])) {
    if (found.length === offset + limit) break
    const [playlist] = yield* findPlaylists([id], { viewerId })
    if (playlist && !playlist.isPrivate && playlist.isAlbum === isAlbum) found.push(playlist)
  }
  return found.slice(offset)
}

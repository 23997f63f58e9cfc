import type { Viewer } from '../../contract/music.ts'
import type { Playlist, PlaylistList } from '../../contract/playlists.ts'
import type { Instant } from '../../contract/store.ts'
import { type Placeholder, statement } from '../statement.ts'
import { all, one, type Verb } from '../transaction.ts'
import { listedPlaylists, toPlaylist, toPlaylists, visiblePlaylists } from './playlist-row.ts'

type ListValues = { userId: number; viewerId: number | null; isAlbum: 0 | 1; offset: number; limit: number }

const selectPlaylist = statement((p: Placeholder<{ id: number; viewerId: number | null }>) =>
  visiblePlaylists(p).where('playlists.id', '=', p('id')),
)

const selectList = statement((p: Placeholder<ListValues>) =>
  listedPlaylists(p)
    .where('playlists.user_id', '=', p('userId'))
    .where('playlists.is_album', '=', p('isAlbum'))
    .orderBy('playlists.created_at', 'desc')
    .orderBy('playlists.id', 'desc')
    .limit(p('limit'))
    .offset(p('offset')),
)

const selectSaved = statement((p: Placeholder<ListValues>) =>
  listedPlaylists(p)
    .innerJoin('playlist_favorites', 'playlist_favorites.item_id', 'playlists.id')
    .select('playlist_favorites.created_at as saved_at')
    .where('playlist_favorites.user_id', '=', p('userId'))
    .where('playlists.is_album', '=', p('isAlbum'))
    .orderBy('playlist_favorites.created_at', 'desc')
    .orderBy('playlists.id', 'desc')
    .limit(p('limit'))
    .offset(p('offset')),
)

const valuesOf = ({ userId, viewerId, isAlbum, offset, limit }: PlaylistList): ListValues => ({
  ...{ userId, viewerId, offset, limit },
  isAlbum: isAlbum ? 1 : 0,
})

/** A playlist that is there, private or not. */
export function* findPlaylist(id: number, { viewerId }: Viewer): Verb<Playlist | undefined> {
  const row = yield* one(selectPlaylist, { id, viewerId })
  return row && (yield* toPlaylist(row, viewerId))
}

/** The playlists of these ids that are there, in their order, each once. */
export function* findPlaylists(ids: readonly number[], viewer: Viewer): Verb<readonly Playlist[]> {
  const playlists: Playlist[] = []
  for (const id of new Set(ids)) {
    const playlist = yield* findPlaylist(id, viewer)
    if (playlist) playlists.push(playlist)
  }
  return playlists
}

/** The first of these that are albums, or that are not, or of both. */
export function* findOfKind(
  ids: readonly number[],
  isAlbum: boolean | null,
  most: number,
  viewer: Viewer,
): Verb<readonly Playlist[]> {
  const found: Playlist[] = []
  for (const id of ids) {
    if (found.length === most) break
    const playlist = yield* findPlaylist(id, viewer)
    if (playlist && (isAlbum === null || playlist.isAlbum === isAlbum)) found.push(playlist)
  }
  return found
}

/** A user's playlists or albums. */
export function* listPlaylists(list: PlaylistList): Verb<readonly Playlist[]> {
  return yield* toPlaylists(yield* all(selectList, valuesOf(list)), list.viewerId)
}

/** The playlists or albums in a library. */
export function* listSavedPlaylists(
  list: PlaylistList,
): Verb<readonly { readonly playlist: Playlist; readonly at: Instant }[]> {
  const saved: { playlist: Playlist; at: Instant }[] = []
  for (const row of yield* all(selectSaved, valuesOf(list)))
    saved.push({ playlist: yield* toPlaylist(row, list.viewerId), at: row.saved_at })
  return saved
}

import { Type } from 'typebox'
import { FieldError, refused } from '../errors/api.ts'
import type { AccessToken } from '../store/contract/store.ts'
import { paging, searchText } from './fields.ts'
import { readIds } from './ids.ts'
import { idsOfPermalinks } from './permalink.ts'
import { playlistJson } from './playlist.ts'
import { PlaylistSchema, Playlists } from './playlist-schema.ts'
import { type ApiDeps, type Resource, resource, value } from './resource.ts'
import { iso, trackJson } from './track.ts'
import { viewerOf } from './track-reads.ts'
import { Tracks } from './track-schema.ts'

const SavedPlaylists = Type.Object({
  data: Type.Array(
    Type.Object(
      {
        timestamp: Type.String({ format: 'date-time', description: 'When it was saved.' }),
        item_type: Type.Literal('playlist', { description: 'What kind of thing was saved.' }),
        item: PlaylistSchema,
      },
      { title: 'SavedPlaylist', description: 'A playlist in a library.' },
    ),
  ),
})

const many = (what: string) =>
  Type.Optional(Type.Array(Type.String(), { maxItems: 100, description: `up to 100 ${what}` }))

const ofUser = (path: '/v1/users/{id}/playlists' | '/v1/users/{id}/albums', name: string, isAlbum: boolean) =>
  resource({
    method: 'GET',
    path,
    name,
    group: 'Playlists',
    summary: `A user’s ${isAlbum ? 'albums' : 'playlists'}, the newest first; private ones for the user alone`,
    access: 'anyone',
    query: paging,
    answer: Playlists,
    async respond({ caller, path: { id: userId }, query }, deps) {
      if ((await deps.store.findProfile(userId)) === undefined) throw refused.noSuch('user')
      const list = await deps.store.listPlaylists({ ...viewerOf(caller), ...query, userId, isAlbum })
      return value({ data: list.map((playlist) => playlistJson(playlist, deps.issuer)) })
    },
  })

const library = (
  path: '/v1/users/{id}/library/playlists' | '/v1/users/{id}/library/albums',
  name: string,
  isAlbum: boolean,
) =>
  resource({
    method: 'GET',
    path,
    name,
    group: 'Library',
    summary: `The ${isAlbum ? 'albums' : 'playlists'} in a library, what was saved last first`,
    access: 'anyone',
    query: paging,
    answer: SavedPlaylists,
    async respond({ caller, path: { id: userId }, query }, { store, issuer }) {
      if ((await store.findProfile(userId)) === undefined) throw refused.noSuch('user')
      const saved = await store.listSavedPlaylists({ ...viewerOf(caller), ...query, userId, isAlbum })
      const data = saved.map(({ playlist, at }) => ({
        timestamp: iso(at),
        item_type: 'playlist',
        item: playlistJson(playlist, issuer),
      }))
      return value({ data })
    },
  })

/** Looking at playlists and albums. */
export const playlistReads: readonly Resource[] = [
  resource({
    method: 'GET',
    path: '/v1/playlists/search',
    name: 'searchPlaylists',
    group: 'Playlists',
    summary: 'Finds playlists by their names and who made them',
    access: 'anyone',
    query: { query: searchText, ...paging },
    answer: Playlists,
    async respond({ caller, query }, { store, issuer }) {
      const found = await store.searchPlaylists({ ...query, ...viewerOf(caller), isAlbum: false })
      return value({ data: found.map((playlist) => playlistJson(playlist, issuer)) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/playlists/{id}',
    name: 'getPlaylist',
    group: 'Playlists',
    summary: 'A playlist or album, private ones as well, as the one member of a list',
    access: 'anyone',
    answer: Playlists,
    async respond({ caller, path }, deps) {
      return value({ data: [playlistJson(await existing(path.id, caller, deps), deps.issuer)] })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/playlists',
    name: 'getBulkPlaylists',
    group: 'Playlists',
    summary: 'Several playlists by their ids or permalinks; those that are not there are left out',
    access: 'anyone',
    query: { id: many('ids'), permalink: many('permalinks') },
    answer: Playlists,
    async respond({ caller, query }, { store, issuer }) {
      const named = readIds(query.id ?? [], 'id')
      const ids = [...named, ...idsOfPermalinks(query.permalink ?? [])]
      if (ids.length === 0 && !query.permalink?.length)
        throw new FieldError([{ field: 'id', message: 'id is missing.' }])
      const found = await store.findPlaylists(ids, viewerOf(caller))
      return value({ data: found.map((playlist) => playlistJson(playlist, issuer)) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/playlists/{id}/tracks',
    name: 'getPlaylistTracks',
    group: 'Playlists',
    summary: 'The tracks of a playlist, in their order',
    access: 'anyone',
    query: { ...paging, limit: { ...paging.limit, default: 100 } },
    answer: Tracks,
    async respond({ caller, path, query }, deps) {
      const { entries } = await existing(path.id, caller, deps)
      const viewer = viewerOf(caller)
      const ids = entries.slice(query.offset, query.offset + query.limit).map(({ trackId }) => trackId)
      const byId = new Map((await deps.store.findTracks(ids, viewer)).map((track) => [track.id, track]))
      const tracks = ids.flatMap((id) => byId.get(id) ?? [])
      return value({ data: tracks.map((track) => trackJson(track, viewer, deps.issuer)) })
    },
  }),
  ofUser('/v1/users/{id}/playlists', 'getPlaylistsByUser', false),
  ofUser('/v1/users/{id}/albums', 'getAlbumsByUser', true),
  library('/v1/users/{id}/library/playlists', 'getUserLibraryPlaylists', false),
  library('/v1/users/{id}/library/albums', 'getUserLibraryAlbums', true),
]

async function existing(playlistId: number, caller: AccessToken | null, { store }: ApiDeps) {
  const playlist = await store.findPlaylist(playlistId, viewerOf(caller))
  if (playlist === undefined) throw refused.noSuch('playlist')
  return playlist
}

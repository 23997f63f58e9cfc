import { Type } from 'typebox'
import { paging, searchText } from './fields.ts'
import { playlistJson } from './playlist.ts'
import { PlaylistSchema } from './playlist-schema.ts'
import { type Resource, resource, value } from './resource.ts'
import { trackJson } from './track.ts'
import { viewerOf } from './track-reads.ts'
import { TrackSchema } from './track-schema.ts'
import { usersJson } from './user.ts'
import { UserSchema } from './user-schema.ts'

const kinds = ['all', 'users', 'tracks', 'playlists', 'albums'] as const

const Found = Type.Object({
  data: Type.Object(
    {
      users: Type.Array(UserSchema, { description: 'The users found.' }),
      tracks: Type.Array(TrackSchema, { description: 'The tracks found.' }),
      playlists: Type.Array(PlaylistSchema, { description: 'The playlists found.' }),
      albums: Type.Array(PlaylistSchema, { description: 'The albums found.' }),
    },
    { title: 'SearchResults', description: 'What a search found, of each kind the likeliest first.' },
  ),
})

const searching = (path: '/v1/search/full' | '/v1/search/autocomplete', name: string) =>
  resource({
    method: 'GET',
    path,
    name,
    group: 'Search',
    summary: 'Finds users, tracks, playlists and albums at once',
    access: 'anyone',
    query: {
      query: searchText,
      kind: Type.Optional(
        Type.Union(
          kinds.map((kind) => Type.Literal(kind)),
          { description: `one of ${kinds.join(', ')}` },
        ),
      ),
      ...paging,
    },
    answer: Found,
    async respond({ caller, query: { kind = 'all', query, offset, limit } }, deps) {
      const { store, issuer } = deps
      const viewer = viewerOf(caller)
      const search = { query, offset, limit, ...viewer }
      const wants = (one: (typeof kinds)[number]) => kind === 'all' || kind === one
      const [users, tracks, playlists, albums] = await Promise.all([
        wants('users') ? store.searchUsers(search) : [],
        wants('tracks') ? store.searchTracks(search) : [],
        wants('playlists') ? store.searchPlaylists({ ...search, isAlbum: false }) : [],
        wants('albums') ? store.searchPlaylists({ ...search, isAlbum: true }) : [],
      ])
      const data = {
        users: await usersJson(users, caller, deps),
        tracks: tracks.map((track) => trackJson(track, viewer, issuer)),
        playlists: playlists.map((playlist) => playlistJson(playlist, issuer)),
        albums: albums.map((album) => playlistJson(album, issuer)),
      }
      return value({ data })
    },
  })

/** One search for everything. */
export const search: readonly Resource[] = [
  searching('/v1/search/full', 'search'),
  searching('/v1/search/autocomplete', 'searchAutocomplete'),
]

import type { SessionContext } from '../session/context.ts'
import { type Albums, albumsOf } from './albums.ts'
import { type Comments, commentsOf } from './comments.ts'
import { type Playlists, playlistsOf } from './playlists.ts'
import { type Resolve, resolveOf } from './resolve.ts'
import { type Search, searchOf } from './search.ts'
import { type Tracks, tracksOf } from './tracks.ts'
import { type Users, usersOf } from './users.ts'

/** Every call of the API, by what it is about. */
export interface Api {
  readonly users: Users
  readonly tracks: Tracks
  readonly playlists: Playlists
  readonly albums: Albums
  readonly comments: Comments
  readonly search: Search
  readonly resolve: Resolve
}

/** The calls of the API, made as whoever is logged in. */
export function apiOf(context: SessionContext): Api {
  const playlists = playlistsOf(context)
  return {
    users: usersOf(context),
    tracks: tracksOf(context),
    playlists,
    albums: albumsOf(playlists),
    comments: commentsOf(context),
    search: searchOf(context),
    resolve: resolveOf(context),
  }
}

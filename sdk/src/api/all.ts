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

/** Calls that say what is missing when they are made with nothing. */
function asked<Calls extends object>(calls: Calls): Calls {
  const asking = Object.entries(calls).map(([name, call]) => {
    const ask = async (request: unknown, ...rest: unknown[]) => call(request ?? {}, ...rest)
    return [name, ask]
  })
  // Each name has its call.
  return Object.fromEntries(asking) as Calls
}

/** The calls of the API, made as whoever is logged in. */
export function apiOf(context: SessionContext): Api {
  const playlists = playlistsOf(context)
  return {
    users: asked(usersOf(context)),
    tracks: asked(tracksOf(context)),
    playlists: asked(playlists),
    albums: asked(albumsOf(playlists)),
    comments: asked(commentsOf(context)),
    search: asked(searchOf(context)),
    resolve: resolveOf(context),
  }
}

import { type Fields, fields } from '../http/fields.ts'
import type { SessionContext } from '../session/context.ts'
import { type Albums, albumsOf } from './albums.ts'
import { refused } from './call.ts'
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

/** An argument's fields, none of nothing. Throws `request_refused` for what has none. */
function object(value: unknown, name: string): Fields {
  if (Array.isArray(value) || !['undefined', 'object'].includes(typeof value))
    throw refused(name, 'must be an object.')
  return fields(value)
}

/** How a call is made. Throws `request_refused` for what no request carries. */
function checked(value: unknown): Fields {
  const options = object(value, 'options')
  const { signal, idempotencyKey } = options
  if (signal && !('addEventListener' in Object(signal))) throw refused('signal', 'must be an AbortSignal.')
  if (!/^[!-~]*$/.test(String(idempotencyKey ?? '')))
    throw refused('idempotencyKey', 'must be visible ASCII.')
  return options
}

/** Calls that say what is missing or wrong, however they are made. */
function asked<Calls extends object>(calls: Calls): Calls {
  const asking = Object.entries(calls).map(([name, call]) => {
    const ask = async (request: unknown, options: unknown) => {
      const given = object(request, 'request')
      const metadata = 'metadata' in given && { metadata: object(given['metadata'], 'metadata') }
      return call({ ...given, ...metadata }, checked(options))
    }
    return [name, ask]
  })
  // Each name has its call.
  return Object.fromEntries(asking) as Calls
}

/** The calls of the API, made as whoever is logged in. */
export function apiOf(context: SessionContext): Api {
  const playlists = playlistsOf(context)
  const resolving = { resolve: resolveOf(context) }
  return {
    users: asked(usersOf(context)),
    tracks: asked(tracksOf(context)),
    playlists: asked(playlists),
    albums: asked(albumsOf(playlists)),
    comments: asked(commentsOf(context)),
    search: asked(searchOf(context)),
    ...asked(resolving),
  }
}

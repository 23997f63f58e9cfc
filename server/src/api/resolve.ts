import { Type } from 'typebox'
import { refused } from '../errors/api.ts'
import { encodeId } from './ids.ts'
import { readPermalink } from './permalink.ts'
import { type ApiDeps, type Resource, resource, value } from './resource.ts'

/** Where what a page's address names is in the API. */
async function addressOf(url: string, { store, issuer }: ApiDeps): Promise<string> {
  const permalink = readPermalink(url)
  if (permalink?.kind === 'user') {
    const user = await store.findProfileByHandle(permalink.handle)
    if (user !== undefined) return `${issuer}/v1/users/${encodeId(user.id)}`
  }
  if (permalink?.kind === 'track') {
    const id = await store.findTrackId(permalink.handle, permalink.slug)
    if (id !== undefined) return `${issuer}/v1/tracks/${encodeId(id)}`
  }
  if (permalink?.kind === 'playlist') {
    const playlist = await store.findPlaylist(permalink.id, { viewerId: null })
    if (playlist !== undefined) return `${issuer}/v1/playlists/${encodeId(permalink.id)}`
  }
  throw refused.noSuch('user, track or playlist')
}

/** From the address of a page to what it shows. */
export const resolve: readonly Resource[] = [
  resource({
    method: 'GET',
    path: '/v1/resolve',
    name: 'resolve',
    group: 'Search',
    summary: 'Goes to the user, track or playlist whose permalink or page’s URL is given',
    access: 'anyone',
    query: {
      url: Type.String({ maxLength: 500, description: 'a permalink, or the URL of a page' }),
      no_redirect: Type.Optional(
        Type.Boolean({ description: 'true or false: whether to answer the URL instead of going there' }),
      ),
    },
    answer: Type.Object({ data: Type.String({ description: 'where it is in the API' }) }),
    beside: 'redirect',
    async respond({ query }, deps) {
      const location = await addressOf(query.url, deps)
      return query.no_redirect ? value({ data: location }) : { kind: 'redirect', location }
    },
  }),
]

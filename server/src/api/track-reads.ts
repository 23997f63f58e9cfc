import { type Static, type TObject, Type } from 'typebox'
import { refused } from '../errors/api.ts'
import type { AccessToken } from '../store/contract/oauth.ts'
import type { Store, Track, TrackList, Viewer } from '../store/contract/store.ts'
import { paging, searchText } from './fields.ts'
import { readIds } from './ids.ts'
import { there } from './profile.ts'
import { type ApiDeps, type Outcome, type Resource, resource, value } from './resource.ts'
import { trackJson } from './track.ts'
import { OneTrack, Tracks } from './track-schema.ts'

const sorts: Readonly<Record<string, TrackList['sort']>> = {
  date: 'date',
  added_date: 'date',
  plays: 'plays',
  title: 'title',
  saves: 'favorites',
}

const listing = {
  query: Type.Optional(searchText),
  sort_method: Type.Optional(
    Type.Union(
      Object.keys(sorts).map((name) => Type.Literal(name)),
      { description: `one of ${Object.keys(sorts).join(', ')}` },
    ),
  ),
  sort_direction: Type.Optional(
    Type.Union([Type.Literal('asc'), Type.Literal('desc')], { description: 'asc or desc' }),
  ),
  ...paging,
}

async function tracksOf(
  userId: number,
  query: Static<TObject<typeof listing>>,
  viewer: Viewer,
  { store, issuer }: ApiDeps,
): Promise<Outcome> {
  const sort = sorts[query.sort_method ?? 'date'] ?? 'date'
  const tracks = await store.listTracks({
    ...viewer,
    userId,
    query: query.query ?? '',
    sort,
    direction: query.sort_direction ?? (sort === 'title' ? 'asc' : 'desc'),
    offset: query.offset,
    limit: query.limit,
  })
  return value({ data: tracks.map((track) => trackJson(track, viewer, issuer)) })
}

/** Looking at tracks. */
export const trackReads: readonly Resource[] = [
  resource({
    method: 'GET',
    path: '/v1/tracks/search',
    name: 'searchTracks',
    group: 'Tracks',
    summary: 'Finds tracks by title, artist and tags, with small mistakes',
    access: 'anyone',
    query: { query: searchText, ...paging },
    answer: Tracks,
    async respond({ caller, query }, { store, issuer }) {
      const viewer = viewerOf(caller)
      const found = await store.searchTracks({ ...query, ...viewer })
      return value({ data: found.map((track) => trackJson(track, viewer, issuer)) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/tracks/{id}',
    name: 'getTrack',
    group: 'Tracks',
    summary: 'A track, unlisted ones as well',
    access: 'anyone',
    answer: OneTrack,
    async respond({ caller, path }, { store, issuer }) {
      const viewer = viewerOf(caller)
      return value({ data: trackJson(await existing(path.id, viewer, store), viewer, issuer) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/tracks',
    name: 'getBulkTracks',
    group: 'Tracks',
    summary: 'Several tracks by their ids; those that are not there are left out',
    access: 'anyone',
    query: {
      id: Type.Array(Type.String(), { minItems: 1, maxItems: 100, description: '1 to 100 ids' }),
    },
    answer: Tracks,
    async respond({ caller, query }, { store, issuer }) {
      const viewer = viewerOf(caller)
      const ids = readIds(query.id, 'id')
      const found = await store.findTracks(ids, viewer)
      return value({ data: found.map((track) => trackJson(track, viewer, issuer)) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/users/{id}/tracks',
    name: 'getTracksByUser',
    group: 'Tracks',
    summary: 'A user’s tracks; unlisted ones for the user alone',
    access: 'anyone',
    query: listing,
    answer: Tracks,
    async respond({ caller, path, query }, deps) {
      return tracksOf(there(await deps.store.findProfile(path.id)).id, query, viewerOf(caller), deps)
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/users/handle/{handle}/tracks',
    name: 'getTracksByUserHandle',
    group: 'Tracks',
    summary: 'The same, of the user of a handle',
    access: 'anyone',
    query: listing,
    answer: Tracks,
    async respond({ caller, path, query }, deps) {
      const { id } = there(await deps.store.findProfileByHandle(path.handle))
      return tracksOf(id, query, viewerOf(caller), deps)
    },
  }),
]

/** Who looks at what is answered to a caller. */
export const viewerOf = (caller: AccessToken | null): Viewer => ({ viewerId: caller?.user.id ?? null })

/** A track that is there. */
export async function existing(trackId: number, viewer: Viewer, store: Store): Promise<Track> {
  const track = await store.findTrack(trackId, viewer)
  if (track === undefined) throw refused.noSuch('track')
  return track
}

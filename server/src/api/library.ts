import { Type } from 'typebox'
import { refused } from '../errors/api.ts'
import type { Favorite } from '../store/contract/store.ts'
import { paging } from './fields.ts'
import { encodeId } from './ids.ts'
import { type ApiDeps, type Resource, resource, value } from './resource.ts'
import { iso, trackJson } from './track.ts'
import { viewerOf } from './track-reads.ts'
import { TrackSchema } from './track-schema.ts'
import { Done, done } from './track-writes.ts'

const Favorites = Type.Object({
  data: Type.Array(
    Type.Object(
      {
        favorite_item_id: Type.String({ description: 'The public id of the track.' }),
        favorite_type: Type.Literal('SaveType.track', { description: 'What kind of thing was saved.' }),
        user_id: Type.String({ description: 'The public id of whose library it is.' }),
        created_at: Type.String({ format: 'date-time', description: 'When it was saved.' }),
      },
      { title: 'Favorite', description: 'That something is in a library.' },
    ),
  ),
})

const Library = Type.Object({
  data: Type.Array(
    Type.Object(
      {
        timestamp: Type.String({ format: 'date-time', description: 'When it was saved.' }),
        item_type: Type.Literal('track', { description: 'What kind of thing was saved.' }),
        item: TrackSchema,
      },
      { title: 'LibraryItem', description: 'Something in a library.' },
    ),
  ),
})

const libraryTracks = (
  path: '/v1/users/{id}/library/tracks' | '/v1/users/{id}/favorites/tracks',
  name: string,
) =>
  resource({
    method: 'GET',
    path,
    name,
    group: 'Library',
    summary: 'The tracks in a library, what was saved last first',
    access: 'anyone',
    query: {
      type: Type.Optional(
        Type.Union([Type.Literal('favorite'), Type.Literal('all')], { description: 'favorite or all' }),
      ),
      ...paging,
    },
    answer: Library,
    async respond({ caller, path: { id: userId }, query }, deps) {
      const viewer = viewerOf(caller)
      const favorites = await favoritesOf({ ...viewer, ...query, userId }, deps)
      const data = favorites.map(({ track, savedAt }) => ({
        timestamp: iso(savedAt),
        item_type: 'track',
        item: trackJson(track, viewer, deps.issuer),
      }))
      return value({ data })
    },
  })

const History = Type.Object({
  data: Type.Array(
    Type.Object(
      {
        timestamp: Type.String({ format: 'date-time', description: 'When it was listened to last.' }),
        item_type: Type.Literal('track', { description: 'What kind of thing it is.' }),
        item: TrackSchema,
      },
      { title: 'HistoryItem', description: 'Something that a user has listened to.' },
    ),
  ),
})

/** Saving tracks, and what was saved. */
export const library: readonly Resource[] = [
  resource({
    method: 'GET',
    path: '/v1/users/{id}/favorites',
    name: 'getFavorites',
    group: 'Library',
    summary: 'The ids of the tracks in a library, what was saved last first',
    access: 'anyone',
    query: paging,
    answer: Favorites,
    async respond({ caller, path: { id: userId }, query }, deps) {
      const favorites = await favoritesOf({ ...viewerOf(caller), ...query, userId }, deps)
      const data = favorites.map(({ track, savedAt }) => ({
        favorite_item_id: encodeId(track.id),
        favorite_type: 'SaveType.track',
        user_id: encodeId(userId),
        created_at: iso(savedAt),
      }))
      return value({ data })
    },
  }),
  libraryTracks('/v1/users/{id}/library/tracks', 'getLibraryTracks'),
  libraryTracks('/v1/users/{id}/favorites/tracks', 'getFavoriteTracks'),
  resource({
    method: 'GET',
    path: '/v1/users/{id}/history/tracks',
    name: 'getUsersTrackHistory',
    group: 'Library',
    summary: 'The tracks that a user has listened to with an app, the last first; for that user alone',
    access: 'read',
    isOwners: true,
    query: paging,
    answer: History,
    async respond({ caller, query }, { store, issuer }) {
      const viewer = viewerOf(caller)
      const heard = await store.listHistory({ ...query, userId: caller.user.id })
      const data = heard.map(({ track, at }) => ({
        timestamp: iso(at),
        item_type: 'track',
        item: trackJson(track, viewer, issuer),
      }))
      return value({ data })
    },
  }),
  resource({
    method: 'POST',
    path: '/v1/tracks/{id}/favorites',
    name: 'favoriteTrack',
    group: 'Library',
    summary: 'Saves a track to one’s own library, once however often it is asked',
    access: 'write',
    answer: Done,
    async respond({ caller, path }, { store, clock }) {
      if (!(await store.saveTrack(caller.user.id, path.id, caller.apiKey, clock())))
        throw refused.noSuch('track')
      return done(path.id)
    },
  }),
  resource({
    method: 'DELETE',
    path: '/v1/tracks/{id}/favorites',
    name: 'unfavoriteTrack',
    group: 'Library',
    summary: 'Takes a track out of one’s own library, if it is there',
    access: 'write',
    answer: Done,
    async respond({ caller, path }, { store }) {
      await store.unsaveTrack(caller.user.id, path.id)
      return done(path.id)
    },
  }),
]

async function favoritesOf(
  list: Parameters<ApiDeps['store']['listFavorites']>[0],
  { store }: ApiDeps,
): Promise<readonly Favorite[]> {
  if ((await store.findProfile(list.userId)) === undefined) throw refused.noSuch('user')
  return store.listFavorites(list)
}

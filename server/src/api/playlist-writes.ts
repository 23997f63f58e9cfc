import { Type } from 'typebox'
import { FieldError, refused } from '../errors/api.ts'
import { playlistTracks } from '../limits.ts'
import type { EntryChange } from '../store/contract/store.ts'
import { checkEmail } from './confirmed-email.ts'
import { encodeId, readId } from './ids.ts'
import { newPlaylistBody, playlistChanges, playlistChangesBody, playlistFaults } from './playlist-body.ts'
import { type Resource, resource, value } from './resource.ts'

const Done = Type.Object({
  data: Type.Object({ playlist_id: Type.String() }),
  playlist_id: Type.String(),
  success: Type.Literal(true),
})

const done = (playlistId: number) => {
  const playlist_id = encodeId(playlistId)
  return value({ data: { playlist_id }, playlist_id, success: true })
}

/** Making playlists and albums, changing and deleting one's own. */
export const playlistWrites: readonly Resource[] = [
  resource({
    method: 'POST',
    path: '/v1/playlists',
    name: 'createPlaylist',
    group: 'Playlists',
    summary: 'Creates a playlist or an album',
    access: 'write',
    body: newPlaylistBody,
    answer: Done,
    async respond({ caller, body }, deps) {
      checkEmail(caller.user, deps)
      const now = deps.clock()
      const creation = await deps.store.createPlaylist({
        ...nothing,
        ...playlistChanges(body, now),
        name: body.playlist_name,
        userId: caller.user.id,
        apiKey: caller.apiKey,
        now,
      })
      if (creation.outcome === 'refused') throw playlistFaults(creation.faults, creation.trackIds)
      return done(creation.id)
    },
  }),
  resource({
    method: 'PUT',
    path: '/v1/playlists/{id}',
    name: 'updatePlaylist',
    group: 'Playlists',
    summary:
      'Changes one’s own playlist; what is left out stays as it is, and playlist_contents replaces its tracks',
    access: 'write',
    body: playlistChangesBody,
    answer: Done,
    async respond({ caller, path, body }, { store, clock }) {
      const now = clock()
      const change = await store.updatePlaylist(path.id, caller.user.id, playlistChanges(body, now), now)
      if (change.outcome === 'refused') throw playlistFaults(change.faults, change.trackIds)
      refuseUnlessOwn(change.outcome)
      return done(path.id)
    },
  }),
  resource({
    method: 'DELETE',
    path: '/v1/playlists/{id}',
    name: 'deletePlaylist',
    group: 'Playlists',
    summary: 'Deletes one’s own playlist for good; its tracks stay',
    access: 'write',
    answer: Done,
    async respond({ caller, path }, { store, clock }) {
      refuseUnlessOwn(await store.deletePlaylist(path.id, caller.user.id, clock()))
      return done(path.id)
    },
  }),
  resource({
    method: 'POST',
    path: '/v1/playlists/{id}/tracks',
    name: 'addTrackToPlaylist',
    group: 'Playlists',
    summary: 'Adds a track at the end of one’s own playlist',
    access: 'write',
    body: { track_id: Type.String({ description: 'the public id of a track' }) },
    answer: Done,
    async respond({ caller, path, body }, { store, clock }) {
      const trackId = readId(body.track_id, 'track_id')
      refuseUnlessChanged(await store.addToPlaylist(path.id, caller.user.id, trackId, clock()))
      return done(path.id)
    },
  }),
  resource({
    method: 'DELETE',
    path: '/v1/playlists/{id}/tracks',
    name: 'removeTrackFromPlaylist',
    group: 'Playlists',
    summary: 'Takes a track out of one’s own playlist, by its place in playlist_contents',
    access: 'write',
    query: {
      index: Type.Integer({
        minimum: 0,
        maximum: playlistTracks - 1,
        description: `a whole number from 0 to ${playlistTracks - 1}`,
      }),
    },
    answer: Done,
    async respond({ caller, path, query }, { store, clock }) {
      refuseUnlessChanged(await store.removeFromPlaylist(path.id, caller.user.id, query.index, clock()))
      return done(path.id)
    },
  }),
]

const nothing = {
  description: null,
  isAlbum: false,
  isPrivate: false,
  coverArt: null,
  upc: null,
  releaseDate: null,
  entries: [],
} as const

function refuseUnlessOwn(outcome: 'changed' | 'deleted' | 'unknown' | 'foreign'): void {
  if (outcome === 'unknown') throw refused.noSuch('playlist')
  if (outcome === 'foreign') throw refused.notOwner('a playlist')
}

function refuseUnlessChanged(outcome: EntryChange): void {
  if (outcome === 'unknown-track') throw refused.noSuch('track')
  if (outcome === 'unlisted-track')
    throw fault('track_id', 'track_id is of a track that its artist shows in no list, so no playlist can.')
  if (outcome === 'full')
    throw fault('track_id', `track_id is one too many: a playlist has at most ${playlistTracks} tracks.`)
  if (outcome === 'elsewhere') throw fault('index', 'index is of no place in this playlist.')
  refuseUnlessOwn(outcome)
}

const fault = (field: string, message: string) => new FieldError([{ field, message }])

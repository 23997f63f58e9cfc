import { playlistTracks } from '../../../limits.ts'
import type { ImportCounts, ImportedPlaylist, ImportOutcome, MusicImport } from '../../contract/imports.ts'
import type { PlaylistEntry } from '../../contract/playlists.ts'
import { saveTrack } from '../music/favorites.ts'
import { updateProfile } from '../music/profiles.ts'
import { createTrack } from '../music/tracks.ts'
import { createPlaylist } from '../playlists/playlists.ts'
import type { Verb } from '../transaction.ts'
import { type From, findItem, hasSaved, rememberItem } from './items.ts'

/** Publishes what a person had elsewhere, all of it or nothing. */
export function* importMusic(music: MusicImport): Verb<ImportOutcome> {
  const before = yield* updateProfile(music.userId, music.profile, music.now)
  if (before.outcome !== 'changed') return { outcome: 'gone' }
  const tracks = yield* importTracks(music)
  const counts = { elsewhere: 0, saved: 0, playlists: 0 }
  for (const playlist of music.playlists) {
    const { isNew, elsewhere } = yield* importPlaylist(playlist, music)
    counts.playlists += isNew ? 1 : 0
    counts.elsewhere += elsewhere
  }
  for (const { trackId, at } of music.saved) {
    const here = yield* findItem('track', trackId, music)
    if (here === undefined) counts.elsewhere += 1
    else if (!(yield* hasSaved(music.userId, here)) && (yield* saveTrack(music.userId, here, null, at)))
      counts.saved += 1
  }
  return { outcome: 'imported', tracks, ...counts } satisfies ImportOutcome & ImportCounts
}

function* importTracks({ tracks, userId, now, ...from }: MusicImport): Verb<number> {
  let created = 0
  for (const { sourceId, facts } of tracks) {
    if ((yield* findItem('track', sourceId, { ...from, userId }, userId)) !== undefined) continue
    const creation = yield* createTrack({ ...facts, userId, apiKey: null, now })
    // What was written before goes with it.
    if (creation.outcome === 'refused') throw new Error('An upload was lost before it was imported')
    yield* rememberItem('track', sourceId, creation.id, { ...from, userId })
    created += 1
  }
  return created
}

function* importPlaylist(
  { sourceId, facts, entries, createdAt }: ImportedPlaylist,
  { userId, now, ...from }: MusicImport,
): Verb<{ readonly isNew: boolean; readonly elsewhere: number }> {
  const of: From = { ...from, userId }
  if ((yield* findItem('playlist', sourceId, of, userId)) !== undefined) return { isNew: false, elsewhere: 0 }
  const here: PlaylistEntry[] = []
  for (const { trackId, addedAt } of entries.slice(0, playlistTracks)) {
    const id = yield* findItem('track', trackId, of)
    if (id !== undefined) here.push({ trackId: id, addedAt })
  }
  const creation = yield* createPlaylist({ ...facts, userId, apiKey: null, entries: here, now, createdAt })
  if (creation.outcome === 'refused') throw new Error('A cover was lost before it was imported')
  yield* rememberItem('playlist', sourceId, creation.id, of)
  return { isNew: true, elsewhere: entries.length - here.length }
}

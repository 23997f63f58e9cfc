import { playlistTracks } from '../../../limits.ts'
import type { EntryChange, PlaylistEntry } from '../../contract/playlists.ts'
import type { Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, run, together, type Verb } from '../transaction.ts'
import { selectEntries } from './playlist-row.ts'

type Entry = { playlistId: number; position: number; trackId: number; addedAt: Instant }

const selectTrack = statement((p: Placeholder<{ trackId: number; userId: number }>) =>
  query
    .selectFrom('tracks')
    .innerJoin('users', 'users.id', 'tracks.user_id')
    .select((is) => [
      'tracks.id',
      is
        .case()
        .when(is.and([is('tracks.is_unlisted', '=', 1), is('tracks.user_id', '!=', p('userId'))]))
        .then(is.lit(1))
        .else(is.lit(0))
        .end()
        .as('is_kept_back'),
    ])
    .where('tracks.id', '=', p('trackId'))
    .where('tracks.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null),
)

const deleteEntries = statement((p: Placeholder<{ playlistId: number }>) =>
  query.deleteFrom('playlist_tracks').where('playlist_id', '=', p('playlistId')),
)

const insertEntry = statement((p: Placeholder<Entry>) =>
  query.insertInto('playlist_tracks').values({
    playlist_id: p('playlistId'),
    position: p('position'),
    track_id: p('trackId'),
    added_at: p('addedAt'),
  }),
)

const deleteEntry = statement((p: Placeholder<{ playlistId: number; position: number }>) =>
  query
    .deleteFrom('playlist_tracks')
    .where('playlist_id', '=', p('playlistId'))
    .where('position', '=', p('position')),
)

const touchPlaylist = statement((p: Placeholder<{ id: number; userId: number; now: Instant }>) =>
  query
    .updateTable('playlists')
    .set({ updated_at: p('now') })
    .where('id', '=', p('id'))
    .where('user_id', '=', p('userId'))
    .where('deleted_at', 'is', null)
    .returning('id'),
)

const selectOwner = statement((p: Placeholder<{ id: number }>) =>
  query.selectFrom('playlists').select('user_id').where('id', '=', p('id')).where('deleted_at', 'is', null),
)

const selectLast = statement((p: Placeholder<{ playlistId: number }>) =>
  query
    .selectFrom('playlist_tracks')
    .select((of) => [of.fn.countAll<number>().as('count'), of.fn.max('position').as('position')])
    .where('playlist_id', '=', p('playlistId')),
)

/** Which of the tracks no playlist of this user can show: they are not there, or unlisted and another's. */
export function* unknownTracks(entries: readonly PlaylistEntry[], userId: number): Verb<readonly number[]> {
  const unknown: number[] = []
  for (const trackId of new Set(entries.map((entry) => entry.trackId)))
    if ((yield* one(selectTrack, { trackId, userId }))?.is_kept_back !== 0) unknown.push(trackId)
  return unknown
}

/** Makes these the entries of a playlist. */
export function* replaceEntries(playlistId: number, entries: readonly PlaylistEntry[]): Verb<void> {
  yield* change(deleteEntries, { playlistId })
  yield* together(entries.map((entry, position) => run(insertEntry, { playlistId, position, ...entry })))
}

/** Adds a track at the end of a playlist of this user. */
export function* addToPlaylist(
  playlistId: number,
  userId: number,
  trackId: number,
  now: Instant,
): Verb<EntryChange> {
  if ((yield* one(touchPlaylist, { id: playlistId, userId, now })) === undefined)
    return yield* notTheirs(playlistId)
  const track = yield* one(selectTrack, { trackId, userId })
  if (track === undefined) return 'unknown-track'
  if (track.is_kept_back === 1) return 'unlisted-track'
  const last = yield* one(selectLast, { playlistId })
  if ((last?.count ?? 0) >= playlistTracks) return 'full'
  const position = (last?.position ?? -1) + 1
  yield* change(insertEntry, { playlistId, position, trackId, addedAt: now })
  return 'changed'
}

/** Takes away what a user sees at a place of a playlist of theirs. */
export function* removeFromPlaylist(
  playlistId: number,
  userId: number,
  place: number,
  now: Instant,
): Verb<EntryChange> {
  if ((yield* one(touchPlaylist, { id: playlistId, userId, now })) === undefined)
    return yield* notTheirs(playlistId)
  const entry = (yield* all(selectEntries, { playlistId, viewerId: userId }))[place]
  if (entry === undefined) return 'elsewhere'
  yield* change(deleteEntry, { playlistId, position: entry.position })
  return 'changed'
}

function* notTheirs(id: number): Verb<'unknown' | 'foreign'> {
  return (yield* one(selectOwner, { id })) ? 'foreign' : 'unknown'
}

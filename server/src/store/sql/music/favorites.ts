import type { Favorite, FavoriteList } from '../../contract/music.ts'
import type { Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { listedTracks, toTrack } from './track-row.ts'

type Pair = { userId: number; trackId: number }

const countOneMore = statement((p: Placeholder<Pair>) =>
  query
    .updateTable('tracks')
    .set((set) => ({ favorite_count: set('favorite_count', '+', 1) }))
    .where('id', '=', p('trackId')),
)

const countOneLess = statement((p: Placeholder<Pair>) =>
  query
    .updateTable('tracks')
    .set((set) => ({ favorite_count: set('favorite_count', '-', 1) }))
    .where('id', '=', p('trackId')),
)

const insertFavorite = statement((p: Placeholder<Pair & { apiKey: string | null; now: Instant }>) =>
  query
    .insertInto('favorites')
    .values({
      user_id: p('userId'),
      track_id: p('trackId'),
      api_key: p('apiKey'),
      created_at: p('now'),
    })
    .onConflict((conflict) => conflict.doNothing()),
)

const deleteFavorite = statement((p: Placeholder<Pair>) =>
  query.deleteFrom('favorites').where('user_id', '=', p('userId')).where('track_id', '=', p('trackId')),
)

const selectLive = statement((p: Placeholder<Pair>) =>
  query
    .selectFrom('tracks')
    .innerJoin('users', 'users.id', 'tracks.user_id')
    .select('tracks.id')
    .where('tracks.id', '=', p('trackId'))
    .where('tracks.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null),
)

const selectCount = statement((p: Placeholder<{ userId: number }>) =>
  query
    .selectFrom('favorites')
    .innerJoin('tracks', 'tracks.id', 'favorites.track_id')
    .innerJoin('users', 'users.id', 'tracks.user_id')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('favorites.user_id', '=', p('userId'))
    .where('tracks.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null)
    .where((is) => is.or([is('tracks.is_unlisted', '=', 0), is('tracks.user_id', '=', p('userId'))])),
)

const selectFavorites = statement(
  (p: Placeholder<{ userId: number; viewerId: number | null; offset: number; limit: number }>) =>
    listedTracks(p)
      .innerJoin('favorites', 'favorites.track_id', 'tracks.id')
      .select('favorites.created_at as saved_at')
      .where('favorites.user_id', '=', p('userId'))
      .orderBy('favorites.created_at', 'desc')
      .orderBy('tracks.id', 'desc')
      .limit(p('limit'))
      .offset(p('offset')),
)

/** Puts a track into a library; what is there stays that of whichever app saved it first. */
export function* saveTrack(
  userId: number,
  trackId: number,
  apiKey: string | null,
  now: Instant,
): Verb<boolean> {
  if ((yield* all(selectLive, { userId, trackId })).length === 0) return false
  const inserted = yield* change(insertFavorite, { userId, trackId, apiKey, now })
  if (inserted > 0) yield* change(countOneMore, { userId, trackId })
  return true
}

/** Takes a track out of a library. */
export function* unsaveTrack(userId: number, trackId: number): Verb<void> {
  const deleted = yield* change(deleteFavorite, { userId, trackId })
  if (deleted > 0) yield* change(countOneLess, { userId, trackId })
}

/** How many tracks of a library its owner sees. */
export function* countFavorites(userId: number): Verb<number> {
  return (yield* one(selectCount, { userId }))?.count ?? 0
}

/** A library, what was saved last first. */
export function* listFavorites({ userId, viewerId, offset, limit }: FavoriteList): Verb<readonly Favorite[]> {
  const rows = yield* all(selectFavorites, { userId, viewerId, offset, limit })
  return rows.map((row) => ({ track: toTrack(row), savedAt: row.saved_at }))
}

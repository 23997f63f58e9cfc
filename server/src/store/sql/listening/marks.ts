import type { Mark, PeopleList } from '../../contract/listening.ts'
import type { Profile } from '../../contract/music.ts'
import type { Instant } from '../../contract/store.ts'
import { profileColumns, toProfile } from '../music/profile-row.ts'
import { type Placeholder, query, type Statement, statement } from '../statement.ts'
import { all, change, one, run, together, type Verb } from '../transaction.ts'

type Pair = { userId: number; itemId: number }
type Table = 'track_reposts' | 'playlist_reposts' | 'playlist_favorites'
type Counter = 'favorite_count' | 'repost_count'

const insertInto = (table: Table) =>
  statement((p: Placeholder<Pair & { apiKey: string | null; now: Instant }>) =>
    query
      .insertInto(table)
      .values({ user_id: p('userId'), item_id: p('itemId'), api_key: p('apiKey'), created_at: p('now') })
      .onConflict((conflict) => conflict.doNothing()),
  )

const deleteFrom = (table: Table) =>
  statement((p: Placeholder<Pair>) =>
    query.deleteFrom(table).where('user_id', '=', p('userId')).where('item_id', '=', p('itemId')),
  )

const selectLive = (of: 'tracks' | 'playlists') =>
  statement((p: Placeholder<Pair>) =>
    query
      .selectFrom(of)
      .innerJoin('users', 'users.id', `${of}.user_id`)
      .select(`${of}.id`)
      .where(`${of}.id`, '=', p('itemId'))
      .where(`${of}.deleted_at`, 'is', null)
      .where('users.disabled_at', 'is', null),
  )

const countMore = (of: 'tracks' | 'playlists', counter: Counter, by: '+' | '-') =>
  statement((p: Placeholder<Pair>) =>
    query
      .updateTable(of)
      .set((set) => ({ [counter]: set(counter, by, set.lit(1)) }))
      .where('id', '=', p('itemId')),
  )

const countReposts = (by: '+' | '-') =>
  statement((p: Placeholder<Pair>) =>
    query
      .updateTable('users')
      .set((set) => ({ repost_count: set('repost_count', by, set.lit(1)) }))
      .where('id', '=', p('userId')),
  )

const repostMore = countReposts('+')
const repostLess = countReposts('-')

interface Statements {
  readonly live: Statement<Pair, unknown>
  readonly insert: Statement<Pair & { apiKey: string | null; now: Instant }, unknown>
  readonly remove: Statement<Pair, unknown>
  readonly more: readonly Statement<Pair, unknown>[]
  readonly less: readonly Statement<Pair, unknown>[]
}

const statementsOf = (table: Table, of: 'tracks' | 'playlists', counter: Counter): Statements => ({
  live: selectLive(of),
  insert: insertInto(table),
  remove: deleteFrom(table),
  more: [countMore(of, counter, '+'), ...(counter === 'repost_count' ? [repostMore] : [])],
  less: [countMore(of, counter, '-'), ...(counter === 'repost_count' ? [repostLess] : [])],
})

const marks: Readonly<Record<Mark, Statements>> = {
  'track-repost': statementsOf('track_reposts', 'tracks', 'repost_count'),
  'playlist-repost': statementsOf('playlist_reposts', 'playlists', 'repost_count'),
  'playlist-favorite': statementsOf('playlist_favorites', 'playlists', 'favorite_count'),
}

/** Reposts or saves a track or playlist, once however often it is asked; false when there is none. */
export function* mark(
  kind: Mark,
  userId: number,
  itemId: number,
  apiKey: string | null,
  now: Instant,
): Verb<boolean> {
  const { live, insert, more } = marks[kind]
  if ((yield* one(live, { userId, itemId })) === undefined) return false
  if ((yield* change(insert, { userId, itemId, apiKey, now })) > 0)
    yield* together(more.map((statement) => run(statement, { userId, itemId })))
  return true
}

/** Takes a repost or a save back. */
export function* unmark(kind: Mark, userId: number, itemId: number): Verb<void> {
  const { remove, less } = marks[kind]
  if ((yield* change(remove, { userId, itemId })) > 0)
    yield* together(less.map((statement) => run(statement, { userId, itemId })))
}

type List = { id: number; offset: number; limit: number }

const selectMarking = (table: Table) =>
  statement((p: Placeholder<List>) =>
    query
      .selectFrom(table)
      .innerJoin('users', 'users.id', `${table}.user_id`)
      .select(profileColumns)
      .where(`${table}.item_id`, '=', p('id'))
      .where('users.disabled_at', 'is', null)
      .orderBy(`${table}.created_at`, 'desc')
      .orderBy('users.id', 'desc')
      .limit(p('limit'))
      .offset(p('offset')),
  )

const marking = {
  'track-repost': selectMarking('track_reposts'),
  'playlist-repost': selectMarking('playlist_reposts'),
  'playlist-favorite': selectMarking('playlist_favorites'),
  'track-favorite': statement((p: Placeholder<List>) =>
    query
      .selectFrom('favorites')
      .innerJoin('users', 'users.id', 'favorites.user_id')
      .select(profileColumns)
      .where('favorites.track_id', '=', p('id'))
      .where('users.disabled_at', 'is', null)
      .orderBy('favorites.created_at', 'desc')
      .orderBy('users.id', 'desc')
      .limit(p('limit'))
      .offset(p('offset')),
  ),
}

/** Who did it, the last first. */
export function* listMarking(
  kind: Mark | 'track-favorite',
  { id, offset, limit }: PeopleList,
): Verb<readonly Profile[]> {
  return (yield* all(marking[kind], { id, offset, limit })).map(toProfile)
}

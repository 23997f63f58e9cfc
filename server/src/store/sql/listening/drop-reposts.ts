import { sql } from 'kysely'
import { type Placeholder, query, type Statement, statement } from '../statement.ts'
import { change, type Verb } from '../transaction.ts'

type Of = { id: number }
type Deleted = 'track_reposts' | 'playlist_reposts'

const itemsOf = { track_reposts: 'tracks', playlist_reposts: 'playlists' } as const

/** The reposts of one item, or of all items of a user. */
const repostsOf = (p: Placeholder<Of>, table: Deleted, by: 'id' | 'user_id') =>
  query.selectFrom(table).where('item_id', 'in', itemsBy(p, table, by))

const itemsBy = (p: Placeholder<Of>, table: Deleted, by: 'id' | 'user_id') =>
  query.selectFrom(itemsOf[table]).select('id').where(by, '=', p('id'))

const uncount = (table: Deleted, by: 'id' | 'user_id') =>
  statement((p: Placeholder<Of>) =>
    query
      .updateTable('users')
      .set((set) => ({
        repost_count: set(
          'repost_count',
          '-',
          set.fn.coalesce(
            repostsOf(p, table, by)
              .select((of) => of.fn.countAll<number>().as('count'))
              .where(`${table}.user_id`, '=', sql.ref<number>('users.id')),
            set.lit(0),
          ),
        ),
      }))
      .where('id', 'in', repostsOf(p, table, by).select(`${table}.user_id`)),
  )

const remove = (table: Deleted, by: 'id' | 'user_id') =>
  statement((p: Placeholder<Of>) => query.deleteFrom(table).where('item_id', 'in', itemsBy(p, table, by)))

const dropping = (table: Deleted, by: 'id' | 'user_id'): readonly Statement<Of, unknown>[] => [
  uncount(table, by),
  remove(table, by),
]

const ofTrack = dropping('track_reposts', 'id')
const ofPlaylist = dropping('playlist_reposts', 'id')
const ofUser = [...dropping('track_reposts', 'user_id'), ...dropping('playlist_reposts', 'user_id')]

function* drop(statements: readonly Statement<Of, unknown>[], id: number): Verb<void> {
  for (const statement of statements) yield* change(statement, { id })
}

/** Takes back the reposts of a track that is deleted: they are in no list any more, and count no more. */
export const dropRepostsOfTrack = (id: number): Verb<void> => drop(ofTrack, id)

/** Takes back the reposts of a playlist that is deleted. */
export const dropRepostsOfPlaylist = (id: number): Verb<void> => drop(ofPlaylist, id)

/** Takes back the reposts of all that a user has made, whose account is deleted. */
export const dropRepostsOfUser = (id: number): Verb<void> => drop(ofUser, id)

/** Takes back those of what was deleted before there was this, and counts the rest. */
export const repostsCountedAnew = `
  DELETE FROM track_reposts WHERE item_id IN (SELECT id FROM tracks WHERE deleted_at IS NOT NULL);
  DELETE FROM playlist_reposts WHERE item_id IN (SELECT id FROM playlists WHERE deleted_at IS NOT NULL);
  UPDATE users SET repost_count =
    (SELECT count(*) FROM track_reposts WHERE track_reposts.user_id = users.id)
    + (SELECT count(*) FROM playlist_reposts WHERE playlist_reposts.user_id = users.id)
  WHERE repost_count <> 0;
`

import type { Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, type Verb } from '../transaction.ts'
import { dropRepostsOfUser } from './drop-reposts.ts'

type OfUser = { userId: number }

const uncountMarks = (
  table: 'track_reposts' | 'playlist_reposts' | 'playlist_favorites',
  of: 'tracks' | 'playlists',
  counter: 'repost_count' | 'favorite_count',
) =>
  statement((p: Placeholder<OfUser>) =>
    query
      .updateTable(of)
      .set((set) => ({ [counter]: set(counter, '-', set.lit(1)) }))
      .where('id', 'in', (from) =>
        from.selectFrom(table).select('item_id').where('user_id', '=', p('userId')),
      ),
  )

const deleteMarks = (table: 'track_reposts' | 'playlist_reposts' | 'playlist_favorites') =>
  statement((p: Placeholder<OfUser>) => query.deleteFrom(table).where('user_id', '=', p('userId')))

const uncountFollowers = statement((p: Placeholder<OfUser>) =>
  query
    .updateTable('users')
    .set((set) => ({ follower_count: set('follower_count', '-', set.lit(1)) }))
    .where('id', 'in', (from) =>
      from.selectFrom('follows').select('followee_id').where('follower_id', '=', p('userId')),
    ),
)

const uncountFollowees = statement((p: Placeholder<OfUser>) =>
  query
    .updateTable('users')
    .set((set) => ({ followee_count: set('followee_count', '-', set.lit(1)) }))
    .where('id', 'in', (from) =>
      from.selectFrom('follows').select('follower_id').where('followee_id', '=', p('userId')),
    ),
)

const deleteFollows = statement((p: Placeholder<OfUser>) =>
  query
    .deleteFrom('follows')
    .where((is) => is.or([is('follower_id', '=', p('userId')), is('followee_id', '=', p('userId'))])),
)

const clearCounts = statement((p: Placeholder<OfUser>) =>
  query
    .updateTable('users')
    .set((set) => ({ follower_count: set.lit(0), followee_count: set.lit(0), repost_count: set.lit(0) }))
    .where('id', '=', p('userId')),
)

const deleteListenings = statement((p: Placeholder<OfUser>) =>
  query.deleteFrom('listenings').where('user_id', '=', p('userId')),
)

const commentsOf = (p: Placeholder<OfUser>) =>
  query.selectFrom('comments as its').select('its.id').where('its.user_id', '=', p('userId'))

// With the answers to them, which nobody would come to any more.
const deleteComments = statement((p: Placeholder<OfUser & { now: Instant; nothing: string }>) =>
  query
    .updateTable('comments')
    .set({ deleted_at: p('now'), body: p('nothing') })
    .where((is) => is.or([is('user_id', '=', p('userId')), is('parent_id', 'in', commentsOf(p))]))
    .where('deleted_at', 'is', null),
)

const countCommentsAnew = statement((p: Placeholder<OfUser>) =>
  query
    .updateTable('tracks')
    .set((set) => ({
      comment_count: set.fn.coalesce(
        set
          .selectFrom('comments')
          .select((of) => of.fn.countAll<number>().as('count'))
          .whereRef('comments.track_id', '=', 'tracks.id')
          .where('comments.deleted_at', 'is', null),
        set.lit(0),
      ),
    }))
    .where('id', 'in', (from) =>
      from.selectFrom('comments').select('track_id').where('user_id', '=', p('userId')),
    ),
)

const countAnswersAnew = statement((p: Placeholder<OfUser>) =>
  query
    .updateTable('comments')
    .set((set) => ({
      reply_count: set.fn.coalesce(
        set
          .selectFrom('comments as answers')
          .select((of) => of.fn.countAll<number>().as('count'))
          .whereRef('answers.parent_id', '=', 'comments.id')
          .where('answers.deleted_at', 'is', null),
        set.lit(0),
      ),
    }))
    .where('id', 'in', (from) =>
      from
        .selectFrom('comments as its')
        .select((of) => of.fn.coalesce('its.parent_id', of.lit(0)).as('id'))
        .where('its.user_id', '=', p('userId')),
    ),
)

const uncountReactions = statement((p: Placeholder<OfUser>) =>
  query
    .updateTable('comments')
    .set((set) => ({ reaction_count: set('reaction_count', '-', set.lit(1)) }))
    .where('id', 'in', (from) =>
      from.selectFrom('comment_reactions').select('comment_id').where('user_id', '=', p('userId')),
    ),
)

const deleteReactions = statement((p: Placeholder<OfUser>) =>
  query.deleteFrom('comment_reactions').where('user_id', '=', p('userId')),
)

const deletePlaylists = statement((p: Placeholder<OfUser & { now: Instant; nothing: string }>) =>
  query
    .updateTable('playlists')
    .set((set) => ({
      deleted_at: p('now'),
      name: p('nothing'),
      name_key: p('nothing'),
      slug: p('nothing'),
      description: set.lit(null),
      cover_art: set.lit(null),
    }))
    .where('user_id', '=', p('userId')),
)

const ofUser = [
  uncountMarks('track_reposts', 'tracks', 'repost_count'),
  uncountMarks('playlist_reposts', 'playlists', 'repost_count'),
  uncountMarks('playlist_favorites', 'playlists', 'favorite_count'),
  deleteMarks('track_reposts'),
  deleteMarks('playlist_reposts'),
  deleteMarks('playlist_favorites'),
  uncountFollowers,
  uncountFollowees,
  deleteFollows,
  clearCounts,
  uncountReactions,
  deleteReactions,
  deleteListenings,
]

/** Takes back what a user did with music and with others, whose account is deleted. */
export function* leave(userId: number, now: Instant): Verb<void> {
  yield* dropRepostsOfUser(userId)
  for (const statement of ofUser) yield* change(statement, { userId })
  yield* change(deleteComments, { userId, now, nothing: '' })
  yield* change(countCommentsAnew, { userId })
  yield* change(countAnswersAnew, { userId })
  yield* change(deletePlaylists, { userId, now, nothing: '' })
}

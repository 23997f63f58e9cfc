import type { CommentCreation, NewComment } from '../../contract/comments.ts'
import type { Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, run, together, type Verb } from '../transaction.ts'

type OfComment = { id: number; now: Instant }
type Pair = { userId: number; commentId: number }

const selectTrack = statement((p: Placeholder<{ trackId: number }>) =>
  query
    .selectFrom('tracks')
    .innerJoin('users', 'users.id', 'tracks.user_id')
    .select('tracks.id')
    .where('tracks.id', '=', p('trackId'))
    .where('tracks.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null),
)

const selectLive = statement((p: Placeholder<{ id: number }>) =>
  query
    .selectFrom('comments')
    .innerJoin('users', 'users.id', 'comments.user_id')
    .innerJoin('tracks', 'tracks.id', 'comments.track_id')
    .innerJoin('users as artists', 'artists.id', 'tracks.user_id')
    .select([
      'comments.user_id',
      'comments.track_id',
      'comments.parent_id',
      'comments.reply_count',
      'tracks.user_id as artist_id',
    ])
    .where('comments.id', '=', p('id'))
    .where('comments.deleted_at', 'is', null)
    .where('tracks.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null)
    .where('artists.disabled_at', 'is', null),
)

type Row = Omit<NewComment, 'now'> & { now: Instant }

const insertComment = statement((p: Placeholder<Row>) =>
  query
    .insertInto('comments')
    .values({
      track_id: p('trackId'),
      user_id: p('userId'),
      api_key: p('apiKey'),
      parent_id: p('parentId'),
      body: p('body'),
      track_seconds: p('trackSeconds'),
      created_at: p('now'),
      updated_at: p('now'),
    })
    .returning('id'),
)

const updateBody = statement((p: Placeholder<OfComment & { userId: number; body: string }>) =>
  query
    .updateTable('comments')
    .set({ body: p('body'), is_edited: 1, updated_at: p('now') })
    .where('id', '=', p('id'))
    .where('user_id', '=', p('userId'))
    .where('deleted_at', 'is', null),
)

// The rows stay, so that no id is ever another comment's; what somebody wrote goes.
const deleteWithAnswers = statement((p: Placeholder<OfComment & { nothing: string }>) =>
  query
    .updateTable('comments')
    .set({ deleted_at: p('now'), body: p('nothing') })
    .where((is) => is.or([is('id', '=', p('id')), is('parent_id', '=', p('id'))]))
    .where('deleted_at', 'is', null),
)

const countAtTrack = statement((p: Placeholder<{ trackId: number; more: number }>) =>
  query
    .updateTable('tracks')
    .set((set) => ({ comment_count: set('comment_count', '+', p('more')) }))
    .where('id', '=', p('trackId')),
)

const countReplies = statement((p: Placeholder<{ id: number; more: number }>) =>
  query
    .updateTable('comments')
    .set((set) => ({ reply_count: set('reply_count', '+', p('more')) }))
    .where('id', '=', p('id')),
)

const insertReaction = statement((p: Placeholder<Pair & { now: Instant }>) =>
  query
    .insertInto('comment_reactions')
    .values({ user_id: p('userId'), comment_id: p('commentId'), created_at: p('now') })
    .onConflict((conflict) => conflict.doNothing()),
)

const deleteReaction = statement((p: Placeholder<Pair>) =>
  query
    .deleteFrom('comment_reactions')
    .where('user_id', '=', p('userId'))
    .where('comment_id', '=', p('commentId')),
)

const countReactions = statement((p: Placeholder<{ id: number; more: number }>) =>
  query
    .updateTable('comments')
    .set((set) => ({ reaction_count: set('reaction_count', '+', p('more')) }))
    .where('id', '=', p('id')),
)

/** Writes a comment at a track, or an answer to one there. */
export function* createComment(comment: NewComment): Verb<CommentCreation> {
  const { trackId, parentId } = comment
  if ((yield* one(selectTrack, { trackId })) === undefined) return { outcome: 'unknown-track' }
  if (parentId !== null) {
    const parent = yield* one(selectLive, { id: parentId })
    // An answer to an answer stands beside it, under the comment that both are about.
    if (parent?.track_id !== trackId || parent.parent_id !== null) return { outcome: 'unknown-parent' }
    yield* change(countReplies, { id: parentId, more: 1 })
  }
  const row = yield* one(insertComment, comment)
  if (!row) throw new Error('An insert answered no row')
  yield* change(countAtTrack, { trackId, more: 1 })
  return { outcome: 'created', id: row.id }
}

/** Writes one's own comment anew. */
export function* updateComment(
  id: number,
  userId: number,
  body: string,
  now: Instant,
): Verb<'changed' | 'unknown' | 'foreign'> {
  const live = yield* one(selectLive, { id })
  if (live === undefined) return 'unknown'
  return (yield* change(updateBody, { id, userId, body, now })) > 0 ? 'changed' : 'foreign'
}

/** Deletes a comment with its answers, for who wrote it or whose track it is at. */
export function* deleteComment(
  id: number,
  userId: number,
  now: Instant,
): Verb<'deleted' | 'unknown' | 'foreign'> {
  const live = yield* one(selectLive, { id })
  if (live === undefined) return 'unknown'
  if (live.user_id !== userId && live.artist_id !== userId) return 'foreign'
  const deleted = yield* change(deleteWithAnswers, { id, now, nothing: '' })
  yield* change(countAtTrack, { trackId: live.track_id, more: -deleted })
  if (live.parent_id !== null) yield* change(countReplies, { id: live.parent_id, more: -1 })
  return 'deleted'
}

/** Reacts to a comment, once. */
export function* reactToComment(commentId: number, userId: number, now: Instant): Verb<boolean> {
  if ((yield* one(selectLive, { id: commentId })) === undefined) return false
  if ((yield* change(insertReaction, { userId, commentId, now })) > 0)
    yield* together([run(countReactions, { id: commentId, more: 1 })])
  return true
}

/** Takes a reaction back. */
export function* unreactToComment(commentId: number, userId: number): Verb<void> {
  if ((yield* change(deleteReaction, { userId, commentId })) > 0)
    yield* change(countReactions, { id: commentId, more: -1 })
}

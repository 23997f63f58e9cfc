import type { Comment, CommentList } from '../../contract/comments.ts'
import type { Paging, Viewer } from '../../contract/music.ts'
import { type Placeholder, statement } from '../statement.ts'
import { all, one, type Verb } from '../transaction.ts'
import { toComment, visibleComments } from './comment-row.ts'

type List = { id: number; viewerId: number | null; offset: number; limit: number }
type Order = readonly [column: 'reaction_count' | 'created_at' | 'track_seconds', direction: 'asc' | 'desc']

const selectComment = statement((p: Placeholder<{ id: number; viewerId: number | null }>) =>
  visibleComments(p).where('comments.id', '=', p('id')),
)

const selectAtTrack = ([column, direction]: Order) =>
  statement((p: Placeholder<List>) =>
    visibleComments(p)
      .where('comments.track_id', '=', p('id'))
      .where('comments.parent_id', 'is', null)
      .orderBy(`comments.${column}`, direction)
      .orderBy('comments.id', 'desc')
      .limit(p('limit'))
      .offset(p('offset')),
  )

const atTrack = {
  top: selectAtTrack(['reaction_count', 'desc']),
  newest: selectAtTrack(['created_at', 'desc']),
  timestamp: selectAtTrack(['track_seconds', 'asc']),
}

const selectReplies = statement((p: Placeholder<List>) =>
  visibleComments(p)
    .where('comments.parent_id', '=', p('id'))
    .orderBy('comments.created_at')
    .orderBy('comments.id')
    .limit(p('limit'))
    .offset(p('offset')),
)

const selectBy = statement((p: Placeholder<List>) =>
  visibleComments(p)
    .where('comments.user_id', '=', p('id'))
    .where('tracks.is_unlisted', '=', 0)
    .orderBy('comments.created_at', 'desc')
    .orderBy('comments.id', 'desc')
    .limit(p('limit'))
    .offset(p('offset')),
)

/** A comment that is there. */
export function* findComment(id: number, { viewerId }: Viewer): Verb<Comment | undefined> {
  const row = yield* one(selectComment, { id, viewerId })
  return row && toComment(row)
}

/** The comments at a track that answer no other. */
export function* listComments({ id, viewerId, sort, offset, limit }: CommentList): Verb<readonly Comment[]> {
  return (yield* all(atTrack[sort], { id, viewerId, offset, limit })).map(toComment)
}

/** The answers to a comment. */
export function* listReplies({
  id,
  viewerId,
  offset,
  limit,
}: Paging & Viewer & { readonly id: number }): Verb<readonly Comment[]> {
  return (yield* all(selectReplies, { id, viewerId, offset, limit })).map(toComment)
}

/** What a user has written. */
export function* listCommentsBy({
  id,
  viewerId,
  offset,
  limit,
}: Paging & Viewer & { readonly id: number }): Verb<readonly Comment[]> {
  return (yield* all(selectBy, { id, viewerId, offset, limit })).map(toComment)
}

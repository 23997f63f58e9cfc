import { sql } from 'kysely'
import type { Comment } from '../../contract/comments.ts'
import { type ProfileRow, profileColumns, toProfile } from '../music/profile-row.ts'
import { type Placeholder, query } from '../statement.ts'

const reactions = () =>
  query
    .selectFrom('comment_reactions as reaction')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('reaction.comment_id', '=', sql.ref<number>('comments.id'))

/** Comments that are there, with who wrote them, as a viewer sees them. */
export function visibleComments(p: Placeholder<{ viewerId: number | null }>) {
  return query
    .selectFrom('comments')
    .innerJoin('users', 'users.id', 'comments.user_id')
    .innerJoin('tracks', 'tracks.id', 'comments.track_id')
    .innerJoin('users as artists', 'artists.id', 'tracks.user_id')
    .select([
      'comments.id as comment_id',
      'comments.track_id',
      'comments.parent_id',
      'comments.body',
      'comments.track_seconds',
      'comments.is_edited',
      'comments.reaction_count',
      'comments.reply_count',
      'comments.created_at as comment_created_at',
      'comments.updated_at as comment_updated_at',
    ])
    .select(profileColumns)
    .select([
      reactions().where('reaction.user_id', '=', p('viewerId')).as('reactions_of_viewer'),
      reactions().where('reaction.user_id', '=', sql.ref<number>('tracks.user_id')).as('reactions_of_artist'),
    ])
    .where('comments.deleted_at', 'is', null)
    .where('tracks.deleted_at', 'is', null)
    .where('users.disabled_at', 'is', null)
    .where('artists.disabled_at', 'is', null)
}

type CommentRow =
  ReturnType<ReturnType<typeof visibleComments>['execute']> extends Promise<(infer Row)[]> ? Row : never

/** The comment in a row of `visibleComments`. */
export const toComment = (row: CommentRow): Comment => ({
  id: row.comment_id,
  trackId: row.track_id,
  user: toProfile(row satisfies ProfileRow),
  parentId: row.parent_id,
  body: row.body,
  trackSeconds: row.track_seconds,
  isEdited: row.is_edited === 1,
  reactionCount: row.reaction_count,
  replyCount: row.reply_count,
  isReacted: row.reactions_of_viewer === 1,
  isReactedByArtist: row.reactions_of_artist === 1,
  createdAt: row.comment_created_at,
  updatedAt: row.comment_updated_at,
})

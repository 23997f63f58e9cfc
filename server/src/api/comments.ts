import { type Static, Type } from 'typebox'
import { FieldError, refused } from '../errors/api.ts'
import type { Comment, CommentList } from '../store/contract/store.ts'
import { CommentDone, type CommentSchema, Comments } from './comment-schema.ts'
import { checkEmail } from './confirmed-email.ts'
import { message, number, optional, paging } from './fields.ts'
import { decodeId, encodeId } from './ids.ts'
import { there } from './profile.ts'
import { type Resource, resource, value } from './resource.ts'
import { iso } from './track.ts'
import { existing, viewerOf } from './track-reads.ts'
import { userJson } from './user.ts'

const body = message(400)

/** The hosted service's client sends ids as numbers here, and public ones elsewhere: both are read. */
const anyId = (what: string) =>
  Type.Union([Type.Integer({ minimum: 1 }), Type.String({ maxLength: 20 })], {
    description: `${what}, public or as a number`,
  })

/** What the hosted service's client says again of a comment that is there. */
const where = {
  entity_type: optional(Type.Literal('Track', { description: 'Track' })),
  entity_id: optional(anyId('the id of the track that it is at')),
}

const sorts: Readonly<Record<string, CommentList['sort']>> = {
  top: 'top',
  newest: 'newest',
  timestamp: 'timestamp',
}

function idOf(id: number | string, field: string): number {
  const read = typeof id === 'number' ? id : decodeId(id)
  if (read === undefined) throw new FieldError([{ field, message: `${field} is not a valid id.` }])
  return read
}

const commentJson = (comment: Comment, publicUrl: string): Static<typeof CommentSchema> => ({
  id: encodeId(comment.id),
  entity_id: encodeId(comment.trackId),
  entity_type: 'Track',
  user_id: encodeId(comment.user.id),
  user: userJson(comment.user, publicUrl),
  message: comment.body,
  mentions: [],
  track_timestamp_s: comment.trackSeconds,
  parent_comment_id: comment.parentId,
  react_count: comment.reactionCount,
  reply_count: comment.replyCount,
  is_edited: comment.isEdited,
  is_current_user_reacted: comment.isReacted,
  is_artist_reacted: comment.isReactedByArtist,
  is_tombstone: false,
  is_muted: false,
  replies: [],
  created_at: iso(comment.createdAt),
  updated_at: iso(comment.updatedAt),
})

const list = (comments: readonly Comment[], publicUrl: string) =>
  value({ data: comments.map((comment) => commentJson(comment, publicUrl)) })

const done = (commentId: number) => {
  const comment_id = encodeId(commentId)
  return value({ data: { comment_id }, comment_id, success: true })
}

function refuseUnlessOwn(outcome: 'changed' | 'deleted' | 'unknown' | 'foreign'): void {
  if (outcome === 'unknown') throw refused.noSuch('comment')
  if (outcome === 'foreign') throw refused.notOwner('a comment')
}

/** What people say about tracks. */
export const comments: readonly Resource[] = [
  resource({
    method: 'GET',
    path: '/v1/tracks/{id}/comments',
    name: 'getTrackComments',
    group: 'Comments',
    summary: 'The comments at a track, the most liked first',
    access: 'anyone',
    query: {
      sort_method: Type.Optional(
        Type.Union(
          Object.keys(sorts).map((name) => Type.Literal(name)),
          { description: `one of ${Object.keys(sorts).join(', ')}` },
        ),
      ),
      ...paging,
    },
    answer: Comments,
    async respond({ caller, path: { id }, query }, { store, issuer }) {
      const viewer = viewerOf(caller)
      await existing(id, viewer, store)
      const sort = sorts[query.sort_method ?? 'top'] ?? 'top'
      const { offset, limit } = query
      return list(await store.listComments({ ...viewer, id, sort, offset, limit }), issuer)
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/users/{id}/comments',
    name: 'getUserComments',
    group: 'Comments',
    summary: 'What a user has said about tracks, the last first',
    access: 'anyone',
    query: paging,
    answer: Comments,
    async respond({ caller, path: { id }, query }, { store, issuer }) {
      there(await store.findProfile(id))
      return list(await store.listCommentsBy({ ...query, ...viewerOf(caller), id }), issuer)
    },
  }),
  resource({
    method: 'POST',
    path: '/v1/comments',
    name: 'createComment',
    group: 'Comments',
    summary: 'Says something about a track, or answers a comment there',
    access: 'write',
    body: {
      entity_type: Type.Literal('Track', { description: 'Track' }),
      entity_id: anyId('the id of a track'),
      body,
      parent_id: optional(anyId('the id of the comment that it answers')),
      track_timestamp_s: optional(number(0, 86_400, ' seconds')),
    },
    answer: CommentDone,
    async respond({ caller, body }, deps) {
      checkEmail(caller.user, deps)
      const creation = await deps.store.createComment({
        trackId: idOf(body.entity_id, 'entity_id'),
        userId: caller.user.id,
        apiKey: caller.apiKey,
        parentId: body.parent_id == null ? null : idOf(body.parent_id, 'parent_id'),
        body: body.body,
        trackSeconds: body.track_timestamp_s ?? null,
        now: deps.clock(),
      })
      if (creation.outcome === 'created') return done(creation.id)
      throw refused.noSuch(creation.outcome === 'unknown-track' ? 'track' : 'comment at this track to answer')
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/comments/{id}',
    name: 'getComment',
    group: 'Comments',
    summary: 'A comment, as the one member of a list',
    access: 'anyone',
    answer: Comments,
    async respond({ caller, path }, { store, issuer }) {
      const comment = await store.findComment(path.id, viewerOf(caller))
      if (comment === undefined) throw refused.noSuch('comment')
      return list([comment], issuer)
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/comments/{id}/replies',
    name: 'getCommentReplies',
    group: 'Comments',
    summary: 'The answers to a comment, the oldest first',
    access: 'anyone',
    query: paging,
    answer: Comments,
    async respond({ caller, path: { id }, query }, { store, issuer }) {
      const viewer = viewerOf(caller)
      if ((await store.findComment(id, viewer)) === undefined) throw refused.noSuch('comment')
      return list(await store.listReplies({ ...query, ...viewer, id }), issuer)
    },
  }),
  resource({
    method: 'PUT',
    path: '/v1/comments/{id}',
    name: 'updateComment',
    group: 'Comments',
    summary: 'Writes one’s own comment anew',
    access: 'write',
    body: { body, ...where },
    answer: CommentDone,
    async respond({ caller, path, body }, { store, clock }) {
      refuseUnlessOwn(await store.updateComment(path.id, caller.user.id, body.body, clock()))
      return done(path.id)
    },
  }),
  resource({
    method: 'DELETE',
    path: '/v1/comments/{id}',
    name: 'deleteComment',
    group: 'Comments',
    summary: 'Deletes one’s own comment, or one at a track of one’s own, with its answers',
    access: 'write',
    answer: CommentDone,
    async respond({ caller, path }, { store, clock }) {
      refuseUnlessOwn(await store.deleteComment(path.id, caller.user.id, clock()))
      return done(path.id)
    },
  }),
  resource({
    method: 'POST',
    path: '/v1/comments/{id}/react',
    name: 'reactToComment',
    group: 'Comments',
    summary: 'Reacts to a comment, once however often it is asked',
    access: 'write',
    answer: CommentDone,
    async respond({ caller, path }, { store, clock }) {
      if (!(await store.reactToComment(path.id, caller.user.id, clock()))) throw refused.noSuch('comment')
      return done(path.id)
    },
  }),
  resource({
    method: 'DELETE',
    path: '/v1/comments/{id}/react',
    name: 'unreactToComment',
    group: 'Comments',
    summary: 'Takes a reaction back, if it is there',
    access: 'write',
    answer: CommentDone,
    async respond({ caller, path }, { store }) {
      await store.unreactToComment(path.id, caller.user.id)
      return done(path.id)
    },
  }),
]

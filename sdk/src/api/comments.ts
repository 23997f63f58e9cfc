import type { CallOptions } from '../http/abort.ts'
import type { SessionContext } from '../session/context.ts'
import { callApi, type Data, segment } from './call.ts'
import { create } from './create.ts'
import type * as Api from './generated.ts'
import { readsOf } from './read.ts'

/** What a comment was written, changed or deleted as: its id, in both places where `@audius/sdk` has had it. */
export interface CommentId {
  /** As other calls answer. */
  readonly data: {
    /** The comment's public id. */
    readonly commentId: string
  }
  /** The comment's public id. */
  readonly commentId: string
}

/** What people say about tracks. Those at a track are listed by `tracks.getTrackComments()`. Calls reject as those of `Tracks` do. */
export interface Comments {
  /**
   * A comment, as the one member of a list.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getComment(request: Api.GetCommentRequest, options?: CallOptions): Promise<Data<readonly Api.Comment[]>>
  /**
   * The answers to a comment, the oldest first.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getCommentReplies(
    request: Api.GetCommentRepliesRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Comment[]>>
  /**
   * Says something about a track, or answers a comment there.
   *
   * @param request What, and where.
   * @param options How long to wait. A call that was aborted may have said it all the same.
   * @throws ApiError `not_found`.
   */
  createComment(request: Api.CreateCommentRequest, options?: CallOptions): Promise<CommentId>
  /**
   * Writes one's own comment anew.
   *
   * @param request Which, and how.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  updateComment(request: Api.UpdateCommentRequest, options?: CallOptions): Promise<CommentId>
  /**
   * Deletes one's own comment, or one at a track of one's own, with its answers.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  deleteComment(request: Api.DeleteCommentRequest, options?: CallOptions): Promise<CommentId>
  /**
   * Reacts to a comment, once however often it is called.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  reactToComment(request: Api.ReactToCommentRequest, options?: CallOptions): Promise<CommentId>
  /**
   * Takes a reaction back, if there is one.
   *
   * @param request Which.
   * @param options How long to wait.
   */
  unreactToComment(request: Api.UnreactToCommentRequest, options?: CallOptions): Promise<CommentId>
}

/** The calls of `sdk().comments`. */
export function commentsOf(context: SessionContext): Comments {
  const of = (commentId: string, what = '') => `/comments/${segment(commentId, 'commentId')}${what}`
  const { many } = readsOf(context)
  const idOf = (commentId: string): CommentId => ({ data: { commentId }, commentId })
  /** A change that answers nothing but the id that it was sent. */
  const change =
    (method: 'POST' | 'PUT' | 'DELETE', what = '') =>
    async (
      { commentId, metadata: body, userId }: ChangeRequest,
      options?: CallOptions,
    ): Promise<CommentId> => {
      const call = { method, path: of(commentId, what), query: { userId }, ...(body && { body }) }
      await callApi(context, call, options)
      return idOf(commentId)
    }
  return {
    getComment: ({ commentId, ...query }, options) => many('Comment', of(commentId), query, options),
    getCommentReplies: ({ commentId, ...query }, options) =>
      many('Comment', of(commentId, '/replies'), query, options),
    createComment: async (request, options) => idOf(await create(context, 'comment', request, options)),
    updateComment: change('PUT'),
    deleteComment: change('DELETE'),
    reactToComment: change('POST', '/react'),
    unreactToComment: change('DELETE', '/react'),
  }
}

interface ChangeRequest {
  readonly commentId: string
  readonly userId?: string | undefined
  readonly metadata?: object
}

import { failure } from '../errors/errors.ts'
import type { CallOptions } from '../http/abort.ts'
import { fields, isText } from '../http/fields.ts'
import type { SessionContext } from '../session/context.ts'
import { readAnswers } from './answers.ts'
import { callApi, type Data, segment } from './call.ts'
import type * as Api from './generated.ts'

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
  async function get(path: string, query: object, options?: CallOptions) {
    return { data: readAnswers('Comment', (await callApi(context, { path, query }, options))['data']) }
  }
  /** A change that answers nothing but the id that it was sent. */
  const change =
    (method: 'POST' | 'PUT' | 'DELETE', what = '') =>
    async (
      { commentId, metadata: body, userId }: ChangeRequest,
      options?: CallOptions,
    ): Promise<CommentId> => {
      const call = { method, path: of(commentId, what), query: { userId }, ...(body && { body }) }
      await callApi(context, call, options)
      return { data: { commentId }, commentId }
    }
  return {
    getComment: ({ commentId, ...query }, options) => get(of(commentId), query, options),
    getCommentReplies: ({ commentId, ...query }, options) => get(of(commentId, '/replies'), query, options),
    createComment: async ({ metadata, ...query }, options) => {
      const call = { method: 'POST', path: '/comments', query, body: metadata } as const
      const answer = await callApi(context, call, options)
      const commentId = answer['commentId'] ?? fields(answer['data'])['commentId']
      if (!isText(commentId)) throw failure('invalid_answer')
      return { data: { commentId }, commentId }
    },
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

import type { Paging, Profile, Viewer } from './music.ts'
import type { Instant } from './types.ts'

/** A comment that is not deleted, with who wrote it. */
export interface Comment {
  readonly id: number
  readonly trackId: number
  readonly user: Profile
  /** Of an answer: the comment that it answers. */
  readonly parentId: number | null
  readonly body: string
  /** The moment of the track that it is about. */
  readonly trackSeconds: number | null
  readonly isEdited: boolean
  readonly reactionCount: number
  readonly replyCount: number
  /** Whether its viewer, and the artist of the track, have reacted to it. */
  readonly isReacted: boolean
  readonly isReactedByArtist: boolean
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

export interface NewComment {
  readonly trackId: number
  readonly userId: number
  readonly apiKey: string | null
  readonly parentId: number | null
  readonly body: string
  readonly trackSeconds: number | null
  readonly now: Instant
}

export type CommentCreation =
  | { readonly outcome: 'created'; readonly id: number }
  | { readonly outcome: 'unknown-track' | 'unknown-parent' }

export interface CommentList extends Paging, Viewer {
  readonly id: number
  readonly sort: 'top' | 'newest' | 'timestamp'
}

/** The part of the store that holds comments. */
export interface CommentStore {
  createComment(comment: NewComment): Promise<CommentCreation>
  /** Writes one's own comment anew. */
  updateComment(
    commentId: number,
    userId: number,
    body: string,
    now: Instant,
  ): Promise<'changed' | 'unknown' | 'foreign'>
  /** Deletes one's own comment, or one at a track of one's own, with its answers. */
  deleteComment(commentId: number, userId: number, now: Instant): Promise<'deleted' | 'unknown' | 'foreign'>
  /** Once however often it is asked; false when there is no such comment. */
  reactToComment(commentId: number, userId: number, now: Instant): Promise<boolean>
  unreactToComment(commentId: number, userId: number): Promise<void>
  findComment(commentId: number, viewer: Viewer): Promise<Comment | undefined>
  /** The comments at a track that answer no other. */
  listComments(list: CommentList): Promise<readonly Comment[]>
  /** The answers to a comment, the oldest first. */
  listReplies(list: Paging & Viewer & { readonly id: number }): Promise<readonly Comment[]>
  /** What a user has written, the newest first. */
  listCommentsBy(list: Paging & Viewer & { readonly id: number }): Promise<readonly Comment[]>
}

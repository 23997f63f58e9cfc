import { Type } from 'typebox'
import { UserSchema } from './user-schema.ts'

const flag = (description: string) => Type.Boolean({ description })

export const CommentSchema = Type.Object(
  {
    id: Type.String({ description: 'The public id.' }),
    entity_id: Type.String({ description: 'The public id of the track that it is at.' }),
    entity_type: Type.Literal('Track', { description: 'What it is at.' }),
    user_id: Type.String({ description: 'The public id of who wrote it.' }),
    user: UserSchema,
    message: Type.String({ description: 'What it says.' }),
    mentions: Type.Array(Type.Unknown(), {
      maxItems: 0,
      description: 'Always empty: nothing of it is kept.',
    }),
    track_timestamp_s: Type.Union([Type.Number(), Type.Null()], {
      description: 'The second of the track that it is about.',
    }),
    parent_comment_id: Type.Union([Type.Integer(), Type.Null()], {
      description: 'Of an answer: the comment that it answers, as a number.',
    }),
    react_count: Type.Integer({ minimum: 0, description: 'How many have reacted to it.' }),
    reply_count: Type.Integer({ minimum: 0, description: 'How many answers it has.' }),
    is_edited: flag('Whether it was written anew.'),
    is_current_user_reacted: flag('Whether whoever asks has reacted to it.'),
    is_artist_reacted: flag('Whether the artist of the track has.'),
    is_tombstone: Type.Literal(false),
    is_muted: Type.Literal(false),
    replies: Type.Array(Type.Unknown(), {
      maxItems: 0,
      description: 'Always empty: answers have a call of their own.',
    }),
    created_at: Type.String({ format: 'date-time', description: 'When it was written.' }),
    updated_at: Type.String({ format: 'date-time', description: 'When it was last changed.' }),
  },
  { title: 'Comment', description: 'What somebody says about a track.' },
)

export const Comments = Type.Object({ data: Type.Array(CommentSchema) })

/** Done to a comment: its id in both places where clients look. */
export const CommentDone = Type.Object({
  data: Type.Object({ comment_id: Type.String() }),
  comment_id: Type.String(),
  success: Type.Literal(true),
})

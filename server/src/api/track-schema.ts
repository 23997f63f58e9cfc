import { Type } from 'typebox'
import { SquareImage, UserSchema } from './user-schema.ts'

const text = Type.String()
const count = Type.Integer({ minimum: 0 })
const instant = Type.String({ format: 'date-time' })
const zero = Type.Literal(0)
const maybeText = Type.Union([text, Type.Null()])
const maybeNumber = Type.Union([Type.Number(), Type.Null()])
const none = Type.Array(Type.Unknown(), { maxItems: 0 })

export const Media = Type.Object({ url: text, mirrors: Type.Array(text) }, { title: 'Media' })
const maybeMedia = Type.Union([Media, Type.Null()])

export const TrackSchema = Type.Object(
  {
    id: Type.String({ description: 'The public id.' }),
    title: text,
    genre: text,
    mood: maybeText,
    tags: Type.Union([text, Type.Null()], { description: 'Words with commas between them.' }),
    description: maybeText,
    duration: Type.Integer({ minimum: 0, description: 'Whole seconds.' }),
    permalink: Type.String({ description: '/{handle}/{slug}' }),
    artwork: Type.Union([SquareImage, Type.Null()]),
    user: UserSchema,
    user_id: Type.String({ description: 'The public id of the artist.' }),
    track_cid: text,
    preview_cid: maybeText,
    preview_start_seconds: maybeNumber,
    orig_file_cid: Type.Union([text, Type.Null()], {
      description: 'Told to its artist, and to everyone where the track may be downloaded.',
    }),
    orig_filename: maybeText,
    is_original_available: Type.Boolean(),
    is_downloadable: Type.Boolean(),
    is_streamable: Type.Literal(true),
    is_unlisted: Type.Boolean(),
    is_delete: Type.Literal(false),
    is_available: Type.Literal(true),
    release_date: Type.Union([instant, Type.Null()]),
    created_at: instant,
    updated_at: instant,
    favorite_count: count,
    repost_count: zero,
    play_count: zero,
    comment_count: zero,
    has_current_user_saved: Type.Boolean(),
    has_current_user_reposted: Type.Literal(false),
    cover_art_sizes: maybeText,
    bpm: maybeNumber,
    musical_key: maybeText,
    isrc: maybeText,
    license: maybeText,
    stream: Media,
    download: maybeMedia,
    preview: maybeMedia,
    followee_reposts: none,
    followee_favorites: none,
    track_segments: none,
  },
  { title: 'Track' },
)

export const OneTrack = Type.Object({ data: TrackSchema })
export const Tracks = Type.Object({ data: Type.Array(TrackSchema) })

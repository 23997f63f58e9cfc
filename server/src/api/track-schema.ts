import { Type } from 'typebox'
import { inWords, lifetimes } from '../limits.ts'
import { SquareImage, UserSchema } from './user-schema.ts'

const text = Type.String()
const textThat = (description: string) => Type.String({ description })
const instant = (description: string) => Type.String({ format: 'date-time', description })
const maybeText = (description: string) => Type.Union([text, Type.Null()], { description })
const maybeNumber = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })
const flag = (description: string) => Type.Boolean({ description })
const shown = Type.Literal(true)
const none = Type.Array(Type.Unknown(), { maxItems: 0, description: 'Always empty: nothing of it is kept.' })

export const Media = Type.Object(
  {
    url: textThat('Where the file is.'),
    mirrors: Type.Array(text, { description: 'Other hosts that serve the same path.' }),
  },
  { title: 'Media', description: 'A file and where it is served.' },
)
const maybeMedia = (description: string) => Type.Union([Media, Type.Null()], { description })

const LoudnessSchema = Type.Object(
  {
    integrated: Type.Number({ description: 'Of the whole, in LUFS.' }),
    true_peak: maybeNumber('The highest peak between samples, in dBTP.'),
  },
  { title: 'Loudness', description: 'How loud audio is, by EBU R128.' },
)

export const AccessSchema = Type.Object(
  {
    stream: Type.Literal(true),
    download: flag('Whether anyone may download the original.'),
  },
  { title: 'Access', description: 'What whoever asks may do with it.' },
)

export const TrackSchema = Type.Object(
  {
    id: Type.String({ description: 'The public id.' }),
    title: textThat('The name to show.'),
    genre: textThat('Its genre, by name.'),
    mood: maybeText('Its mood, by name.'),
    tags: Type.Union([text, Type.Null()], { description: 'Words with commas between them.' }),
    description: maybeText('In the artist’s own words.'),
    duration: Type.Integer({ minimum: 0, description: 'Whole seconds.' }),
    permalink: Type.String({ description: '/{handle}/{slug}' }),
    artwork: Type.Union([SquareImage, Type.Null()], { description: 'Its cover.' }),
    user: UserSchema,
    user_id: Type.String({ description: 'The public id of the artist.' }),
    track_cid: textThat('The CID of the audio to play.'),
    preview_cid: maybeText('The CID of a part to listen into.'),
    preview_start_seconds: maybeNumber('Where that part begins.'),
    orig_file_cid: Type.Union([text, Type.Null()], {
      description: 'Told to its artist, and to everyone where the track may be downloaded.',
    }),
    orig_filename: maybeText('The name that the original was uploaded under.'),
    is_original_available: flag('Whether the original was kept.'),
    is_downloadable: flag('Whether anyone may download the original.'),
    is_streamable: Type.Literal(true),
    is_unlisted: flag('Whether it is left out of lists.'),
    is_delete: Type.Literal(false),
    is_available: Type.Literal(true),
    release_date: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'The day that its artist names.',
    }),
    created_at: instant('When it was published.'),
    updated_at: instant('When it was last changed.'),
    favorite_count: Type.Integer({ minimum: 0, description: 'In how many libraries it is.' }),
    repost_count: Type.Integer({ minimum: 0, description: 'How many have reposted it.' }),
    play_count: Type.Integer({
      minimum: 0,
      description: `How often it was heard: once by each listener in ${inWords(lifetimes.play)}.`,
    }),
    comment_count: Type.Integer({ minimum: 0, description: 'How many comments it has, answers among them.' }),
    has_current_user_saved: flag('Whether it is in the library of whoever asks.'),
    has_current_user_reposted: flag('Whether whoever asks has reposted it.'),
    cover_art_sizes: maybeText('The CID of the cover.'),
    bpm: maybeNumber('Beats in a minute.'),
    musical_key: maybeText('Such as A minor.'),
    loudness: Type.Union([LoudnessSchema, Type.Null()], {
      description: 'How loud the audio to play is; null for silence, and where it was not measured.',
    }),
    isrc: maybeText('Its International Standard Recording Code.'),
    license: maybeText('What its artist allows others.'),
    stream: Media,
    download: maybeMedia('The original, where anyone may download it.'),
    preview: maybeMedia('A part to listen into.'),
    followee_reposts: none,
    followee_favorites: none,
    track_segments: none,
    route_id: textThat('The permalink without its first slash.'),
    access: AccessSchema,
    is_owned_by_user: flag('Whether whoever asks is its artist.'),
    remix_of: Type.Object(
      { tracks: none },
      { title: 'RemixOf', description: 'What it was made of: nothing of it is kept.' },
    ),
    field_visibility: Type.Object(
      {
        mood: shown,
        tags: shown,
        genre: shown,
        share: shown,
        play_count: shown,
        remixes: shown,
      },
      { title: 'FieldVisibility', description: 'What its artist shows: all of it.' },
    ),
    is_scheduled_release: Type.Literal(false),
    is_stream_gated: Type.Literal(false),
    is_download_gated: Type.Literal(false),
    blocknumber: Type.Literal(0),
  },
  { title: 'Track', description: 'A track that somebody published.' },
)

export const OneTrack = Type.Object({ data: TrackSchema })
export const Tracks = Type.Object({ data: Type.Array(TrackSchema) })

import type { Generated, GeneratedAlways } from 'kysely'
import type { Digest, Instant } from '../../contract/store.ts'
import type { Flag } from './flag.ts'

/** A file on its way in, and what became of it. */
export interface Uploads {
  /** The last segment of its tus URL. */
  id: string
  /** Whose access token sent it; null for one that is only staged. */
  user_id: number | null
  /** Where a staged one came from, as the limits count it. */
  address: string | null
  /** The node that has its bytes; null where all have, and for one from before that was noted. */
  node: string | null
  template: 'audio' | 'img_square' | 'img_backdrop'
  filename: string
  /** Bytes, as declared at the start. */
  length: number
  preview_start_seconds: number | null
  status: 'receiving' | 'new' | 'busy' | 'done' | 'error'
  error: Generated<string | null>
  /** Of the processing, from 0 to 1. */
  progress: number
  duration_seconds: Generated<number | null>
  bpm: Generated<number | null>
  musical_key: Generated<string | null>
  /** LUFS. */
  loudness: Generated<number | null>
  /** dBTP. */
  true_peak: Generated<number | null>
  created_at: Instant
  /** When it is swept, unless a track or a profile has claimed it. */
  expires_at: Instant
  claimed_at: Generated<Instant | null>
  /** When the last thing that stood on it went; it is unclaimed again from then on. */
  released_at: Generated<Instant | null>
  /** How often its processing was begun. */
  attempts: number
  /** Until when whoever began it last has it to themselves. */
  lease_until: Generated<Instant | null>
  /** How many bytes have come, where any node takes them. */
  received: Generated<number>
  /** Whose request writes to it, and until when it holds. */
  writer: Generated<string | null>
  writer_until: Generated<Instant | null>
}

/** Bytes of an upload on its way, as an object of the bucket. */
export interface UploadParts {
  upload_id: string
  start: number
  bytes: number
  name: string
}

/** What an upload left in the content store. */
export interface UploadFiles {
  upload_id: string
  role: 'original' | 'stream' | 'preview' | 'image'
  cid: string
  /** The media type found in the bytes. */
  type: string
  bytes: number
}

export interface Tracks {
  id: GeneratedAlways<number>
  user_id: number
  /** The app that published it. */
  api_key: string | null
  /** The last segment of its permalink. */
  slug: string
  title: string
  /** The title as searches compare it. */
  title_key: string
  genre: string
  mood: string | null
  tags: string | null
  description: string | null
  license: string | null
  isrc: string | null
  release_date: Instant | null
  track_cid: string
  preview_cid: string | null
  preview_start_seconds: number | null
  orig_file_cid: string | null
  orig_filename: string | null
  cover_art: string | null
  /** Whole seconds. */
  duration: number
  bpm: number | null
  musical_key: string | null
  /** LUFS. */
  loudness: number | null
  /** dBTP. */
  true_peak: number | null
  is_downloadable: Flag
  is_unlisted: Flag
  /** How many libraries it is in. */
  favorite_count: Generated<number>
  repost_count: Generated<number>
  /** Answers to comments are counted as well. */
  comment_count: Generated<number>
  play_count: Generated<number>
  created_at: Instant
  updated_at: Instant
  deleted_at: Generated<Instant | null>
}

/** The library: what a user has saved. */
export interface Favorites {
  user_id: number
  track_id: number
  /** The app that saved it; null for what was saved before that was noted. */
  api_key: string | null
  created_at: Instant
}

/** Who has heard a track, until that counts again. */
export interface Plays {
  track_id: number
  /** A number that stands for a listener, and for others at times. */
  listener: number
  expires_at: Instant
}

/** What a change that is to happen once has come to. */
export interface IdempotencyKeys {
  user_id: number
  /** SHA-256 of the key and of what it was sent for. */
  digest: Digest
  /** SHA-256 of what was sent with it. */
  fingerprint: Digest
  /** JSON. */
  result: string
  expires_at: Instant
}

import type { Generated, GeneratedAlways } from 'kysely'
import type { Instant } from '../../contract/store.ts'
import type { Flag } from './flag.ts'

export interface Playlists {
  id: GeneratedAlways<number>
  user_id: number
  /** The app that created it. */
  api_key: string | null
  slug: string
  name: string
  name_key: string
  description: string | null
  is_album: Flag
  is_private: Flag
  cover_art: string | null
  upc: string | null
  release_date: Instant | null
  favorite_count: Generated<number>
  repost_count: Generated<number>
  created_at: Instant
  updated_at: Instant
  deleted_at: Generated<Instant | null>
}

export interface PlaylistTracks {
  playlist_id: number
  /** They go up and may have gaps. */
  position: number
  track_id: number
  added_at: Instant
}

/** That somebody reposted or saved a track or playlist, and by which app. */
export interface Marks {
  user_id: number
  item_id: number
  api_key: string | null
  created_at: Instant
}

export interface Follows {
  follower_id: number
  followee_id: number
  api_key: string | null
  created_at: Instant
}

export interface Comments {
  id: GeneratedAlways<number>
  track_id: number
  user_id: number
  api_key: string | null
  parent_id: number | null
  body: string
  track_seconds: number | null
  is_edited: Generated<Flag>
  reaction_count: Generated<number>
  reply_count: Generated<number>
  created_at: Instant
  updated_at: Instant
  deleted_at: Generated<Instant | null>
}

export interface CommentReactions {
  user_id: number
  comment_id: number
  created_at: Instant
}

/** What something is found by: its words as searches compare them, with blanks between them. */
export interface SearchWords {
  id: number
  owner_id: number
  title: string
  artist: string
  tags: string
}

/** Words that titles, names and tags have, and in how many of them. */
export interface SearchVocabulary {
  word: string
  uses: number
}

/** What a misspelt word is looked up by. */
export interface SearchSpellings {
  key: string
  word: string
}

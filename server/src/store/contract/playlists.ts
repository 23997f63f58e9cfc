import type { FileFault, Paging, Profile, Relation, Track, Viewer } from './music.ts'
import type { Instant } from './types.ts'

/** What the owner of a playlist or album says about it. */
export interface PlaylistFacts {
  readonly name: string
  readonly description: string | null
  readonly isAlbum: boolean
  /** Private ones are in no list but their owner's; whoever has the id sees them. */
  readonly isPrivate: boolean
  /** CID of a square image. */
  readonly coverArt: string | null
  readonly upc: string | null
  readonly releaseDate: Instant | null
}

/** A track in a playlist. */
export interface PlaylistEntry {
  readonly trackId: number
  readonly addedAt: Instant
}

export interface NewPlaylist extends PlaylistFacts {
  readonly userId: number
  readonly apiKey: string | null
  /** In their order. */
  readonly entries: readonly PlaylistEntry[]
  readonly now: Instant
  /** Of one that was elsewhere before. */
  readonly createdAt?: Instant
}

/** What to change; what is not named stays as it is. `entries` replaces all of them. */
export interface PlaylistChanges extends Partial<PlaylistFacts> {
  readonly entries?: readonly PlaylistEntry[]
}

/** A playlist or album that is not deleted, of a user who is not disabled, as its viewer sees it. */
export interface Playlist extends PlaylistFacts {
  readonly id: number
  /** The last segment of its permalink but for the id. */
  readonly slug: string
  readonly user: Profile
  /** How its viewer and its owner are related. */
  readonly relation: Relation
  /** Those that its viewer may see in lists, in their order. */
  readonly entries: readonly PlaylistEntry[]
  readonly favoriteCount: number
  readonly repostCount: number
  readonly isSaved: boolean
  readonly isReposted: boolean
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** `trackIds` are of no track that a playlist of this user can show: see `EntryChange`. Nothing was changed. */
interface Refused {
  readonly outcome: 'refused'
  readonly faults: readonly FileFault[]
  readonly trackIds: readonly number[]
}

export type PlaylistCreation = { readonly outcome: 'created'; readonly id: number } | Refused
export type PlaylistChange = { readonly outcome: 'changed' | 'unknown' | 'foreign' } | Refused
/** `unlisted-track`: its artist, who is another, shows it in no list. `full`: it has as many as one may have. `elsewhere`: nothing stands at that place. */
export type EntryChange =
  | 'changed'
  | 'unknown'
  | 'foreign'
  | 'unknown-track'
  | 'unlisted-track'
  | 'full'
  | 'elsewhere'

export interface PlaylistList extends Paging, Viewer {
  readonly userId: number
  readonly isAlbum: boolean
}

/** Something that a list of a person's doings has, and when they did it. */
export type Doing =
  | { readonly kind: 'track'; readonly track: Track; readonly at: Instant }
  | { readonly kind: 'playlist'; readonly playlist: Playlist; readonly at: Instant }

/** The part of the store that holds playlists and albums. */
export interface PlaylistStore {
  /** Creates a playlist and claims the upload of its cover: all of it or nothing. */
  createPlaylist(playlist: NewPlaylist): Promise<PlaylistCreation>
  updatePlaylist(
    playlistId: number,
    userId: number,
    changes: PlaylistChanges,
    now: Instant,
  ): Promise<PlaylistChange>
  deletePlaylist(playlistId: number, userId: number, now: Instant): Promise<'deleted' | 'unknown' | 'foreign'>
  /** Adds a track at the end. Of concurrent calls every one adds its own. */
  addToPlaylist(playlistId: number, userId: number, trackId: number, now: Instant): Promise<EntryChange>
  /** Takes away what its viewer sees at a place, counted from 0. */
  removeFromPlaylist(playlistId: number, userId: number, place: number, now: Instant): Promise<EntryChange>
  findPlaylist(playlistId: number, viewer: Viewer): Promise<Playlist | undefined>
  /** Those that are there, in the order asked for, each once. */
  findPlaylists(playlistIds: readonly number[], viewer: Viewer): Promise<readonly Playlist[]>
  /** A user's playlists or albums, the newest first. */
  listPlaylists(list: PlaylistList): Promise<readonly Playlist[]>
  /** The playlists or albums in a library, what was saved last first. */
  listSavedPlaylists(
    list: PlaylistList,
  ): Promise<readonly { readonly playlist: Playlist; readonly at: Instant }[]>
  /** Public playlists that a text may mean, the likeliest first: see `Find`. */
  searchPlaylists(
    search: Paging & Viewer & { readonly query: string; readonly isAlbum: boolean | null },
  ): Promise<readonly Playlist[]>
}

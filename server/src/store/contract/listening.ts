import type { Paging, Profile, Relation, Track, Viewer } from './music.ts'
import type { Doing, Playlist } from './playlists.ts'
import type { Instant } from './types.ts'

/** What a person does with something: once, until they take it back. */
export type Mark = 'track-repost' | 'playlist-repost' | 'playlist-favorite'

export interface PeopleList extends Paging {
  readonly id: number
}

export interface Trending extends Paging, Viewer {
  /** What happened since counts; null for all that ever did. */
  readonly since: Instant | null
  readonly genre: string | null
}

export interface Feed extends Paging {
  readonly userId: number
  readonly filter: 'all' | 'original' | 'repost'
  readonly isTracksOnly: boolean
  /** What is older is not looked for. */
  readonly since: Instant
}

/** A track that a user has listened to. */
export interface Listening {
  readonly track: Track
  /** When they did so last. */
  readonly at: Instant
}

/** The part of the store that holds what people do with music and with one another. */
export interface ListeningStore {
  /** Reposts or saves a track or playlist, once however often it is asked; false when there is none. */
  mark(mark: Mark, userId: number, itemId: number, apiKey: string | null, now: Instant): Promise<boolean>
  unmark(mark: Mark, userId: number, itemId: number): Promise<void>
  /** Who reposted or saved a track or playlist, the last first. */
  listMarking(mark: Mark | 'track-favorite', list: PeopleList): Promise<readonly Profile[]>
  /** What a user has reposted, the last first. */
  listReposts(list: Paging & Viewer & { readonly userId: number }): Promise<readonly Doing[]>

  /** False when there is no such user. */
  follow(followerId: number, followeeId: number, apiKey: string | null, now: Instant): Promise<boolean>
  unfollow(followerId: number, followeeId: number): Promise<void>
  listFollowers(list: PeopleList): Promise<readonly Profile[]>
  listFollowing(list: PeopleList): Promise<readonly Profile[]>
  /** Whom both follow. */
  listMutuals(list: PeopleList & { readonly viewerId: number }): Promise<readonly Profile[]>
  /** Those whom the followers of a user follow as well, the most of them first. */
  listRelated(list: PeopleList): Promise<readonly Profile[]>
  /** How a viewer is related to each of these users. */
  findRelations(viewerId: number, userIds: readonly number[]): Promise<ReadonlyMap<number, Relation>>

  /** What those whom a user follows have published and reposted, the newest first. */
  listFeed(feed: Feed): Promise<readonly Doing[]>
  /** Notes that a user listens to a track; what is not there is not noted. */
  noteListening(userId: number, trackId: number, now: Instant): Promise<void>
  /** What a user has listened to, the last first, each track once. */
  listHistory(list: Paging & { readonly userId: number }): Promise<readonly Listening[]>
  /** Listed tracks by how many heard, saved and reposted them since, then by how many ever did. */
  listTrendingTracks(trending: Trending): Promise<readonly Track[]>
  /** Public playlists by how many saved and reposted them since, then by how many ever did. */
  listTrendingPlaylists(
    trending: Omit<Trending, 'genre'> & { readonly isAlbum: boolean },
  ): Promise<readonly Playlist[]>
}

import type { App, Instant, Scope, User } from './types.ts'
import type { Loudness } from './uploads.ts'

/** How a viewer and another user are related. */
export interface Relation {
  /** Whether the viewer follows them. */
  readonly isFollowed: boolean
  /** Whether they follow the viewer. */
  readonly isFollower: boolean
}

/** A user as others see them. */
export interface Profile extends User {
  /** Of the tracks that everyone sees. */
  readonly trackCount: number
  /** Of those that everyone sees. */
  readonly playlistCount: number
  readonly albumCount: number
  readonly followerCount: number
  readonly followeeCount: number
  readonly repostCount: number
}

/** A new profile; what is not named stays as it is. */
export interface ProfileChanges {
  readonly name?: string
  readonly bio?: string | null
  readonly location?: string | null
  readonly website?: string | null
  readonly profilePicture?: string | null
  readonly coverPhoto?: string | null
}

/** What a track's owner says about it. */
export interface TrackFacts {
  readonly title: string
  readonly genre: string
  readonly mood: string | null
  readonly tags: string | null
  readonly description: string | null
  readonly license: string | null
  readonly isrc: string | null
  readonly releaseDate: Instant | null
  readonly trackCid: string
  readonly previewCid: string | null
  readonly previewStartSeconds: number | null
  readonly origFileCid: string | null
  readonly origFilename: string | null
  /** CID of a square image. */
  readonly coverArt: string | null
  /** Seconds; whole ones are told. */
  readonly duration: number
  readonly bpm: number | null
  readonly musicalKey: string | null
  /** Of the audio that is played. */
  readonly loudness: Loudness | null
  readonly isDownloadable: boolean
  readonly isUnlisted: boolean
}

/** What the upload knows when the owner does not say it. */
type FromUpload = 'duration' | 'bpm' | 'musicalKey' | 'loudness' | 'origFilename'

export interface NewTrack extends Omit<TrackFacts, FromUpload>, Partial<Pick<TrackFacts, FromUpload>> {
  readonly userId: number
  /** The app that publishes it. */
  readonly apiKey: string | null
  readonly now: Instant
  /** Of one that was elsewhere before: when it came there, and the slug that it had, if it is free. */
  readonly createdAt?: Instant
  readonly slug?: string
}

/** What to change of a track; what is not named stays as it is. */
export interface TrackChanges extends Partial<TrackFacts> {
  /** The audio that the named preview was cut of: nothing is changed when the track plays another by now. */
  readonly previewOf?: string
}

/** A track that is not deleted, of a user who is not disabled, with its artist and what its viewer has to do with it. */
export interface Track extends TrackFacts {
  readonly id: number
  /** The last segment of its permalink, the artist's own. */
  readonly slug: string
  readonly user: Profile
  /** How its viewer and its artist are related. */
  readonly relation: Relation
  readonly favoriteCount: number
  readonly repostCount: number
  readonly commentCount: number
  readonly playCount: number
  /** Whether it is in the viewer's library. */
  readonly isSaved: boolean
  /** Whether the viewer has reposted it. */
  readonly isReposted: boolean
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** A track in somebody's library. */
export interface Favorite {
  readonly track: Track
  readonly savedAt: Instant
}

type FileField = 'trackCid' | 'origFileCid' | 'previewCid' | 'coverArt' | 'profilePicture' | 'coverPhoto'

/**
 * A file that may not be used. `unknown`: no upload of this kind that is the user's or nobody's yet has it.
 * `unfinished`: one has, and is still being received or processed.
 */
export interface FileFault {
  readonly field: FileField
  readonly reason: 'unknown' | 'unfinished'
}

/** Nothing was changed. */
interface Refused {
  readonly outcome: 'refused'
  readonly faults: readonly FileFault[]
}

export type TrackCreation = { readonly outcome: 'created'; readonly id: number } | Refused
/**
 * `unknown`: never there or deleted. `foreign`: another user's. `overtaken`: it plays other audio than the preview is of.
 * Nothing was changed then.
 */
export type TrackChange = { readonly outcome: 'changed' | 'unknown' | 'foreign' | 'overtaken' } | Refused
export type ProfileChange = { readonly outcome: 'changed' | 'unknown' } | Refused

/** A part of a longer list. */
export interface Paging {
  readonly offset: number
  readonly limit: number
}

/** Who looks: unlisted tracks are in no list but their owner's. */
export interface Viewer {
  readonly viewerId: number | null
}

export interface TrackList extends Paging, Viewer {
  readonly userId: number
  /** Only those whose title contains it; empty for all. */
  readonly query: string
  readonly sort: 'date' | 'title' | 'favorites' | 'plays'
  readonly direction: 'asc' | 'desc'
}

export interface FavoriteList extends Paging, Viewer {
  readonly userId: number
}

export interface Search extends Paging {
  readonly query: string
}

/** An app that may act for a user. */
export interface AuthorizedApp {
  readonly app: App
  readonly scope: Scope
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** The part of the store that holds profiles, tracks and libraries. */
export interface MusicStore {
  /** A user who is not disabled. */
  findProfile(userId: number): Promise<Profile | undefined>
  /** The user of this handle, in any case, who is not disabled. */
  findProfileByHandle(handle: string): Promise<Profile | undefined>
  /** Users that a text may mean, the likeliest first: see `Find`. */
  searchUsers(search: Search): Promise<readonly Profile[]>
  /**
   * Changes a profile and claims the uploads that its pictures are from: all of it or nothing. Uploads on which nothing
   * of the user stands any more are unclaimed again, and expire in an hour.
   */
  updateProfile(userId: number, changes: ProfileChanges, now: Instant): Promise<ProfileChange>

  /**
   * Publishes a track and claims the uploads that its files are from: all of it or nothing. Of concurrent calls with
   * one title each gets a slug of its own.
   */
  createTrack(track: NewTrack): Promise<TrackCreation>
  /** Changes a track of this user as `createTrack` makes one; its slug stays. Uploads are released as by `updateProfile`. */
  updateTrack(trackId: number, userId: number, changes: TrackChanges, now: Instant): Promise<TrackChange>
  /** Deletes a track of this user: from this commit on nobody sees it. Uploads are released as by `updateProfile`. */
  deleteTrack(trackId: number, userId: number, now: Instant): Promise<'deleted' | 'unknown' | 'foreign'>
  findTrack(trackId: number, viewer: Viewer): Promise<Track | undefined>
  /** Those that are there, in the order asked for, each once; unlisted ones as well. */
  findTracks(trackIds: readonly number[], viewer: Viewer): Promise<readonly Track[]>
  /** The track of this slug of the user of this handle, unlisted ones as well. */
  findTrackId(handle: string, slug: string): Promise<number | undefined>
  listTracks(list: TrackList): Promise<readonly Track[]>
  /** Listed tracks that a text may mean, the likeliest first: see `Find`. */
  searchTracks(search: Search & Viewer): Promise<readonly Track[]>

  /**
   * Counts that the audio of a CID was heard, for the newest track that plays it; false when this listener was counted
   * within the hour, or no track plays it.
   */
  countPlay(trackCid: string, listener: number, now: Instant): Promise<boolean>

  /** Puts a track into a library, once however often it is asked; false when there is no such track. */
  saveTrack(userId: number, trackId: number, apiKey: string | null, now: Instant): Promise<boolean>
  /** Takes a track out of a library, if it is there. */
  unsaveTrack(userId: number, trackId: number): Promise<void>
  countFavorites(userId: number): Promise<number>
  /** A library, what was saved last first. */
  listFavorites(list: FavoriteList): Promise<readonly Favorite[]>

  /** The apps that a user has allowed for good, or that hold live tokens of theirs. */
  listAuthorizedApps(userId: number, now: Instant): Promise<readonly AuthorizedApp[]>
  /** Ends an app's access to a user at once: the grant, codes and tokens; false when there was none. */
  withdrawGrant(userId: number, apiKey: string, now: Instant): Promise<boolean>
}

// Made from the server's document of OpenAPI by `npm run api -w sdk`: what is changed here is lost.

import type { Image } from './image.ts'

/** Somebody with an account. */
export interface User {
  /** The public id. */
  readonly id: string
  /** The same id as a number. */
  readonly userId?: number | undefined
  /** Unique, without @, as the person spells it. */
  readonly handle: string
  /** The handle in lower case. */
  readonly handleLc?: string | undefined
  /** The name to show. */
  readonly name: string
  /** In the person’s own words. */
  readonly bio?: string | undefined
  /** In the person’s own words. */
  readonly location?: string | undefined
  /** A URL that the person names. */
  readonly website?: string | undefined
  /** Whether the artist is vouched for. */
  readonly isVerified: boolean
  /** The person’s picture. */
  readonly profilePicture?: Image<'150x150' | '480x480' | '1000x1000'> | undefined
  /** The CID of the picture. */
  readonly profilePictureSizes?: string | undefined
  /** The banner of the profile. */
  readonly coverPhoto?: Image<'640x' | '2000x'> | undefined
  /** The CID of the banner. */
  readonly coverPhotoSizes?: string | undefined
  /** How many tracks are listed. */
  readonly trackCount: number
  /** How many playlists are public. */
  readonly playlistCount: number
  /** How many albums are public. */
  readonly albumCount: number
  /** How many follow them. */
  readonly followerCount: number
  /** How many they follow. */
  readonly followeeCount: number
  /** How many tracks and playlists they have reposted. */
  readonly repostCount: number
  /** Whether whoever asks for users follows them; false for the artist inside of a track. */
  readonly doesCurrentUserFollow: boolean
  /** Whether they follow whoever asks for users; false for the artist inside of a track. */
  readonly doesFollowCurrentUser: boolean
  /** When the account was opened. */
  readonly createdAt?: string | undefined
  /** When the profile was last changed. */
  readonly updatedAt?: string | undefined
  /** Whether the account is closed. */
  readonly isDeactivated: boolean
  /** Whether the profile may be shown. */
  readonly isAvailable: boolean
  /** Always `0` at this project’s server. */
  readonly supporterCount: number
  /** Always `0` at this project’s server. */
  readonly supportingCount: number
  /** Always `0` at this project’s server. */
  readonly currentUserFolloweeFollowCount: number
  /** Always `false` at this project’s server. */
  readonly doesCurrentUserSubscribe: boolean
  /** Always `"0"` at this project’s server. */
  readonly balance?: string | undefined
  /** Always `"0"` at this project’s server. */
  readonly associatedWalletsBalance?: string | undefined
  /** Always `"0"` at this project’s server. */
  readonly associatedSolWalletsBalance?: string | undefined
  /** Always `"0"` at this project’s server. */
  readonly totalBalance?: string | undefined
  /** Always `"0"` at this project’s server. */
  readonly waudioBalance?: string | undefined
  /** Always `0` at this project’s server. */
  readonly totalAudioBalance: number
  /** Always `0` at this project’s server. */
  readonly blocknumber: number
  /** Always `true` at this project’s server. */
  readonly isStorageV2: boolean
  /** Always `false` at this project’s server. */
  readonly hasCollectibles: boolean
  /** Always `false` at this project’s server. */
  readonly allowAiAttribution: boolean
  /** Always `false` at this project’s server. */
  readonly verifiedWithTwitter: boolean
  /** Always `false` at this project’s server. */
  readonly verifiedWithInstagram: boolean
  /** Always `false` at this project’s server. */
  readonly verifiedWithTiktok: boolean
}

/** A track that somebody published. */
export interface Track {
  /** The public id. */
  readonly id: string
  /** The name to show. */
  readonly title: string
  /** Its genre, by name. */
  readonly genre: string
  /** Its mood, by name. */
  readonly mood?: string | undefined
  /** Words with commas between them. */
  readonly tags?: string | undefined
  /** In the artist’s own words. */
  readonly description?: string | undefined
  /** Whole seconds. */
  readonly duration: number
  /** /{handle}/{slug} */
  readonly permalink: string
  /** Its cover. */
  readonly artwork?: Image<'150x150' | '480x480' | '1000x1000'> | undefined
  /** Somebody with an account. */
  readonly user: User
  /** The public id of the artist. */
  readonly userId: string
  /** The CID of the audio to play. */
  readonly trackCid?: string | undefined
  /** The CID of a part to listen into. */
  readonly previewCid?: string | undefined
  /** Where that part begins. */
  readonly previewStartSeconds?: number | undefined
  /** Told to its artist, and to everyone where the track may be downloaded. */
  readonly origFileCid?: string | undefined
  /** The name that the original was uploaded under. */
  readonly origFilename?: string | undefined
  /** Whether the original was kept. */
  readonly isOriginalAvailable: boolean
  /** Whether anyone may download the original. */
  readonly isDownloadable: boolean
  /** Always `true` at this project’s server. */
  readonly isStreamable: boolean
  /** Whether it is left out of lists. */
  readonly isUnlisted: boolean
  /** Always `false` at this project’s server. */
  readonly isDelete: boolean
  /** Always `true` at this project’s server. */
  readonly isAvailable: boolean
  /** The day that its artist names. */
  readonly releaseDate?: Date | undefined
  /** When it was published. */
  readonly createdAt: string
  /** When it was last changed. */
  readonly updatedAt: string
  /** In how many libraries it is. */
  readonly favoriteCount: number
  /** How many have reposted it. */
  readonly repostCount: number
  /** How often it was heard: once by each listener in an hour. */
  readonly playCount: number
  /** How many comments it has, answers among them. */
  readonly commentCount: number
  /** Whether it is in the library of whoever asks. */
  readonly hasCurrentUserSaved: boolean
  /** Whether whoever asks has reposted it. */
  readonly hasCurrentUserReposted: boolean
  /** The CID of the cover. */
  readonly coverArtSizes?: string | undefined
  /** Beats in a minute. */
  readonly bpm?: number | undefined
  /** Such as A minor. */
  readonly musicalKey?: string | undefined
  /** How loud the audio to play is; null for silence, and where it was not measured. */
  readonly loudness?: Loudness | undefined
  /** Its International Standard Recording Code. */
  readonly isrc?: string | undefined
  /** What its artist allows others. */
  readonly license?: string | undefined
  /** A file and where it is served. */
  readonly stream?: Media | undefined
  /** The original, where anyone may download it. */
  readonly download?: Media | undefined
  /** A part to listen into. */
  readonly preview?: Media | undefined
  /** Always empty: nothing of it is kept. */
  readonly followeeReposts: readonly unknown[]
  /** Always empty: nothing of it is kept. */
  readonly followeeFavorites: readonly unknown[]
  /** Always empty: nothing of it is kept. */
  readonly trackSegments: readonly unknown[]
  /** The permalink without its first slash. */
  readonly routeId?: string | undefined
  /** What whoever asks may do with it. */
  readonly access?: Access | undefined
  /** Whether whoever asks is its artist. */
  readonly isOwnedByUser: boolean
  /** What it was made of: nothing of it is kept. */
  readonly remixOf?: RemixOf | undefined
  /** What its artist shows: all of it. */
  readonly fieldVisibility?: FieldVisibility | undefined
  /** Always `false` at this project’s server. */
  readonly isScheduledRelease: boolean
  /** Always `false` at this project’s server. */
  readonly isStreamGated: boolean
  /** Always `false` at this project’s server. */
  readonly isDownloadGated: boolean
  /** Always `0` at this project’s server. */
  readonly blocknumber: number
}

/** A file and where it is served. */
export interface Media {
  /** Where the file is. */
  readonly url: string
  /** Other hosts that serve the same path. */
  readonly mirrors: readonly string[]
}

/** How loud audio is, by EBU R128. */
export interface Loudness {
  /** Of the whole, in LUFS. */
  readonly integrated: number
  /** The highest peak between samples, in dBTP. */
  readonly truePeak?: number | undefined
}

/** How loud a track is from beginning to end. */
export interface Waveform {
  /** Seconds of sound. */
  readonly duration: number
  /** The loudest of each of up to 1,000 equal parts, from 0 to 1. */
  readonly peaks: readonly number[]
}

/** A playlist or an album. */
export interface Playlist {
  /** The public id. */
  readonly id: string
  /** The name to show. */
  readonly playlistName: string
  /** In its owner’s own words. */
  readonly description?: string | undefined
  /** /{handle}/playlist/{slug}, or /{handle}/album/{slug} */
  readonly permalink: string
  /** Whether it is an album. */
  readonly isAlbum: boolean
  /** Whether it is left out of lists. */
  readonly isPrivate: boolean
  /** Always `false` at this project’s server. */
  readonly isImageAutogenerated: boolean
  /** Always `false` at this project’s server. */
  readonly isDelete: boolean
  /** Always `false` at this project’s server. */
  readonly isStreamGated: boolean
  /** Always `false` at this project’s server. */
  readonly isScheduledRelease: boolean
  /** Its cover. */
  readonly artwork?: Image<'150x150' | '480x480' | '1000x1000'> | undefined
  /** The CID of the cover. */
  readonly coverArtSizes?: string | undefined
  /** Its Universal Product Code. */
  readonly upc?: string | undefined
  /** The day that its owner names. */
  readonly releaseDate?: Date | undefined
  /** Somebody with an account. */
  readonly user: User
  /** The public id of its owner. */
  readonly userId: string
  /** Its tracks, in their order. */
  readonly playlistContents: readonly PlaylistEntry[]
  /** The same. */
  readonly addedTimestamps: readonly PlaylistEntry[]
  /** How many tracks it has. */
  readonly trackCount: number
  /** Always `0` at this project’s server. */
  readonly totalPlayCount: number
  /** In how many libraries it is. */
  readonly favoriteCount: number
  /** How many have reposted it. */
  readonly repostCount: number
  /** Whether it is in the library of whoever asks. */
  readonly hasCurrentUserSaved: boolean
  /** Whether whoever asks has reposted it. */
  readonly hasCurrentUserReposted: boolean
  /** Always empty: nothing of it is kept. */
  readonly followeeReposts: readonly unknown[]
  /** Always empty: nothing of it is kept. */
  readonly followeeFavorites: readonly unknown[]
  /** What whoever asks may do with it. */
  readonly access?: Access | undefined
  /** Always `0` at this project’s server. */
  readonly blocknumber: number
  /** When it was created. */
  readonly createdAt: string
  /** When it was last changed. */
  readonly updatedAt: string
}

/** A track in a playlist. */
export interface PlaylistEntry {
  /** The public id of the track. */
  readonly trackId: string
  /** When it was added, in seconds since 1970. */
  readonly timestamp: number
  /** The same. */
  readonly metadataTimestamp: number
}

/** A playlist in a library. */
export interface SavedPlaylist {
  /** When it was saved. */
  readonly timestamp: string
  /** What kind of thing was saved. */
  readonly itemType: 'playlist'
  /** A playlist or an album. */
  readonly item: Playlist
}

/** That somebody did something with a track or a playlist. */
export interface Activity {
  /** When it was done. */
  readonly timestamp: string
  /** What kind of thing it is. */
  readonly itemType: 'track' | 'playlist'
  /** The thing itself. */
  readonly item: Track | Playlist
}

/** What somebody whom one follows has published or reposted. */
export interface FeedItem {
  /** What kind of thing it is. */
  readonly type: 'track' | 'playlist'
  /** The thing itself. */
  readonly item: Track | Playlist
}

/** What somebody says about a track. */
export interface Comment {
  /** The public id. */
  readonly id: string
  /** The public id of the track that it is at. */
  readonly entityId: string
  /** What it is at. */
  readonly entityType?: 'Track' | undefined
  /** The public id of who wrote it. */
  readonly userId?: string | undefined
  /** Somebody with an account. */
  readonly user?: User | undefined
  /** What it says. */
  readonly message: string
  /** Always empty: nothing of it is kept. */
  readonly mentions: readonly unknown[]
  /** The second of the track that it is about. */
  readonly trackTimestampS?: number | undefined
  /** Of an answer: the comment that it answers, as a number. */
  readonly parentCommentId?: number | undefined
  /** How many have reacted to it. */
  readonly reactCount: number
  /** How many answers it has. */
  readonly replyCount: number
  /** Whether it was written anew. */
  readonly isEdited: boolean
  /** Whether whoever asks has reacted to it. */
  readonly isCurrentUserReacted: boolean
  /** Whether the artist of the track has. */
  readonly isArtistReacted: boolean
  /** Always `false` at this project’s server. */
  readonly isTombstone: boolean
  /** Always `false` at this project’s server. */
  readonly isMuted: boolean
  /** Always empty: answers have a call of their own. */
  readonly replies: readonly unknown[]
  /** When it was written. */
  readonly createdAt: string
  /** When it was last changed. */
  readonly updatedAt?: string | undefined
}

/** An account as its owner needs it at a start. */
export interface Account {
  /** Somebody with an account. */
  readonly user: User
  /** Those of one’s own and those in one’s library. */
  readonly playlists: readonly AccountPlaylist[]
  /** How many tracks are in the library. */
  readonly trackSaveCount: number
}

/** A playlist of one’s own, or in one’s library. */
export interface AccountPlaylist {
  /** The public id. */
  readonly id: string
  /** Whether it is an album. */
  readonly isAlbum: boolean
  /** The name to show. */
  readonly name: string
  /** Where people find it. */
  readonly permalink: string
  /** Its owner. */
  readonly user?: AccountPlaylistUser | undefined
}

/** Its owner. */
export interface AccountPlaylistUser {
  /** The public id. */
  readonly id: string
  /** Unique, written after @. */
  readonly handle: string
  /** Whether the account is gone. */
  readonly isDeactivated: boolean
}

/** What whoever asks may do with it. */
export interface Access {
  /** Always `true` at this project’s server. */
  readonly stream: boolean
  /** Whether anyone may download the original. */
  readonly download: boolean
}

/** What it was made of: nothing of it is kept. */
export interface RemixOf {
  /** Always empty: nothing of it is kept. */
  readonly tracks: readonly unknown[]
}

/** What its artist shows: all of it. */
export interface FieldVisibility {
  /** Always `true` at this project’s server. */
  readonly mood: boolean
  /** Always `true` at this project’s server. */
  readonly tags: boolean
  /** Always `true` at this project’s server. */
  readonly genre: boolean
  /** Always `true` at this project’s server. */
  readonly share: boolean
  /** Always `true` at this project’s server. */
  readonly playCount: boolean
  /** Always `true` at this project’s server. */
  readonly remixes: boolean
}

/** What a search found, of each kind the likeliest first. */
export interface SearchResults {
  /** The users found. */
  readonly users: readonly User[]
  /** The tracks found. */
  readonly tracks: readonly Track[]
  /** The playlists found. */
  readonly playlists: readonly Playlist[]
  /** The albums found. */
  readonly albums: readonly Playlist[]
}

/** That something is in a library. */
export interface Favorite {
  /** The public id of the track. */
  readonly favoriteItemId: string
  /** What kind of thing was saved. */
  readonly favoriteType: string
  /** The public id of whose library it is. */
  readonly userId: string
  /** When it was saved. */
  readonly createdAt: string
}

/** Something in a library. */
export interface LibraryItem {
  /** When it was saved. */
  readonly timestamp: string
  /** What kind of thing was saved. */
  readonly itemType: 'track'
  /** A track that somebody published. */
  readonly item: Track
}

/** Something that a user has listened to. */
export interface HistoryItem {
  /** When it was listened to last. */
  readonly timestamp: string
  /** What kind of thing it is. */
  readonly itemType: 'track'
  /** A track that somebody published. */
  readonly item: Track
}

/** An app that people may log in to. */
export interface DeveloperApp {
  /** The API key. */
  readonly address: string
  /** The public id of its owner. */
  readonly userId?: string | undefined
  /** The name to show. */
  readonly name: string
  /** What it says of itself. */
  readonly description?: string | undefined
  /** The URL of its logo, 480 pixels wide and high. */
  readonly imageUrl?: string | undefined
  /** True where its tokens are good with proofs of a key alone (RFC 9449); left out elsewhere. */
  readonly dpopBoundAccessTokens: boolean
  /** Its website. */
  readonly clientUri?: string | undefined
  /** Its terms of service. */
  readonly tosUri?: string | undefined
  /** Its privacy policy. */
  readonly policyUri?: string | undefined
  /** Whom its people write to: an email address, or the address of a page. */
  readonly contact?: string | undefined
  /** Where its logins may end: those for development and those for production. */
  readonly redirectUris: readonly string[]
}

/** An app that somebody has allowed to act. */
export interface AuthorizedApp {
  /** The API key. */
  readonly address: string
  /** The public id of its owner. */
  readonly userId?: string | undefined
  /** The name to show. */
  readonly name: string
  /** What it says of itself. */
  readonly description?: string | undefined
  /** The URL of its logo, 480 pixels wide and high. */
  readonly imageUrl?: string | undefined
  /** True where its tokens are good with proofs of a key alone (RFC 9449); left out elsewhere. */
  readonly dpopBoundAccessTokens: boolean
  /** Its website. */
  readonly clientUri?: string | undefined
  /** Its terms of service. */
  readonly tosUri?: string | undefined
  /** Its privacy policy. */
  readonly policyUri?: string | undefined
  /** Whom its people write to: an email address, or the address of a page. */
  readonly contact?: string | undefined
  /** Where its logins may end: those for development and those for production. */
  readonly redirectUris: readonly string[]
  /** What it may do. */
  readonly scope?: 'read' | 'write' | undefined
  /** The public id of who allowed it. */
  readonly grantorUserId?: string | undefined
  /** When it was allowed first. */
  readonly grantCreatedAt?: string | undefined
  /** When it was allowed last. */
  readonly grantUpdatedAt?: string | undefined
}

/** What `searchUsers()` takes. */
export interface SearchUsersRequest {
  /** Up to 150 printable characters on one line. */
  readonly query: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUserByHandle()` takes. */
export interface GetUserByHandleRequest {
  /** A handle, in any case. */
  readonly handle: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getBulkUsers()` takes. */
export interface GetBulkUsersRequest {
  /** 1 to 100 ids. */
  readonly id: readonly string[]
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUser()` takes. */
export interface GetUserRequest {
  /** A public id. */
  readonly id: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** The `metadata` of `updateUser()`. */
export interface UpdateUserRequestBody {
  /** 1 to 64 printable characters, with no space at the ends. */
  readonly name?: string | undefined
  /** Text of up to 256 characters, or null. */
  readonly bio?: string | null | undefined
  /** Up to 100 printable characters on one line, or null. */
  readonly location?: string | null | undefined
  /** A URL that begins with https:// or http://, up to 190 characters, or null. */
  readonly website?: string | null | undefined
  /** The CID of an image uploaded with the template img_square, or null. */
  readonly profilePicture?: string | null | undefined
  /** The CID of an image uploaded with the template img_backdrop, or null. */
  readonly coverPhoto?: string | null | undefined
}

/** What `updateUser()` takes. */
export interface UpdateUserRequest {
  /** A public id. */
  readonly id: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
  /** What it is to be. */
  readonly metadata: UpdateUserRequestBody
}

/** What `searchTracks()` takes. */
export interface SearchTracksRequest {
  /** Up to 150 printable characters on one line. */
  readonly query: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getTrack()` takes. */
export interface GetTrackRequest {
  /** A public id. */
  readonly trackId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** The `metadata` of `updateTrack()`. */
export interface UpdateTrackRequestBody {
  /** 1 to 140 printable characters on one line. */
  readonly title?: string | undefined
  /** 1 to 64 printable characters on one line. */
  readonly genre?: string | undefined
  /** The CID of the audio of a finished upload, 320 in its results. */
  readonly trackCid?: string | undefined
  /** Text of up to 2500 characters, or null. */
  readonly description?: string | null | undefined
  /** Up to 64 printable characters on one line, or null. */
  readonly mood?: string | null | undefined
  /** Words with commas between them, up to 500 printable characters on one line, or null. */
  readonly tags?: string | null | undefined
  /** Up to 120 printable characters on one line, or null. */
  readonly license?: string | null | undefined
  /** An ISRC, such as US-S1Z-99-00001, with or without its hyphens, or null. */
  readonly isrc?: string | null | undefined
  /** A date, such as 2026-01-31, or an instant in ISO 8601, or null. */
  readonly releaseDate?: Date | string | null | undefined
  /** The CID of the original of an audio upload, or null. */
  readonly origFileCid?: string | null | undefined
  /** The name of a file, or null. */
  readonly origFilename?: string | null | undefined
  /** The CID of an image uploaded with the template img_square, or null. */
  readonly coverArtSizes?: string | null | undefined
  /** The CID of the preview of an audio upload, or null. */
  readonly previewCid?: string | null | undefined
  /** A number from 0 to 86400 seconds, or null. */
  readonly previewStartSeconds?: number | null | undefined
  /** A number from 0 to 86400 seconds, or null. */
  readonly duration?: number | null | undefined
  /** A number from 0 to 999, or null. */
  readonly bpm?: number | null | undefined
  /** Up to 40 printable characters on one line, or null. */
  readonly musicalKey?: string | null | undefined
  /** True or false: whether anyone may download the original, or null. */
  readonly isDownloadable?: boolean | null | undefined
  /** True or false: whether it is left out of lists; whoever has its id sees it, or null. */
  readonly isUnlisted?: boolean | null | undefined
}

/** What `updateTrack()` takes. */
export interface UpdateTrackRequest {
  /** A public id. */
  readonly trackId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
  /** What it is to be. */
  readonly metadata: UpdateTrackRequestBody
}

/** What `deleteTrack()` takes. */
export interface DeleteTrackRequest {
  /** A public id. */
  readonly trackId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getBulkTracks()` takes. */
export interface GetBulkTracksRequest {
  /** 1 to 100 ids. */
  readonly id: readonly string[]
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** The `metadata` of `createTrack()`. */
export interface CreateTrackRequestBody {
  /** 1 to 140 printable characters on one line. */
  readonly title: string
  /** 1 to 64 printable characters on one line. */
  readonly genre: string
  /** The CID of the audio of a finished upload, 320 in its results. */
  readonly trackCid: string
  /** Text of up to 2500 characters, or null. */
  readonly description?: string | null | undefined
  /** Up to 64 printable characters on one line, or null. */
  readonly mood?: string | null | undefined
  /** Words with commas between them, up to 500 printable characters on one line, or null. */
  readonly tags?: string | null | undefined
  /** Up to 120 printable characters on one line, or null. */
  readonly license?: string | null | undefined
  /** An ISRC, such as US-S1Z-99-00001, with or without its hyphens, or null. */
  readonly isrc?: string | null | undefined
  /** A date, such as 2026-01-31, or an instant in ISO 8601, or null. */
  readonly releaseDate?: Date | string | null | undefined
  /** The CID of the original of an audio upload, or null. */
  readonly origFileCid?: string | null | undefined
  /** The name of a file, or null. */
  readonly origFilename?: string | null | undefined
  /** The CID of an image uploaded with the template img_square, or null. */
  readonly coverArtSizes?: string | null | undefined
  /** The CID of the preview of an audio upload, or null. */
  readonly previewCid?: string | null | undefined
  /** A number from 0 to 86400 seconds, or null. */
  readonly previewStartSeconds?: number | null | undefined
  /** A number from 0 to 86400 seconds, or null. */
  readonly duration?: number | null | undefined
  /** A number from 0 to 999, or null. */
  readonly bpm?: number | null | undefined
  /** Up to 40 printable characters on one line, or null. */
  readonly musicalKey?: string | null | undefined
  /** True or false: whether anyone may download the original, or null. */
  readonly isDownloadable?: boolean | null | undefined
  /** True or false: whether it is left out of lists; whoever has its id sees it, or null. */
  readonly isUnlisted?: boolean | null | undefined
}

/** What `createTrack()` takes. */
export interface CreateTrackRequest {
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
  /** What it is to be. */
  readonly metadata: CreateTrackRequestBody
}

/** What `getTracksByUser()` takes. */
export interface GetTracksByUserRequest {
  /** A public id. */
  readonly id: string
  /** Up to 150 printable characters on one line. */
  readonly query?: string | undefined
  /** One of date, added_date, plays, title, saves. */
  readonly sortMethod?: 'date' | 'added_date' | 'plays' | 'title' | 'saves' | undefined
  /** Asc or desc. */
  readonly sortDirection?: 'asc' | 'desc' | undefined
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getTracksByUserHandle()` takes. */
export interface GetTracksByUserHandleRequest {
  /** A handle, in any case. */
  readonly handle: string
  /** Up to 150 printable characters on one line. */
  readonly query?: string | undefined
  /** One of date, added_date, plays, title, saves. */
  readonly sortMethod?: 'date' | 'added_date' | 'plays' | 'title' | 'saves' | undefined
  /** Asc or desc. */
  readonly sortDirection?: 'asc' | 'desc' | undefined
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `streamTrack()` takes. */
export interface StreamTrackRequest {
  /** A public id. */
  readonly trackId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getTrackWaveform()` takes. */
export interface GetTrackWaveformRequest {
  /** A public id. */
  readonly trackId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `downloadTrack()` takes. */
export interface DownloadTrackRequest {
  /** A public id. */
  readonly trackId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getFavorites()` takes. */
export interface GetFavoritesRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUserLibraryTracks()` takes. */
export interface GetUserLibraryTracksRequest {
  /** A public id. */
  readonly id: string
  /** Favorite or all. */
  readonly type?: 'favorite' | 'all' | undefined
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUsersTrackHistory()` takes. */
export interface GetUsersTrackHistoryRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `favoriteTrack()` takes. */
export interface FavoriteTrackRequest {
  /** A public id. */
  readonly trackId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `unfavoriteTrack()` takes. */
export interface UnfavoriteTrackRequest {
  /** A public id. */
  readonly trackId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUsersFromFavorites()` takes. */
export interface GetUsersFromFavoritesRequest {
  /** A public id. */
  readonly trackId: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `searchPlaylists()` takes. */
export interface SearchPlaylistsRequest {
  /** Up to 150 printable characters on one line. */
  readonly query: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getPlaylist()` takes. */
export interface GetPlaylistRequest {
  /** A public id. */
  readonly playlistId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** The `metadata` of `updatePlaylist()`. */
export interface UpdatePlaylistRequestBody {
  /** 1 to 140 printable characters on one line. */
  readonly playlistName?: string | undefined
  /** Text of up to 2500 characters, or null. */
  readonly description?: string | null | undefined
  /** True or false: whether it is left out of lists; whoever has its id sees it, or null. */
  readonly isPrivate?: boolean | null | undefined
  /** True or false: whether it is an album, or null. */
  readonly isAlbum?: boolean | null | undefined
  /** The CID of an image uploaded with the template img_square, or null. */
  readonly playlistImageSizesMultihash?: string | null | undefined
  /** The CID of the same, by the name that a playlist has it under, or null. */
  readonly coverArtSizes?: string | null | undefined
  /** Up to 20 printable characters on one line, or null. */
  readonly upc?: string | null | undefined
  /** A date, such as 2026-01-31, or an instant in ISO 8601, or null. */
  readonly releaseDate?: Date | string | null | undefined
  /** A list of at most 500 objects, each with the track_id of a track, in their order. */
  readonly playlistContents?:
    | readonly {
        /** The public id of a track. */
        readonly trackId: string
        /** When it was added, in seconds since 1970. */
        readonly timestamp?: number
        /** The same; it is not read. */
        readonly metadataTimestamp?: number
      }[]
    | undefined
}

/** What `updatePlaylist()` takes. */
export interface UpdatePlaylistRequest {
  /** A public id. */
  readonly playlistId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
  /** What it is to be. */
  readonly metadata: UpdatePlaylistRequestBody
}

/** What `deletePlaylist()` takes. */
export interface DeletePlaylistRequest {
  /** A public id. */
  readonly playlistId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getBulkPlaylists()` takes. */
export interface GetBulkPlaylistsRequest {
  /** Up to 100 ids. */
  readonly id?: readonly string[] | undefined
  /** Up to 100 permalinks. */
  readonly permalink?: readonly string[] | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** The `metadata` of `createPlaylist()`. */
export interface CreatePlaylistRequestBody {
  /** 1 to 140 printable characters on one line. */
  readonly playlistName: string
  /** Text of up to 2500 characters, or null. */
  readonly description?: string | null | undefined
  /** True or false: whether it is left out of lists; whoever has its id sees it, or null. */
  readonly isPrivate?: boolean | null | undefined
  /** True or false: whether it is an album, or null. */
  readonly isAlbum?: boolean | null | undefined
  /** The CID of an image uploaded with the template img_square, or null. */
  readonly playlistImageSizesMultihash?: string | null | undefined
  /** The CID of the same, by the name that a playlist has it under, or null. */
  readonly coverArtSizes?: string | null | undefined
  /** Up to 20 printable characters on one line, or null. */
  readonly upc?: string | null | undefined
  /** A date, such as 2026-01-31, or an instant in ISO 8601, or null. */
  readonly releaseDate?: Date | string | null | undefined
  /** A list of at most 500 objects, each with the track_id of a track, in their order. */
  readonly playlistContents?:
    | readonly {
        /** The public id of a track. */
        readonly trackId: string
        /** When it was added, in seconds since 1970. */
        readonly timestamp?: number
        /** The same; it is not read. */
        readonly metadataTimestamp?: number
      }[]
    | undefined
}

/** What `createPlaylist()` takes. */
export interface CreatePlaylistRequest {
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
  /** What it is to be. */
  readonly metadata: CreatePlaylistRequestBody
}

/** What `getPlaylistTracks()` takes. */
export interface GetPlaylistTracksRequest {
  /** A public id. */
  readonly playlistId: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getPlaylistsByUser()` takes. */
export interface GetPlaylistsByUserRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getAlbumsByUser()` takes. */
export interface GetAlbumsByUserRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUserLibraryPlaylists()` takes. */
export interface GetUserLibraryPlaylistsRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUserLibraryAlbums()` takes. */
export interface GetUserLibraryAlbumsRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `repostTrack()` takes. */
export interface RepostTrackRequest {
  /** A public id. */
  readonly trackId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `unrepostTrack()` takes. */
export interface UnrepostTrackRequest {
  /** A public id. */
  readonly trackId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUsersFromReposts()` takes. */
export interface GetUsersFromRepostsRequest {
  /** A public id. */
  readonly trackId: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `repostPlaylist()` takes. */
export interface RepostPlaylistRequest {
  /** A public id. */
  readonly playlistId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `unrepostPlaylist()` takes. */
export interface UnrepostPlaylistRequest {
  /** A public id. */
  readonly playlistId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUsersFromPlaylistReposts()` takes. */
export interface GetUsersFromPlaylistRepostsRequest {
  /** A public id. */
  readonly playlistId: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `favoritePlaylist()` takes. */
export interface FavoritePlaylistRequest {
  /** A public id. */
  readonly playlistId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `unfavoritePlaylist()` takes. */
export interface UnfavoritePlaylistRequest {
  /** A public id. */
  readonly playlistId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUsersFromPlaylistFavorites()` takes. */
export interface GetUsersFromPlaylistFavoritesRequest {
  /** A public id. */
  readonly playlistId: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `followUser()` takes. */
export interface FollowUserRequest {
  /** A public id. */
  readonly id: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `unfollowUser()` takes. */
export interface UnfollowUserRequest {
  /** A public id. */
  readonly id: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getFollowers()` takes. */
export interface GetFollowersRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getFollowing()` takes. */
export interface GetFollowingRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getRelatedUsers()` takes. */
export interface GetRelatedUsersRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getMutualFollowers()` takes. */
export interface GetMutualFollowersRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUserAccount()` takes. */
export interface GetUserAccountRequest {
  /** Any text: the access token says whose account it is. */
  readonly wallet: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUserFeed()` takes. */
export interface GetUserFeedRequest {
  /** A public id. */
  readonly id: string
  /** All, original or repost. */
  readonly filter?: 'all' | 'original' | 'repost' | undefined
  /** True or false: whether playlists are left out. */
  readonly tracksOnly?: boolean | undefined
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getReposts()` takes. */
export interface GetRepostsRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getRepostsByHandle()` takes. */
export interface GetRepostsByHandleRequest {
  /** A handle, in any case. */
  readonly handle: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getTrendingTracks()` takes. */
export interface GetTrendingTracksRequest {
  /** Up to 64 printable characters on one line. */
  readonly genre?: string | undefined
  /** One of week, month, year, allTime. */
  readonly time?: 'week' | 'month' | 'year' | 'allTime' | undefined
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getTrendingPlaylists()` takes. */
export interface GetTrendingPlaylistsRequest {
  /** One of week, month, year, allTime. */
  readonly time?: 'week' | 'month' | 'year' | 'allTime' | undefined
  /** Playlist or album. */
  readonly type?: 'playlist' | 'album' | undefined
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getTrackComments()` takes. */
export interface GetTrackCommentsRequest {
  /** A public id. */
  readonly trackId: string
  /** One of top, newest, timestamp. */
  readonly sortMethod?: 'top' | 'newest' | 'timestamp' | undefined
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getUserComments()` takes. */
export interface GetUserCommentsRequest {
  /** A public id. */
  readonly id: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** The `metadata` of `createComment()`. */
export interface CreateCommentRequestBody {
  /** Track. */
  readonly entityType: 'Track'
  /** The id of a track, public or as a number. */
  readonly entityId: number | string
  /** Text of 1 to 400 characters. */
  readonly body: string
  /** The id of the comment that it answers, public or as a number, or null. */
  readonly parentId?: number | string | null | undefined
  /** A number from 0 to 86400 seconds, or null. */
  readonly trackTimestampS?: number | null | undefined
}

/** What `createComment()` takes. */
export interface CreateCommentRequest {
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
  /** What it is to be. */
  readonly metadata: CreateCommentRequestBody
}

/** What `getComment()` takes. */
export interface GetCommentRequest {
  /** A public id. */
  readonly commentId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** The `metadata` of `updateComment()`. */
export interface UpdateCommentRequestBody {
  /** Text of 1 to 400 characters. */
  readonly body: string
  /** Track, or null. */
  readonly entityType?: 'Track' | null | undefined
  /** The id of the track that it is at, public or as a number, or null. */
  readonly entityId?: number | string | null | undefined
}

/** What `updateComment()` takes. */
export interface UpdateCommentRequest {
  /** A public id. */
  readonly commentId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
  /** What it is to be. */
  readonly metadata: UpdateCommentRequestBody
}

/** What `deleteComment()` takes. */
export interface DeleteCommentRequest {
  /** A public id. */
  readonly commentId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getCommentReplies()` takes. */
export interface GetCommentRepliesRequest {
  /** A public id. */
  readonly commentId: string
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `reactToComment()` takes. */
export interface ReactToCommentRequest {
  /** A public id. */
  readonly commentId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `unreactToComment()` takes. */
export interface UnreactToCommentRequest {
  /** A public id. */
  readonly commentId: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `search()` takes. */
export interface SearchRequest {
  /** Up to 150 printable characters on one line. */
  readonly query: string
  /** One of all, users, tracks, playlists, albums. */
  readonly kind?: 'all' | 'users' | 'tracks' | 'playlists' | 'albums' | undefined
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `searchAutocomplete()` takes. */
export interface SearchAutocompleteRequest {
  /** Up to 150 printable characters on one line. */
  readonly query: string
  /** One of all, users, tracks, playlists, albums. */
  readonly kind?: 'all' | 'users' | 'tracks' | 'playlists' | 'albums' | undefined
  /** A whole number from 0 to 1000000. */
  readonly offset?: number | undefined
  /** A whole number from 1 to 100. */
  readonly limit?: number | undefined
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `resolve()` takes. */
export interface ResolveRequest {
  /** A permalink, or the URL of a page. */
  readonly url: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getDeveloperApps()` takes. */
export interface GetDeveloperAppsRequest {
  /** A public id. */
  readonly id: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** What `getAuthorizedApps()` takes. */
export interface GetAuthorizedAppsRequest {
  /** A public id. */
  readonly id: string
  /** The logged-in user’s id, where a server asks for it. */
  readonly userId?: string | undefined
}

/** @internal What answers are read as, by name. */
export interface Answers {
  readonly User: User
  readonly Track: Track
  readonly Media: Media
  readonly Loudness: Loudness
  readonly Waveform: Waveform
  readonly Playlist: Playlist
  readonly PlaylistEntry: PlaylistEntry
  readonly SavedPlaylist: SavedPlaylist
  readonly Activity: Activity
  readonly FeedItem: FeedItem
  readonly Comment: Comment
  readonly Account: Account
  readonly AccountPlaylist: AccountPlaylist
  readonly AccountPlaylistUser: AccountPlaylistUser
  readonly Access: Access
  readonly RemixOf: RemixOf
  readonly FieldVisibility: FieldVisibility
  readonly SearchResults: SearchResults
  readonly Favorite: Favorite
  readonly LibraryItem: LibraryItem
  readonly HistoryItem: HistoryItem
  readonly DeveloperApp: DeveloperApp
  readonly AuthorizedApp: AuthorizedApp
}

/** @internal Their fields by kind, as answers.ts reads them; `!` marks what an answer must have. */
export const shapes = {
  User: {
    'text!': 'id handle name',
    number: 'userId',
    text: 'handleLc bio location website profilePictureSizes coverPhotoSizes createdAt updatedAt balance associatedWalletsBalance associatedSolWalletsBalance totalBalance waudioBalance',
    flag: 'isVerified doesCurrentUserFollow doesFollowCurrentUser isDeactivated isAvailable doesCurrentUserSubscribe hasCollectibles allowAiAttribution verifiedWithTwitter verifiedWithInstagram verifiedWithTiktok',
    image: 'profilePicture coverPhoto',
    count:
      'trackCount playlistCount albumCount followerCount followeeCount repostCount supporterCount supportingCount currentUserFolloweeFollowCount totalAudioBalance blocknumber',
    yes: 'isStorageV2',
  },
  Track: {
    'text!': 'id title genre permalink userId createdAt updatedAt',
    text: 'mood tags description trackCid previewCid origFileCid origFilename coverArtSizes musicalKey isrc license routeId',
    count: 'duration favoriteCount repostCount playCount commentCount blocknumber',
    image: 'artwork',
    'User!': 'user',
    number: 'previewStartSeconds bpm',
    flag: 'isOriginalAvailable isDownloadable isUnlisted isDelete hasCurrentUserSaved hasCurrentUserReposted isOwnedByUser isScheduledRelease isStreamGated isDownloadGated',
    yes: 'isStreamable isAvailable',
    date: 'releaseDate',
    Loudness: 'loudness',
    Media: 'stream download preview',
    list: 'followeeReposts followeeFavorites trackSegments',
    Access: 'access',
    RemixOf: 'remixOf',
    FieldVisibility: 'fieldVisibility',
  },
  Media: {
    'text!': 'url',
    texts: 'mirrors',
  },
  Loudness: {
    'count!': 'integrated',
    number: 'truePeak',
  },
  Waveform: {
    'count!': 'duration',
    'numbers!': 'peaks',
  },
  Playlist: {
    'text!': 'id playlistName permalink userId createdAt updatedAt',
    text: 'description coverArtSizes upc',
    flag: 'isAlbum isPrivate isImageAutogenerated isDelete isStreamGated isScheduledRelease hasCurrentUserSaved hasCurrentUserReposted',
    image: 'artwork',
    date: 'releaseDate',
    'User!': 'user',
    'PlaylistEntry[]': 'playlistContents addedTimestamps',
    count: 'trackCount totalPlayCount favoriteCount repostCount blocknumber',
    list: 'followeeReposts followeeFavorites',
    Access: 'access',
  },
  PlaylistEntry: {
    'text!': 'trackId',
    'count!': 'timestamp',
    count: 'metadataTimestamp',
  },
  SavedPlaylist: {
    'text!': 'timestamp',
    "'playlist'!": 'itemType',
    'Playlist!': 'item',
  },
  Activity: {
    'text!': 'timestamp',
    "'track' | 'playlist'!": 'itemType',
    'Track|Playlist!': 'item',
  },
  FeedItem: {
    "'track' | 'playlist'!": 'type',
    'Track|Playlist!': 'item',
  },
  Comment: {
    'text!': 'id entityId message createdAt',
    "'Track'": 'entityType',
    text: 'userId updatedAt',
    User: 'user',
    list: 'mentions replies',
    number: 'trackTimestampS parentCommentId',
    count: 'reactCount replyCount',
    flag: 'isEdited isCurrentUserReacted isArtistReacted isTombstone isMuted',
  },
  Account: {
    'User!': 'user',
    'AccountPlaylist[]': 'playlists',
    count: 'trackSaveCount',
  },
  AccountPlaylist: {
    'text!': 'id name permalink',
    flag: 'isAlbum',
    AccountPlaylistUser: 'user',
  },
  AccountPlaylistUser: {
    'text!': 'id handle',
    flag: 'isDeactivated',
  },
  Access: {
    yes: 'stream',
    flag: 'download',
  },
  RemixOf: {
    list: 'tracks',
  },
  FieldVisibility: {
    yes: 'mood tags genre share playCount remixes',
  },
  SearchResults: {
    'User[]': 'users',
    'Track[]': 'tracks',
    'Playlist[]': 'playlists albums',
  },
  Favorite: {
    'text!': 'favoriteItemId favoriteType userId createdAt',
  },
  LibraryItem: {
    'text!': 'timestamp',
    "'track'!": 'itemType',
    'Track!': 'item',
  },
  HistoryItem: {
    'text!': 'timestamp',
    "'track'!": 'itemType',
    'Track!': 'item',
  },
  DeveloperApp: {
    'text!': 'address name',
    text: 'userId description imageUrl clientUri tosUri policyUri contact',
    flag: 'dpopBoundAccessTokens',
    texts: 'redirectUris',
  },
  AuthorizedApp: {
    'text!': 'address name',
    text: 'userId description imageUrl clientUri tosUri policyUri contact grantorUserId grantCreatedAt grantUpdatedAt',
    flag: 'dpopBoundAccessTokens',
    texts: 'redirectUris',
    "'read' | 'write'": 'scope',
  },
} as const

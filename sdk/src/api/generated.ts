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
  /** When the account was opened. */
  readonly createdAt?: string | undefined
  /** When the profile was last changed. */
  readonly updatedAt?: string | undefined
  /** Whether the account is closed. */
  readonly isDeactivated: boolean
  /** Whether the profile may be shown. */
  readonly isAvailable: boolean
  /** Always `0` at this project’s server. */
  readonly followerCount: number
  /** Always `0` at this project’s server. */
  readonly followeeCount: number
  /** Always `0` at this project’s server. */
  readonly playlistCount: number
  /** Always `0` at this project’s server. */
  readonly albumCount: number
  /** Always `0` at this project’s server. */
  readonly repostCount: number
  /** Always `0` at this project’s server. */
  readonly supporterCount: number
  /** Always `0` at this project’s server. */
  readonly supportingCount: number
  /** Always `0` at this project’s server. */
  readonly currentUserFolloweeFollowCount: number
  /** Always `false` at this project’s server. */
  readonly doesCurrentUserFollow: boolean
  /** Always `false` at this project’s server. */
  readonly doesCurrentUserSubscribe: boolean
  /** Always `false` at this project’s server. */
  readonly doesFollowCurrentUser: boolean
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
  /** Always `0` at this project’s server. */
  readonly repostCount: number
  /** How often it was heard: once by each listener in an hour. */
  readonly playCount: number
  /** Always `0` at this project’s server. */
  readonly commentCount: number
  /** Whether it is in the library of whoever asks. */
  readonly hasCurrentUserSaved: boolean
  /** Always `false` at this project’s server. */
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
  /** Where its logins may end. */
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
  /** Where its logins may end. */
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
  /** Up to 100 printable characters on one line. */
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
  /** Up to 100 printable characters on one line. */
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
  /** Up to 255 printable characters on one line, or null. */
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
  /** Up to 20 printable characters on one line, or null. */
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
  /** Up to 255 printable characters on one line, or null. */
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
  /** Up to 20 printable characters on one line, or null. */
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
  /** Up to 100 printable characters on one line. */
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
  readonly Favorite: Favorite
  readonly LibraryItem: LibraryItem
  readonly DeveloperApp: DeveloperApp
  readonly AuthorizedApp: AuthorizedApp
}

/** @internal The kinds of their fields as answers.ts reads them; `!` marks what an answer must have. */
export const shapes = {
  User: {
    id: 'text!',
    userId: 'number',
    handle: 'text!',
    handleLc: 'text',
    name: 'text!',
    bio: 'text',
    location: 'text',
    website: 'text',
    isVerified: 'flag',
    profilePicture: 'image',
    profilePictureSizes: 'text',
    coverPhoto: 'image',
    coverPhotoSizes: 'text',
    trackCount: 'count',
    createdAt: 'text',
    updatedAt: 'text',
    isDeactivated: 'flag',
    isAvailable: 'flag',
    followerCount: 'count',
    followeeCount: 'count',
    playlistCount: 'count',
    albumCount: 'count',
    repostCount: 'count',
    supporterCount: 'count',
    supportingCount: 'count',
    currentUserFolloweeFollowCount: 'count',
    doesCurrentUserFollow: 'flag',
    doesCurrentUserSubscribe: 'flag',
    doesFollowCurrentUser: 'flag',
    balance: 'text',
    associatedWalletsBalance: 'text',
    associatedSolWalletsBalance: 'text',
    totalBalance: 'text',
    waudioBalance: 'text',
    totalAudioBalance: 'count',
    blocknumber: 'count',
    isStorageV2: 'yes',
    hasCollectibles: 'flag',
    allowAiAttribution: 'flag',
    verifiedWithTwitter: 'flag',
    verifiedWithInstagram: 'flag',
    verifiedWithTiktok: 'flag',
  },
  Track: {
    id: 'text!',
    title: 'text!',
    genre: 'text!',
    mood: 'text',
    tags: 'text',
    description: 'text',
    duration: 'count',
    permalink: 'text!',
    artwork: 'image',
    user: 'User!',
    userId: 'text!',
    trackCid: 'text',
    previewCid: 'text',
    previewStartSeconds: 'number',
    origFileCid: 'text',
    origFilename: 'text',
    isOriginalAvailable: 'flag',
    isDownloadable: 'flag',
    isStreamable: 'yes',
    isUnlisted: 'flag',
    isDelete: 'flag',
    isAvailable: 'yes',
    releaseDate: 'date',
    createdAt: 'text!',
    updatedAt: 'text!',
    favoriteCount: 'count',
    repostCount: 'count',
    playCount: 'count',
    commentCount: 'count',
    hasCurrentUserSaved: 'flag',
    hasCurrentUserReposted: 'flag',
    coverArtSizes: 'text',
    bpm: 'number',
    musicalKey: 'text',
    loudness: 'Loudness',
    isrc: 'text',
    license: 'text',
    stream: 'Media',
    download: 'Media',
    preview: 'Media',
    followeeReposts: 'list',
    followeeFavorites: 'list',
    trackSegments: 'list',
  },
  Media: {
    url: 'text!',
    mirrors: 'texts',
  },
  Loudness: {
    integrated: 'count!',
    truePeak: 'number',
  },
  Waveform: {
    duration: 'count!',
    peaks: 'numbers!',
  },
  Favorite: {
    favoriteItemId: 'text!',
    favoriteType: 'text!',
    userId: 'text!',
    createdAt: 'text!',
  },
  LibraryItem: {
    timestamp: 'text!',
    itemType: "'track'!",
    item: 'Track!',
  },
  DeveloperApp: {
    address: 'text!',
    userId: 'text',
    name: 'text!',
    description: 'text',
    imageUrl: 'text',
    redirectUris: 'texts',
  },
  AuthorizedApp: {
    address: 'text!',
    userId: 'text',
    name: 'text!',
    description: 'text',
    imageUrl: 'text',
    redirectUris: 'texts',
    scope: "'read' | 'write'",
    grantorUserId: 'text',
    grantCreatedAt: 'text',
    grantUpdatedAt: 'text',
  },
} as const

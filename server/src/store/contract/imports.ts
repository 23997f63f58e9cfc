import type { NewTrack, ProfileChanges } from './music.ts'
import type { PlaylistFacts } from './playlists.ts'
import type { Instant } from './types.ts'

/** What a person had on another server, or on this one before. Ids are those that it had there. */
export interface MusicImport {
  readonly userId: number
  /** The address of that server. */
  readonly server: string
  /** Whether it is this one: what is still there is what was meant. */
  readonly isSameServer: boolean
  readonly tracks: readonly ImportedTrack[]
  readonly playlists: readonly ImportedPlaylist[]
  readonly saved: readonly { readonly trackId: number; readonly at: Instant }[]
  readonly profile: ProfileChanges
  readonly now: Instant
}

export interface ImportedTrack {
  readonly sourceId: number
  readonly facts: Omit<NewTrack, 'userId' | 'apiKey' | 'now'>
}

export interface ImportedPlaylist {
  readonly sourceId: number
  readonly facts: PlaylistFacts
  readonly entries: readonly { readonly trackId: number; readonly addedAt: Instant }[]
  readonly createdAt: Instant
}

/** How much of an archive is there now that was not before. `elsewhere`: tracks of others that are not here. */
export interface ImportCounts {
  readonly tracks: number
  readonly playlists: number
  readonly saved: number
  readonly elsewhere: number
}

/** `lost`: a file went before it was claimed, or the account has. Nothing was changed. */
export type ImportOutcome = ({ readonly outcome: 'imported' } & ImportCounts) | { readonly outcome: 'gone' }

/** What becomes of the archive that a person sent last. */
export interface ImportStatus {
  readonly state: 'working' | 'done' | 'refused'
  /** What came of it. */
  readonly words: string | null
  /** Files of it, of all that have to be read in. */
  readonly done: number
  readonly total: number
  readonly updatedAt: Instant
}

/** The part of the store that brings music along from elsewhere. */
export interface ImportStore {
  /**
   * Begins an import, unless one of this user gave a sign of life since `before`. Of any number of concurrent calls one
   * gets true.
   */
  beginImport(userId: number, total: number, now: Instant, before: Instant): Promise<boolean>
  /**
   * Says how far an import is, or what came of it.
   * @param lastNoted the newest `updatedAt` that this import has given
   * @returns false when another has begun since, as it gave no sign of life, and then nothing is noted
   */
  noteImport(userId: number, status: ImportStatus, lastNoted: Instant): Promise<boolean>
  findImport(userId: number): Promise<ImportStatus | undefined>
  /** Which of these tracks of a server are here by an earlier import, or because they are of this server. */
  findImportedTracks(
    from: Pick<MusicImport, 'userId' | 'server' | 'isSameServer'>,
    sourceIds: readonly number[],
  ): Promise<readonly number[]>
  /**
   * Publishes tracks, makes playlists and fills the library, and claims the uploads of all: all of it or nothing. What
   * was imported before and is still there stays as it is, so that doing it twice is doing it once.
   */
  importMusic(music: MusicImport): Promise<ImportOutcome>
}

import type { CallOptions } from '../http/abort.ts'

/** A file as React Native's pickers hand it out. */
export interface NativeFile {
  /** Where it lies on the device: `file://…`, `content://…`. */
  readonly uri: string
  /** Its name, which becomes the track's `origFilename`. */
  readonly name?: string | null | undefined
  /** Its MIME type. */
  readonly type?: string | null | undefined
  /** Its length in bytes; read from the file itself. */
  readonly size?: number | null | undefined
  /** When it was changed last, in milliseconds since 1970. With it, the same file is known again under another `uri`. */
  readonly lastModified?: number | null | undefined
}

/** A file that is in memory. */
export interface BufferFile {
  /** Its bytes; a Node `Buffer` is one. */
  readonly buffer: Uint8Array
  /** Its name, which becomes the track's `origFilename`. */
  readonly name?: string | undefined
  /** Its MIME type. */
  readonly type?: string | undefined
}

/** What can be uploaded: a `File` or `Blob`, what a picker of React Native answers, or bytes in memory, with a name or without. */
export type UploadFile = Blob | NativeFile | BufferFile | Uint8Array

/** How far an upload is. */
export interface UploadProgress {
  /** Bytes that the server has. */
  readonly loaded: number
  /** Bytes of the file. */
  readonly total: number
  /** How much of it has been made ready to play, from 0 to 1; undefined while bytes are sent. */
  readonly transcode: number | undefined
}

/** What every upload takes. */
interface UploadParams {
  readonly file: UploadFile
  /** Told how far it is, from the start on. */
  readonly onProgress?: OnUploadProgress | undefined
}

/** What `createAudioUpload` takes. */
export interface AudioUploadParams extends UploadParams {
  /** Where the preview begins. */
  readonly previewStartSeconds?: number | undefined
}

/** What `createImageUpload` takes. */
export interface ImageUploadParams extends UploadParams {
  /** Whether it is a cover photo, which is wide, and not square. */
  readonly isBackdrop?: boolean | undefined
}

/**
 * Called whenever an upload is further, or back at what the server really has.
 *
 * @param progress How far it is.
 */
export type OnUploadProgress = (progress: UploadProgress) => void

/** What a finished audio upload answers: pass it to `tracks.createTrack` as metadata. */
export interface AudioUploadResult {
  /** The audio that is streamed. */
  readonly trackCid: string
  /** Thirty seconds of it; absent where the server made none. */
  readonly previewCid: string | undefined
  /** The file as it was sent. */
  readonly origFileCid: string
  /** Its name. */
  readonly origFilename: string
  /** Whole seconds. */
  readonly duration: number
  /** Beats a minute, when the file tells. */
  readonly bpm: number | undefined
  /** The key, when the file tells. */
  readonly musicalKey: string | undefined
}

/** An upload, and the hand on it. */
export interface UploadHandle<Result> {
  /**
   * Sends the file and waits until it is processed. Called again, it answers the same promise. Where an upload of the
   * same file was left unfinished, as by a reload, it goes on from there. It outlives network losses, restarts of the
   * server and access tokens.
   *
   * @throws UploadError `upload_aborted` (`cancelled`), `upload_refused`, `upload_too_large`, `upload_failed`,
   *   `unreadable_file`, `storage_unavailable`.
   * @throws SessionError `not_authenticated`, `session_expired`; ApiError `rate_limited`, `server_error`.
   */
  start(): Promise<Result>
  /** Stops sending until `resume()`. */
  pause(): void
  /** Goes on after `pause()`. */
  resume(): void
  /**
   * Ends it: `start()` rejects with `upload_aborted`. What was sent stays on the server for a day, so that a new upload of
   * the same file goes on from there.
   *
   * @param shouldTerminate Also removes what was sent from the server.
   * @returns Resolves once the server has removed it; at once when it need not.
   * @throws NetworkError, ApiError or UploadError when it could not be removed.
   */
  abort(shouldTerminate?: boolean): Promise<void>
}

/** An audio file on its way. */
export type AudioUpload = UploadHandle<AudioUploadResult>
/** An image on its way. It ends with the image's CID. */
export type ImageUpload = UploadHandle<string>

/** Uploading audio and images. */
export interface Uploads {
  /**
   * Prepares the upload of an audio file; `start()` begins it.
   *
   * @param params The file, and who is told how far it is.
   * @param options `signal` aborts the upload.
   */
  createAudioUpload(params: AudioUploadParams, options?: CallOptions): AudioUpload
  /**
   * Prepares the upload of an image; `start()` begins it.
   *
   * @param params The file, and who is told how far it is.
   * @param options `signal` aborts the upload.
   */
  createImageUpload(params: ImageUploadParams, options?: CallOptions): ImageUpload
}

/** What every entry of the SDK exports beside `sdk`. */

export type { AlbumId, AlbumMetadata, AlbumRequest, Albums } from './api/albums.ts'
export type { Data } from './api/call.ts'
export type { CommentId, Comments } from './api/comments.ts'
export type { CurrentUser } from './api/current-user.ts'
export type * from './api/generated.ts'
export type { Image } from './api/image.ts'
export type {
  AddTrackToPlaylistRequest,
  PlaylistId,
  Playlists,
  RemoveTrackFromPlaylistRequest,
} from './api/playlists.ts'
export type { Resolve, Resolved } from './api/resolve.ts'
export type { Search } from './api/search.ts'
export type { TrackId, Tracks } from './api/tracks.ts'
export type { Users } from './api/users.ts'
export {
  ApiError,
  ConfigurationError,
  type ErrorCode,
  type Fault,
  isStagedoorError,
  LoginError,
  NetworkError,
  OAuthError,
  SessionError,
  StagedoorError,
  UploadError,
} from './errors/errors.ts'
export type { CallOptions } from './http/abort.ts'
export type { OAuth } from './oauth.ts'
export { memoryTokenStore, type TokenStore } from './platform/token-store.ts'
export type { LoginOptions, OpenUrl, Scope } from './protocol/authorization-request.ts'
export type { Sdk, SdkConfig } from './sdk.ts'
export type { SessionEvent, SessionSnapshot } from './session/events.ts'
export type {
  AudioUpload,
  AudioUploadParams,
  AudioUploadResult,
  BufferFile,
  ImageUpload,
  ImageUploadParams,
  NativeFile,
  OnUploadProgress,
  UploadFile,
  UploadHandle,
  UploadProgress,
  Uploads,
} from './uploads/uploads.ts'

/** What every entry of the SDK exports beside `sdk`. */
export type { CallOptions } from './abort.ts'
export type * from './api.ts'
export type { Data } from './call-api.ts'
export type { CurrentUser } from './current-user.ts'
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
} from './errors.ts'
export type { SessionEvent, SessionSnapshot } from './events.ts'
export type { Image } from './image.ts'
export type { OAuth } from './oauth.ts'
export type { LoginOptions, OpenUrl, Scope } from './request.ts'
export type { Sdk, SdkConfig } from './sdk.ts'
export { memoryTokenStore, type TokenStore } from './token-store.ts'
export type { TrackId, Tracks } from './tracks.ts'
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
} from './uploads.ts'
export type { Users } from './users.ts'

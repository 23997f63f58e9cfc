/** What every entry of the SDK exports beside `sdk`. */
export type { CallOptions } from './abort.ts'
export {
  ApiError,
  ConfigurationError,
  type ErrorCode,
  isStagedoorError,
  LoginError,
  NetworkError,
  OAuthError,
  SessionError,
  StagedoorError,
  UploadError,
} from './errors.ts'
export type { SessionEvent, SessionSnapshot } from './events.ts'
export type { OAuth } from './oauth.ts'
export type { LoginOptions, OpenUrl, Scope } from './request.ts'
export type { Image, User } from './resources.ts'
export type { Sdk, SdkConfig } from './sdk.ts'
export { memoryTokenStore, type TokenStore } from './token-store.ts'
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

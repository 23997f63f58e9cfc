import {
  ApiError,
  ConfigurationError,
  LoginError,
  NetworkError,
  OAuthError,
  SessionError,
  type StagedoorError,
  UploadError,
} from '../browser.ts'
import { catalogue, type ErrorCode } from '../error-catalogue.ts'
import type { ErrorDetails } from '../errors.ts'

// Stands in for errors.ts in the built `testing`: its errors are then of the classes that the app imports.

export { isStagedoorError } from '../browser.ts'

const classes = {
  Configuration: ConfigurationError,
  Login: LoginError,
  OAuth: OAuthError,
  Session: SessionError,
  Network: NetworkError,
  Api: ApiError,
  Upload: UploadError,
}

/** The error of a code, in its class. */
export function failure(code: ErrorCode, details?: ErrorDetails): StagedoorError {
  return new classes[catalogue[code][0]](code, details)
}

/** Whether a text from outside is one of the codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(catalogue, value)
}

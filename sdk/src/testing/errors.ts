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
import { catalogue, type ErrorCode } from '../errors/catalogue.ts'
import type { ErrorDetails } from '../errors/errors.ts'
import { lateCatalogue } from '../errors/late-catalogue.ts'

// Stands in for errors.ts in the built `testing`: its errors are then of the classes that the app imports.

export { isStagedoorError } from '../browser.ts'

const whole = { ...catalogue, ...lateCatalogue }

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
  const entry = whole[code]
  return new classes[entry[0]](code, { ...details, entry })
}

/** The app's own SDK has named the server. */
export function explainAt(_origin: string): void {}

/** Nothing is missing here. */
export function learn(_entries: object): void {}

/** Whether a text from outside is one of the codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(whole, value)
}

import { catalogue, type Entry, type ErrorCode } from './catalogue.ts'

export type { ErrorCode } from './catalogue.ts'

const known: Record<string, Entry> = { ...catalogue }

/** Adds the entries of what is loaded later: it must, before it raises them. */
export function learn(entries: Readonly<Record<string, Entry>>): void {
  Object.assign(known, entries)
}

/** A code whose entry was not loaded is raised by nothing here: another copy of the SDK sent it. */
const entryOf = (code: ErrorCode): Entry => known[code] ?? ['Login', 'See the code.']

/** One thing that the API refused. */
export interface Fault {
  /** The parameter or field, by the SDK's name: `trackCid`. */
  readonly field: string
  /** The server's words for it. */
  readonly message: string
}

export interface ErrorDetails {
  /** What was wrong in this one case, shown in brackets: the server's own words, where it refused. */
  readonly reason?: string | undefined
  /** The HTTP status of the answer. */
  readonly status?: number
  /** The `error` of the answer. */
  readonly serverCode?: string | undefined
  /** The server's name for the failed request, to look it up in its log. */
  readonly requestId?: string | null
  /** The milliseconds that the server asks to wait. */
  readonly retryAfter?: number | null
  readonly faults?: readonly Fault[] | undefined
  readonly cause?: unknown
  /** Its entry, where another catalogue than this copy's has it. */
  readonly entry?: Entry
}

let docsOrigin = 'https://api.audius.co'

/** Names the server whose page explains the errors from here on: that of the SDK made last. */
export function explainAt(origin: string): void {
  docsOrigin = origin
}

/** What every rejection of the SDK is. Tell them apart by `code`, or by class. */
export class StagedoorError extends Error {
  /** The brand that `isStagedoorError` looks for. */
  readonly isStagedoorError: true = true
  /** What went wrong: `docs/errors.md` explains each. */
  readonly code: ErrorCode
  /** The same call may succeed later. */
  readonly retryable: boolean
  /** A person or the app ended it on purpose: nothing to report. */
  readonly cancelled: boolean
  /** What happened and what to do about it; `message` adds `status`, `serverCode` and `reason`. */
  readonly hint: string
  /** The page of the server that explains the code. */
  readonly docsUrl: string
  /** What was wrong in this one case, in the server’s words where it refused, or null. */
  readonly reason: string | null
  /** The HTTP status of the answer, or null where none came. */
  readonly status: number | null
  /** The `error` of the answer (RFC 6749 §4.1.2.1, §5.2), or null. */
  readonly serverCode: string | null
  /** The server's name for the failed request, or null. */
  readonly requestId: string | null
  /** The milliseconds after which the server wants to be asked again, or null: with `rate_limited` and `server_error`. */
  readonly retryAfter: number | null
  /** Which parameters and fields the API refused, with `request_refused`; empty otherwise. */
  readonly faults: readonly Fault[]

  /** @internal */
  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    const {
      reason = null,
      status = null,
      serverCode = null,
      requestId = null,
      retryAfter = null,
      faults = [],
      cause,
      entry,
    } = details
    const [kind, hint, outcome] = entry ?? entryOf(code)
    const shown = [status, serverCode, reason].filter(Boolean).join(' ').slice(0, 300)
    super(hint + (shown && ` (${shown})`), { cause })
    this.name = `${kind}Error`
    this.code = code
    this.retryable = outcome === 'retryable'
    this.cancelled = outcome === 'cancelled'
    this.hint = hint
    this.docsUrl = `${docsOrigin}/docs/errors#${code}`
    this.reason = reason
    this.status = status
    this.serverCode = serverCode
    this.requestId = requestId
    this.retryAfter = retryAfter
    this.faults = faults
  }
}

/** The SDK is set up or called wrongly: fix the code. */
export class ConfigurationError extends StagedoorError {}
/** A login ended without a session. */
export class LoginError extends StagedoorError {}
/** The token endpoint refused (RFC 6749 §5.2). */
export class OAuthError extends StagedoorError {}
/** There is no session, or it ended. */
export class SessionError extends StagedoorError {}
/** No usable answer came. The session is kept. */
export class NetworkError extends StagedoorError {}
/** The API answered with an error. */
export class ApiError extends StagedoorError {}
/** A file could not be uploaded. */
export class UploadError extends StagedoorError {}

/**
 * Whether a value is an error of the SDK, also of another copy of it on the page.
 *
 * @param value Anything that was thrown.
 */
export function isStagedoorError(value: unknown): value is StagedoorError {
  return typeof value === 'object' && value !== null && 'isStagedoorError' in value
}

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
  return new classes[entryOf(code)[0]](code, details)
}

/** Whether a text from outside is one of the codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(known, value)
}

export type ErrorKind = 'Configuration' | 'Login' | 'OAuth' | 'Session' | 'Network' | 'Api'

/** Every code that the SDK's errors carry. */
export type ErrorCode =
  | 'invalid_api_key'
  | 'invalid_api_endpoint'
  | 'missing_client'
  | 'missing_redirect_uri'
  | 'redirect_uri_origin'
  | 'scope_needs_api_key'
  | 'no_page'
  | 'no_secure_random'
  | 'storage_blocked'
  | 'popup_blocked'
  | 'popup_closed'
  | 'aborted'
  | 'superseded'
  | 'login_timeout'
  | 'state_mismatch'
  | 'issuer_mismatch'
  | 'access_denied'
  | 'login_required'
  | 'consent_required'
  | 'login_refused'
  | 'invalid_grant'
  | 'token_refused'
  | 'not_authenticated'
  | 'session_expired'
  | 'token_store_failed'
  | 'unreachable'
  | 'timeout'
  | 'invalid_answer'
  | 'unauthorized'
  | 'rate_limited'
  | 'server_error'
  | 'request_refused'
  | 'request_aborted'
  | 'foreign_origin'

/**
 * The class of error, what to do about it, and whether the same call may succeed later (`retryable`) or a person or the
 * app ended it on purpose (`cancelled`). The code says what happened.
 */
export type Entry = readonly [kind: ErrorKind, hint: string, outcome?: 'retryable' | 'cancelled']

/** The one catalogue of what can go wrong, short as every page loads it: docs/errors.md has the full words. */
export const catalogue: Readonly<Record<ErrorCode, Entry>> = {
  invalid_api_key: ['Configuration', 'pass 40 hex digits'],
  invalid_api_endpoint: ['Configuration', 'pass an http(s) URL'],
  missing_client: ['Configuration', 'pass apiKey or appName'],
  missing_redirect_uri: ['Configuration', 'pass redirectUri'],
  redirect_uri_origin: ['Configuration', 'use the origin of this page'],
  scope_needs_api_key: ['Configuration', 'pass apiKey'],
  foreign_origin: ['Configuration', 'use the origin of apiEndpoint'],
  no_page: ['Configuration', 'call login() in a page'],
  no_secure_random: ['Configuration', 'use a current browser'],
  storage_blocked: ['Configuration', 'log in by popup'],

  popup_blocked: ['Login', 'call login() in a click, or pass fallback'],
  popup_closed: ['Login', 'log in again', 'cancelled'],
  aborted: ['Login', 'log in again', 'cancelled'],
  superseded: ['Login', 'await the newer login', 'cancelled'],
  login_timeout: ['Login', 'log in again'],
  state_mismatch: ['Login', 'log in again'],
  issuer_mismatch: ['Login', 'check apiEndpoint'],
  access_denied: ['Login', 'log in again', 'cancelled'],
  login_required: ['Login', 'log in without prompt'],
  consent_required: ['Login', 'log in without prompt'],
  login_refused: ['Login', 'see the reason'],

  invalid_grant: ['OAuth', 'log in again'],
  token_refused: ['OAuth', 'see the reason'],

  not_authenticated: ['Session', 'call login() first'],
  session_expired: ['Session', 'log in again'],
  token_store_failed: ['Session', 'see the cause'],

  unreachable: ['Network', 'try again', 'retryable'],
  request_aborted: ['Network', 'try again', 'cancelled'],
  timeout: ['Network', 'try again', 'retryable'],
  invalid_answer: ['Network', 'check apiEndpoint', 'retryable'],

  unauthorized: ['Api', 'log in again'],
  rate_limited: ['Api', 'try again later', 'retryable'],
  server_error: ['Api', 'try again later', 'retryable'],
  request_refused: ['Api', 'see the reason'],
}

export type ErrorKind = 'Configuration' | 'Login' | 'OAuth' | 'Session' | 'Network' | 'Api' | 'Upload'

/** The codes that only what is loaded later raises. */
export type LateCode =
  | 'server_error'
  | 'rate_limited'
  | 'invalid_answer'
  | 'timeout'
  | 'session_expired'
  | 'not_authenticated'
  | 'token_refused'
  | 'invalid_grant'
  | 'redirect_uri_loopback'
  | 'port_taken'
  | 'foreign_origin'
  | 'no_web_crypto'
  | 'missing_module'
  | 'login_timeout'
  | 'login_interrupted'
  | 'state_mismatch'
  | 'issuer_mismatch'
  | 'access_denied'
  | 'login_required'
  | 'consent_required'
  | 'login_refused'
  | 'token_store_locked'
  | 'user_switched'
  | 'request_aborted'
  | 'unauthorized'
  | 'insufficient_scope'
  | 'not_found'
  | 'request_refused'
  | 'upload_aborted'
  | 'upload_refused'
  | 'upload_too_large'
  | 'upload_failed'
  | 'unreadable_file'
  | 'storage_unavailable'

/** Every code that the SDK's errors carry. */
export type ErrorCode =
  | 'invalid_api_key'
  | 'invalid_api_endpoint'
  | 'missing_client'
  | 'missing_redirect_uri'
  | 'redirect_uri_origin'
  | 'scope_needs_api_key'
  | 'no_page'
  | 'redirect_uri_loopback'
  | 'port_taken'
  | 'no_secure_random'
  | 'no_web_crypto'
  | 'missing_module'
  | 'storage_blocked'
  | 'popup_blocked'
  | 'popup_closed'
  | 'aborted'
  | 'superseded'
  | 'login_timeout'
  | 'login_interrupted'
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
  | 'user_switched'
  | 'token_store_failed'
  | 'token_store_locked'
  | 'unreachable'
  | 'timeout'
  | 'invalid_answer'
  | 'unauthorized'
  | 'rate_limited'
  | 'server_error'
  | 'insufficient_scope'
  | 'not_found'
  | 'request_refused'
  | 'request_aborted'
  | 'foreign_origin'
  | 'upload_aborted'
  | 'upload_refused'
  | 'upload_too_large'
  | 'upload_failed'
  | 'unreadable_file'
  | 'storage_unavailable'

/**
 * The class of error, what happened and what to do about it in one sentence, and whether the same call may succeed
 * later (`retryable`) or a person or the app ended it on purpose (`cancelled`).
 */
export type Entry = readonly [kind: ErrorKind, hint: string, outcome?: 'retryable' | 'cancelled']

/** What any page can meet, short as every page loads it: docs/errors.md has the full words. */
export const catalogue: Readonly<Record<Exclude<ErrorCode, LateCode>, Entry>> = {
  invalid_api_key: ['Configuration', 'apiKey must be 40 hex digits.'],
  invalid_api_endpoint: ['Configuration', 'apiEndpoint must be an http(s) URL.'],
  missing_client: ['Configuration', 'Pass apiKey or appName.'],
  missing_redirect_uri: ['Configuration', 'Pass redirectUri.'],
  redirect_uri_origin: ['Configuration', 'redirectUri must be on this origin.'],
  scope_needs_api_key: ['Configuration', 'Pass apiKey for scope write.'],
  no_page: ['Configuration', 'login() needs a page or openUrl.'],
  no_secure_random: ['Configuration', 'login() needs crypto.getRandomValues.'],
  storage_blocked: ['Configuration', 'Storage is blocked: log in by popup.'],

  popup_blocked: ['Login', 'No window opened: call login() in a click.'],
  popup_closed: ['Login', 'The page was closed: log in again.', 'cancelled'],
  aborted: ['Login', 'The login was cancelled: log in again.', 'cancelled'],
  superseded: ['Login', 'A newer login replaced this one: await it.', 'cancelled'],

  token_store_failed: ['Session', 'The token store failed: see the cause.'],

  unreachable: ['Network', 'The server was not reached: try again.', 'retryable'],
}

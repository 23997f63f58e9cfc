export type ErrorKind = 'Configuration' | 'Login' | 'OAuth' | 'Session' | 'Network' | 'Api' | 'Upload'

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
  | 'missing_module'
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
  | 'user_switched'
  | 'token_store_failed'
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

/** The one catalogue of what can go wrong, short as every page loads it: docs/errors.md has the full words. */
export const catalogue: Readonly<Record<ErrorCode, Entry>> = {
  invalid_api_key: ['Configuration', 'apiKey must be 40 hex digits.'],
  invalid_api_endpoint: ['Configuration', 'apiEndpoint must be an http(s) URL.'],
  missing_client: ['Configuration', 'Pass apiKey or appName.'],
  missing_redirect_uri: ['Configuration', 'Pass redirectUri.'],
  redirect_uri_origin: ['Configuration', 'redirectUri must be on this origin.'],
  redirect_uri_loopback: ['Configuration', 'redirectUri must be on loopback.'],
  port_taken: ['Configuration', 'Free redirectUri’s port.'],
  scope_needs_api_key: ['Configuration', 'Pass apiKey for scope write.'],
  foreign_origin: ['Configuration', 'fetch() must be to apiEndpoint.'],
  no_page: ['Configuration', 'login() needs a page or openUrl.'],
  no_secure_random: ['Configuration', 'login() needs crypto.getRandomValues.'],
  missing_module: ['Configuration', 'A module is missing: install it.'],
  storage_blocked: ['Configuration', 'Storage is blocked: log in by popup.'],

  popup_blocked: ['Login', 'No window opened: call login() in a click.'],
  popup_closed: ['Login', 'The page was closed: log in again.', 'cancelled'],
  aborted: ['Login', 'The login was cancelled: log in again.', 'cancelled'],
  superseded: ['Login', 'A newer login replaced this one: await it.', 'cancelled'],
  login_timeout: ['Login', 'The login took too long: log in again.'],
  state_mismatch: ['Login', 'No login waits for this answer: log in again.'],
  issuer_mismatch: ['Login', 'Another server answered: check apiEndpoint.'],
  access_denied: ['Login', 'Access was denied: log in again.', 'cancelled'],
  login_required: ['Login', 'Nobody is signed in: log in without prompt.'],
  consent_required: ['Login', 'The app is not allowed yet: log in without prompt.'],
  login_refused: ['Login', 'The login was refused: see the reason.'],

  invalid_grant: ['OAuth', 'The code or token has ended: log in again.'],
  token_refused: ['OAuth', 'The tokens were refused: see the reason.'],

  not_authenticated: ['Session', 'Nobody is logged in: call login().'],
  session_expired: ['Session', 'The session ended: log in again.'],
  user_switched: ['Session', 'Another user logged in: try again.'],
  token_store_failed: ['Session', 'The token store failed: see the cause.'],

  unreachable: ['Network', 'The server was not reached: try again.', 'retryable'],
  request_aborted: ['Network', 'The call was cancelled: try again.', 'cancelled'],
  timeout: ['Network', 'The server took too long: try again.', 'retryable'],
  invalid_answer: ['Network', 'The answer is not readable: check apiEndpoint.', 'retryable'],

  unauthorized: ['Api', 'The token was refused: log in again.'],
  rate_limited: ['Api', 'Too many requests: try again later.', 'retryable'],
  server_error: ['Api', 'The server failed: try again later.', 'retryable'],
  insufficient_scope: ['Api', 'Log in with scope write; apps need a management token.'],
  not_found: ['Api', 'It was not found: check the id.'],
  request_refused: ['Api', 'The request was refused: see the reason.'],

  upload_aborted: ['Upload', 'The upload was cancelled: start it again.', 'cancelled'],
  upload_refused: ['Upload', 'The upload was refused: see the reason.'],
  upload_too_large: ['Upload', 'The file is too large: see the reason.'],
  upload_failed: ['Upload', 'The file cannot be used: see the reason.'],
  unreadable_file: ['Upload', 'The file cannot be read: choose it again.'],
  storage_unavailable: ['Upload', 'No storage has room: try again later.', 'retryable'],
}

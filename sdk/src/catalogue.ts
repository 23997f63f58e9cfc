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
 * The class of error, what happened and what to do about it in one sentence, and whether the same call may succeed
 * later (`retryable`) or a person or the app ended it on purpose (`cancelled`).
 */
export type Entry = readonly [kind: ErrorKind, hint: string, outcome?: 'retryable' | 'cancelled']

/** The one catalogue of what can go wrong, short as every page loads it: docs/errors.md has the full words. */
export const catalogue: Readonly<Record<ErrorCode, Entry>> = {
  invalid_api_key: ['Configuration', 'apiKey must be 40 hex digits.'],
  invalid_api_endpoint: ['Configuration', 'apiEndpoint must be an http(s) URL.'],
  missing_client: ['Configuration', 'Pass apiKey or appName to sdk().'],
  missing_redirect_uri: ['Configuration', 'Pass redirectUri to sdk() or login().'],
  redirect_uri_origin: ['Configuration', 'redirectUri must be on this page’s origin.'],
  scope_needs_api_key: ['Configuration', 'Scope write needs apiKey.'],
  foreign_origin: ['Configuration', 'fetch() needs URLs of apiEndpoint’s origin.'],
  no_page: ['Configuration', 'Call login() in a page.'],
  no_secure_random: ['Configuration', 'login() needs crypto.getRandomValues.'],
  missing_module: ['Configuration', 'A module is missing: install it.'],
  storage_blocked: ['Configuration', 'Storage is blocked: log in by popup.'],

  popup_blocked: ['Login', 'No window opened: call login() in a click, or pass fallback.'],
  popup_closed: ['Login', 'The page was closed: log in again.', 'cancelled'],
  aborted: ['Login', 'The app cancelled the login: log in again.', 'cancelled'],
  superseded: ['Login', 'A newer login() replaced this one: await it.', 'cancelled'],
  login_timeout: ['Login', 'The login took too long: log in again.'],
  state_mismatch: ['Login', 'No login waits for this answer: log in again.'],
  issuer_mismatch: ['Login', 'Another server answered: check apiEndpoint.'],
  access_denied: ['Login', 'The person did not allow access: log in again.', 'cancelled'],
  login_required: ['Login', 'The person is not signed in: log in without prompt.'],
  consent_required: ['Login', 'The person has not allowed the app: log in without prompt.'],
  login_refused: ['Login', 'The server refused the login: see the reason.'],

  invalid_grant: ['OAuth', 'The code or token has ended: log in again.'],
  token_refused: ['OAuth', 'The server refused the tokens: see the reason.'],

  not_authenticated: ['Session', 'Nobody is logged in: call login() first.'],
  session_expired: ['Session', 'The session ended: log in again.'],
  token_store_failed: ['Session', 'The token store failed: see the cause.'],

  unreachable: ['Network', 'The server cannot be reached: try again.', 'retryable'],
  request_aborted: ['Network', 'The app cancelled the call: try again.', 'cancelled'],
  timeout: ['Network', 'The server took too long: try again.', 'retryable'],
  invalid_answer: ['Network', 'The answer is not the API’s: check apiEndpoint.', 'retryable'],

  unauthorized: ['Api', 'The server refused the access token: log in again.'],
  rate_limited: ['Api', 'Too many requests: try again later.', 'retryable'],
  server_error: ['Api', 'The server failed: try again later.', 'retryable'],
  request_refused: ['Api', 'The server refused the request: see the reason.'],
}

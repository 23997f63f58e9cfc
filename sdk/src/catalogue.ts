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

/**
 * The class of error, what happened, what to do about it, and whether the same call may succeed later (`retryable`) or
 * a person or the app ended it on purpose (`cancelled`).
 */
export type Entry = readonly [
  kind: ErrorKind,
  message: string,
  hint: string,
  outcome?: 'retryable' | 'cancelled',
]

/** The one catalogue of what can go wrong. A refusal's own reason follows in brackets. */
export const catalogue: Readonly<Record<ErrorCode, Entry>> = {
  invalid_api_key: ['Configuration', 'The API key is not 40 hex digits.', 'Copy it from your developer app.'],
  invalid_api_endpoint: ['Configuration', 'apiEndpoint is no http(s) URL.', 'Pass the server’s public URL.'],
  missing_client: ['Configuration', 'apiKey and appName are missing.', 'Pass one of them to sdk().'],
  missing_redirect_uri: [
    'Configuration',
    'redirectUri is missing.',
    'Pass a registered callback page to sdk() or login().',
  ],
  redirect_uri_origin: [
    'Configuration',
    'redirectUri is not on this page’s origin.',
    'Use the same scheme, host and port.',
  ],
  scope_needs_api_key: ['Configuration', 'Scope write needs an API key.', 'Pass apiKey to sdk().'],
  no_page: ['Configuration', 'There is no page to log in from.', 'Call login() in a browser.'],
  no_secure_random: ['Configuration', 'crypto.getRandomValues is missing.', 'Use a current browser.'],
  storage_blocked: ['Configuration', 'The browser blocks storage.', 'Allow site data, or log in by popup.'],

  popup_blocked: [
    'Login',
    'The browser blocked the popup.',
    'Call login() in a click handler, or pass fallback: "redirect".',
  ],
  popup_closed: ['Login', 'The popup closed before the login was done.', 'Offer it again.', 'cancelled'],
  aborted: ['Login', 'The app cancelled the login.', 'Offer it again.', 'cancelled'],
  superseded: ['Login', 'A newer login replaced this one.', 'Await that one.', 'cancelled'],
  login_timeout: ['Login', 'The login took over 10 minutes.', 'Offer it again.'],
  state_mismatch: [
    'Login',
    'No login here waits for this answer: it is old, used or forged.',
    'Log in again.',
  ],
  issuer_mismatch: ['Login', 'Another server answered.', 'Set apiEndpoint to the server’s public URL.'],
  access_denied: ['Login', 'The person did not allow access.', 'Offer it again.', 'cancelled'],
  login_required: ['Login', 'The person is not signed in.', 'Log in without prompt: "none".'],
  consent_required: ['Login', 'The person has not allowed the app.', 'Log in without prompt: "none".'],
  login_refused: ['Login', 'The server refused the login.', 'See its reason.'],

  invalid_grant: ['OAuth', 'The code or token is expired, used or revoked.', 'Log in again.'],
  token_refused: ['OAuth', 'The server refused the tokens.', 'See its reason.'],

  not_authenticated: ['Session', 'Nobody is logged in.', 'Call login() first.'],
  session_expired: ['Session', 'The session ended.', 'Log in again.'],
  token_store_failed: ['Session', 'The token store failed.', 'See cause.'],

  unreachable: [
    'Network',
    'The server cannot be reached.',
    'Check the connection and apiEndpoint.',
    'retryable',
  ],
  timeout: ['Network', 'The server took over 10 seconds.', 'Try again.', 'retryable'],
  invalid_answer: ['Network', 'The answer is cut off or not the API’s.', 'Check apiEndpoint.', 'retryable'],

  unauthorized: ['Api', 'The server refused the access token.', 'Log in again.'],
  rate_limited: ['Api', 'Too many requests.', 'Wait, then try again.', 'retryable'],
  server_error: ['Api', 'The server failed.', 'Try again later.', 'retryable'],
  request_refused: ['Api', 'The server refused the request.', 'See its reason.'],
}

import type { Entry, LateCode } from './catalogue.ts'

/** The rest of the catalogue: what needs a server's answer, an upload or another platform to happen. */
export const lateCatalogue: Readonly<Record<LateCode, Entry>> = {
  redirect_uri_loopback: ['Configuration', 'redirectUri must be on loopback.'],
  port_taken: ['Configuration', 'Free redirectUri’s port.'],
  foreign_origin: ['Configuration', 'fetch() must be to apiEndpoint.'],
  no_web_crypto: ['Configuration', 'dpop needs Web Crypto: leave it out here.'],
  missing_module: ['Configuration', 'A module is missing: install it.'],

  login_timeout: ['Login', 'The login took too long: log in again.'],
  login_interrupted: ['Login', 'The login was cut off: log in again.', 'retryable'],
  state_mismatch: ['Login', 'No login waits for this answer: log in again.'],
  issuer_mismatch: ['Login', 'Another server answered: check apiEndpoint.'],
  access_denied: ['Login', 'Access was denied: log in again.', 'cancelled'],
  login_required: ['Login', 'Nobody is signed in: log in without prompt.'],
  consent_required: ['Login', 'The app is not allowed: log in without prompt.'],
  login_refused: ['Login', 'The login was refused: see the reason.'],

  invalid_grant: ['OAuth', 'The code or token has ended: log in again.'],
  token_refused: ['OAuth', 'The tokens were refused: see the reason.'],

  not_authenticated: ['Session', 'Nobody is logged in: call login().'],
  session_expired: ['Session', 'The session ended: log in again.'],
  token_store_locked: ['Session', 'The keychain is locked: try again.', 'retryable'],
  user_switched: ['Session', 'Another user logged in: try again.'],

  timeout: ['Network', 'The server took too long: try again.', 'retryable'],
  invalid_answer: ['Network', 'The answer is unreadable: check apiEndpoint.', 'retryable'],
  request_aborted: ['Network', 'The call was cancelled: try again.', 'cancelled'],

  rate_limited: ['Api', 'Too many requests: try again later.', 'retryable'],
  server_error: ['Api', 'The server failed: try again later.', 'retryable'],
  unauthorized: ['Api', 'The token was refused: log in again.'],
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

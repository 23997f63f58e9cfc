/**
 * What an error says to the person who uses an app: a sentence by its code, to be shown, and to be translated. `hint` and
 * `message` are for whoever writes the app.
 *
 * @module @stagedoor/sdk/words
 */

import type { ErrorCode } from './errors/catalogue.ts'
import { isStagedoorError } from './errors/errors.ts'

/** A sentence for every code of an error. */
export type Words = Readonly<Record<ErrorCode, string>>

const broken = 'This app is not set up as it should be. Please tell whoever made it.'
const failed = 'That did not work. Please try again.'
const logInAgain = 'Please log in again.'
const silent = 'The server does not answer. Check your connection, then try again.'
const busy = 'The server is busy. Please try again in a moment.'

/** The sentences in English; a translation has the same keys. */
export const words: Words = {
  invalid_api_key: broken,
  invalid_api_endpoint: broken,
  missing_client: broken,
  missing_redirect_uri: broken,
  redirect_uri_origin: broken,
  scope_needs_api_key: broken,
  no_page: broken,
  redirect_uri_loopback: broken,
  port_taken: 'Another program is in the way. Close it, then try again.',
  no_secure_random: 'This browser is too old to log in with. Please use a newer one.',
  no_web_crypto: broken,
  missing_module: broken,
  storage_blocked: 'Your browser blocks what a login needs. Allow site data for this page, then try again.',
  popup_blocked: 'Your browser blocked the login window. Allow pop-ups for this page, then try again.',
  popup_closed: 'You are not logged in: the login window closed before you were done.',
  aborted: 'You are not logged in: the login was cancelled.',
  superseded: 'You began to log in anew.',
  login_timeout: 'The login took too long. Please log in again.',
  login_interrupted: 'The login was interrupted. Please log in again.',
  state_mismatch: 'This login is not the one you began. Please log in again.',
  issuer_mismatch: broken,
  access_denied: 'You are not logged in: you chose not to give this app access.',
  login_required: logInAgain,
  consent_required: logInAgain,
  login_refused: 'The login was refused. Please try again later.',
  invalid_grant: logInAgain,
  token_refused: 'The login did not work. Please try again later.',
  not_authenticated: 'Please log in first.',
  session_expired: 'Your login has ended. Please log in again.',
  user_switched: 'Somebody else has logged in meanwhile. Please try again.',
  token_store_failed: 'Your login could not be kept on this device. Please try again.',
  token_store_locked: 'Unlock this device, then try again.',
  unreachable: silent,
  timeout: silent,
  invalid_answer: failed,
  unauthorized: logInAgain,
  rate_limited: busy,
  server_error: busy,
  insufficient_scope: 'This app may not do that for you yet. Log in again and allow it.',
  not_found: 'This is not there any more.',
  request_refused: 'That was not accepted. Check what you entered.',
  request_aborted: 'That was cancelled.',
  foreign_origin: broken,
  upload_aborted: 'The upload was cancelled.',
  upload_refused: 'The file was not accepted. Please choose another.',
  upload_too_large: 'The file is too large. Please choose a smaller one.',
  upload_failed: 'The file cannot be used. Please choose another.',
  unreadable_file: 'The file cannot be read. Please choose it again.',
  storage_unavailable: 'There is no room for uploads right now. Please try again later.',
}

/**
 * The sentence for something that was thrown, or for a code.
 *
 * @param error An error of the SDK or its code; anything else has a sentence that fits all.
 * @param translated The sentences in another language; what it lacks is said in English.
 */
export function wordsFor(error: unknown, translated: Partial<Words> = {}): string {
  const code = isStagedoorError(error) ? error.code : error
  const known = typeof code === 'string' && Object.hasOwn(words, code)
  // What `hasOwn` has found is a key of it.
  return known ? (translated[code as ErrorCode] ?? words[code as ErrorCode]) : failed
}

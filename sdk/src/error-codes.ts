/**
 * What tells the SDK's errors apart, without the SDK: for what handles errors on pages that log nobody in.
 *
 * @module @stagedoor/sdk/errors
 */

import type { ErrorCode } from './errors/catalogue.ts'

export { type ErrorCode, type Fault, isStagedoorError, type StagedoorError } from './errors/errors.ts'

/** Every code that an error of the SDK can have. */
export const errorCodes: readonly ErrorCode[] = [
  'invalid_api_key',
  'invalid_api_endpoint',
  'missing_client',
  'missing_redirect_uri',
  'redirect_uri_origin',
  'scope_needs_api_key',
  'no_page',
  'redirect_uri_loopback',
  'port_taken',
  'no_secure_random',
  'no_web_crypto',
  'missing_module',
  'storage_blocked',
  'popup_blocked',
  'popup_closed',
  'aborted',
  'superseded',
  'login_timeout',
  'login_interrupted',
  'state_mismatch',
  'issuer_mismatch',
  'access_denied',
  'login_required',
  'consent_required',
  'login_refused',
  'invalid_grant',
  'token_refused',
  'not_authenticated',
  'session_expired',
  'user_switched',
  'token_store_failed',
  'token_store_locked',
  'unreachable',
  'timeout',
  'invalid_answer',
  'unauthorized',
  'rate_limited',
  'server_error',
  'insufficient_scope',
  'not_found',
  'request_refused',
  'request_aborted',
  'foreign_origin',
  'upload_aborted',
  'upload_refused',
  'upload_too_large',
  'upload_failed',
  'unreadable_file',
  'storage_unavailable',
]

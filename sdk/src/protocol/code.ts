import { type ErrorCode, failure } from '../errors.ts'
import { isSameServer } from '../http/url.ts'
import type { Answer } from './authorization-response.ts'
import type { Transaction } from './transaction.ts'

const refusals: readonly ErrorCode[] = ['access_denied', 'login_required', 'consent_required']

/**
 * The code of an answer. Throws `issuer_mismatch` when another server than the asked one answers (RFC 9207 §2.4; the
 * hosted service names none), else what the server refused the login with (RFC 6749 §4.1.2.1).
 */
export function codeOf({ code, error, description, iss }: Answer, issuer: string): string {
  if (iss !== undefined && !isSameServer(iss, issuer)) throw failure('issuer_mismatch', { reason: iss })
  if (code && !error) return code
  const known = refusals.find((refusal) => refusal === error)
  throw failure(known ?? 'login_refused', { serverCode: error, reason: description })
}

/** The token request that redeems a code (RFC 6749 §4.1.3, RFC 7636 §4.5). */
export const codeGrant = (
  code: string,
  { verifier, redirectUri }: Transaction,
): Readonly<Record<string, string>> => ({
  grant_type: 'authorization_code',
  code,
  code_verifier: verifier,
  redirect_uri: redirectUri,
})

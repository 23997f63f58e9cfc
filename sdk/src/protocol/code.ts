import { type ErrorCode, failure } from '../errors/errors.ts'
import { send } from '../http/client.ts'
import { jsonFields } from '../http/fields.ts'
import { isSameServer } from '../http/url.ts'
import type { Answer } from './authorization-response.ts'
import type { Transaction } from './transaction.ts'

const refusals: readonly ErrorCode[] = ['access_denied', 'login_required', 'consent_required']

/**
 * Whether a server's metadata says that its answers name it (RFC 9207 §3). The hosted service publishes none that a page
 * may read, so what cannot be read promises nothing.
 */
const isNamedBy = (issuer: string) =>
  send(`${issuer}/.well-known/oauth-authorization-server`, {}).then(
    ({ body }) => jsonFields(body)['authorization_response_iss_parameter_supported'] === true,
    () => false,
  )

/**
 * The code of an answer. Rejects with `issuer_mismatch` when another server than the asked one answers, or none is named
 * although the asked one always is, in an error as in a code (RFC 9207 §2.4), else with what the server refused the login
 * with (RFC 6749 §4.1.2.1).
 */
export async function codeOf({ code, error, description, iss }: Answer, issuer: string): Promise<string> {
  const isForeign = iss === undefined ? await isNamedBy(issuer) : !isSameServer(iss, issuer)
  if (isForeign) throw failure('issuer_mismatch', { reason: iss ?? 'no iss' })
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

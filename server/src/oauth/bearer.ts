import { read } from '../crypto/secret.ts'
import { bearer as refuse } from '../errors/bearer.ts'
import type { AccessToken } from '../store/contract/oauth.ts'
import type { Instant, Store } from '../store/contract/store.ts'

/**
 * Finds who a request acts for, by its `Authorization` header alone (RFC 6750 §2.1).
 * @param authorization every `Authorization` header sent
 * @throws OAuthError (RFC 6750 §3.1)
 */
export async function bearer(
  authorization: readonly string[],
  deps: { readonly store: Store; readonly clock: () => Instant },
): Promise<AccessToken> {
  const text = bearerText(authorization)
  if (read('management', text) !== undefined) throw refuse.managementToken()
  const credential = read('access', text)
  if (credential === undefined) throw refuse.malformed()
  const token = await deps.store.findAccessToken(credential.digest, deps.clock())
  if (token === undefined) throw refuse.dead()
  return token
}

/**
 * Reads the token of an `Authorization` header, whatever it is (RFC 6750 §2.1).
 * @throws OAuthError (RFC 6750 §3.1)
 */
export function bearerText(authorization: readonly string[]): string {
  if (authorization.length > 1) throw refuse.two()
  const [header] = authorization
  if (header === undefined || !/^bearer(?: |$)/i.test(header)) throw refuse.none()
  return header.replace(/^bearer +/i, '')
}

import { read } from '../crypto/secret.ts'
import { bearer as refuse } from '../errors/bearer.ts'
import type { AccessToken } from '../store/contract/oauth.ts'
import type { Instant, Store } from '../store/contract/store.ts'
import type { Dpop, ProvenRequest } from './dpop/dpop.ts'

/** What a request to a protected resource says of who sends it. */
export interface Credentials extends ProvenRequest {
  /** Every `Authorization` header sent. */
  readonly authorization: readonly string[]
}

export interface BearerDeps {
  readonly store: Store
  readonly clock: () => Instant
  /** Null where no token is bound to a key. */
  readonly dpop: Dpop | null
}

/**
 * Finds who a request acts for, by its `Authorization` header alone (RFC 6750 §2.1), and by the proof of its key where the
 * token is bound to one (RFC 9449 §7).
 * @throws OAuthError (RFC 6750 §3.1, RFC 9449 §7.1)
 */
export async function bearer(credentials: Credentials, deps: BearerDeps): Promise<AccessToken> {
  const { scheme, text } = presentedToken(credentials)
  if (read('management', text) !== undefined) throw refuse.managementToken(scheme)
  const credential = read('access', text)
  if (credential === undefined) throw refuse.malformed(scheme)
  const token = await deps.store.findAccessToken(credential.digest, deps.clock())
  if (token === undefined) throw refuse.dead(scheme)
  const { thumbprint } = token
  if (thumbprint === null) {
    if (scheme === 'DPoP') throw refuse.unbound()
    return token
  }
  if (scheme === 'Bearer' || deps.dpop === null) throw refuse.bound()
  await deps.dpop.keyOf(credentials, { to: 'resource', accessToken: { text, thumbprint } })
  return token
}

/** How a token was sent. */
export type TokenScheme = 'Bearer' | 'DPoP'

/**
 * Reads the token of an `Authorization` header, whatever it is (RFC 6750 §2.1, RFC 9449 §7.1).
 * @throws OAuthError (RFC 6750 §3.1)
 */
export function presentedToken({ authorization }: Pick<Credentials, 'authorization'>): {
  readonly scheme: TokenScheme
  readonly text: string
} {
  if (authorization.length > 1) throw refuse.two()
  const [header] = authorization
  const scheme = /^(bearer|dpop)(?: +|$)/i.exec(header ?? '')
  if (header === undefined || scheme === null) throw refuse.none()
  return {
    scheme: scheme[1]?.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer',
    text: header.slice(scheme[0].length),
  }
}

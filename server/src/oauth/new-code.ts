import { seal } from '../crypto/seal.ts'
import { mintDated, type Random } from '../crypto/secret.ts'
import { lifetimes } from '../limits.ts'
import type { AuthorizationRequest, NewCode } from '../store/contract/oauth.ts'
import type { Digest, Identity, Instant, Session } from '../store/contract/store.ts'
import type { SealedRequest } from './sealed-request.ts'

/** Who is signed in, and by which session. */
export type SignedIn = Session & { readonly digest: Digest }

interface CodeDeps {
  readonly clock: () => Instant
  readonly random: Random
}

/**
 * Makes a code for who is signed in, which nobody has stored yet.
 * @param pending under whose text the code is sealed
 * @param sharesEmail whether the app is told their email, where it asks
 */
export function newCode(
  pending: SealedRequest,
  session: SignedIn,
  sharesEmail: boolean,
  { clock, random }: CodeDeps,
): { readonly text: string; readonly stored: NewCode } {
  const now = clock()
  const { text, digest } = mintDated('code', random, now)
  const lifetime = { createdAt: now, expiresAt: now + lifetimes.code }
  return {
    text,
    stored: {
      digest,
      sealed: seal(text, pending.text, random),
      userId: session.user.id,
      session: session.digest,
      identity: identityOf(pending.request, session, sharesEmail),
      ...lifetime,
    },
  }
}

// What the person did not tick is not told; that it was asked stays part of the request.
const identityOf = (
  request: AuthorizationRequest,
  { user, sid, authenticatedAt, method }: SignedIn,
  sharesEmail: boolean,
): Identity | null =>
  request.openid && {
    profile: request.openid.profile,
    email: request.openid.email && sharesEmail && user.emailStatus === 'confirmed',
    nonce: request.openid.nonce,
    authenticatedAt,
    method,
    sid,
  }

import { hash } from 'node:crypto'
import { lifetimes } from '../../limits.ts'
import type { Identity, IdTokenUse, Instant, SignInMethod } from '../../store/contract/store.ts'
import type { SigningKeys } from './signing-keys.ts'

/** What is said of a person (OpenID Connect Core §5.1). */
export type Claims = Readonly<Record<string, string | number | boolean>>

/** OpenID Connect, where it is switched on. */
export interface OpenId {
  readonly keys: SigningKeys
  /** The person's name to apps, which never becomes another's (Core §2 `sub`). */
  subjectOf(userId: number): string
  /** Whom a subject names; undefined for what is none. */
  userIdOf(subject: string): number | undefined
  /** What an identity lets an app be told now; undefined where the person has gone. */
  claimsOf(identity: Identity & { readonly userId: number }): Promise<Claims | undefined>
  /** Whom the ID tokens of an app are for, and what they are signed with. */
  useOf(apiKey: string): Promise<IdTokenUse>
}

/** How strongly the person has proven that it is they (Core §2 `acr`; OpenID EAP ACR Values §2 for `phr`). */
export const acrValues: Readonly<Record<SignInMethod, string>> = {
  password: 'urn:stagedoor:acr:password',
  passkey: 'phr',
}

// RFC 8176 §2.
const amrValues: Readonly<Record<SignInMethod, readonly string[]>> = {
  password: ['pwd'],
  passkey: ['pop', 'user'],
}

/**
 * Says in a signed token who logged in to an app, when and how (OpenID Connect Core §2).
 * @param accessToken the token it is issued with, to which it is bound by `at_hash`
 */
export async function idToken(
  identity: Identity & { readonly userId: number },
  apiKey: string,
  accessToken: string,
  deps: { readonly openid: OpenId; readonly issuer: string; readonly clock: () => Instant },
): Promise<string | undefined> {
  const { openid, issuer, clock } = deps
  const claims = await openid.claimsOf(identity)
  if (claims === undefined) return undefined
  const { method, nonce, sid } = identity
  const now = clock()
  const { algorithm, clientId } = await openid.useOf(apiKey)
  return openid.keys.sign(algorithm, 'JWT', {
    ...claims,
    iss: issuer,
    aud: clientId,
    iat: inSeconds(now),
    exp: inSeconds(now + lifetimes.idToken),
    auth_time: inSeconds(identity.authenticatedAt),
    ...(nonce !== null && { nonce }),
    ...(method !== null && { acr: acrValues[method], amr: amrValues[method] }),
    at_hash: hash('sha256', accessToken, 'buffer').subarray(0, 16).toString('base64url'),
    sid,
  })
}

const inSeconds = (instant: Instant): number => Math.floor(instant / 1000)

import type { Random } from '../../crypto/secret.ts'
import { token as refuse } from '../../errors/oauth.ts'
import type { IssuedIdentity, IssuedPair } from '../../store/contract/oauth.ts'
import type { Instant, Store } from '../../store/contract/store.ts'
import { idToken, type OpenId } from '../openid/id-token.ts'
import { scopeText } from '../scope.ts'

/** Who asks for tokens. */
export interface TokenClient {
  /** The API key sent, or `null`. */
  readonly apiKey: string | null
  /** Of the key that was proven; null for none. */
  readonly thumbprint: string | null
}

/** What every grant of the token endpoint needs. */
export interface GrantDeps {
  readonly store: Store
  readonly clock: () => Instant
  readonly random: Random
  /** How long a used refresh token answers with the same pair although it was seen, in milliseconds; 0 for never. */
  readonly refreshGraceMs: number
  readonly issuer: string
  /** Whether devices without a browser may log in. */
  readonly takesDevices: boolean
  /** Null where OpenID Connect is switched off. */
  readonly openid: OpenId | null
}

/** RFC 6749 §5.1, with the refresh token's lifetime beside the access token's (both in seconds). */
export interface TokenResponse {
  readonly access_token: string
  readonly token_type: 'Bearer' | 'DPoP'
  readonly expires_in: number
  readonly refresh_token: string
  readonly refresh_expires_in: number
  readonly scope: string
  /** Who logged in, where the app asked (OpenID Connect Core §3.1.3.3). */
  readonly id_token?: string
}

/** Writes an issued pair as the wire has it, lifetimes counted from `now`. */
export function tokenResponse(
  access: string,
  refresh: string,
  pair: IssuedPair,
  now: Instant,
): TokenResponse {
  return {
    access_token: access,
    token_type: pair.isBound ? 'DPoP' : 'Bearer',
    expires_in: secondsUntil(pair.accessExpiresAt, now),
    refresh_token: refresh,
    refresh_expires_in: secondsUntil(pair.refreshExpiresAt, now),
    scope: scopeText(pair.scope, pair.identity),
  }
}

/** Adds who logged in to an answer, where the app asked for it. */
export async function withIdToken(
  answer: TokenResponse,
  { identity }: IssuedIdentity,
  apiKey: string | null,
  deps: GrantDeps,
): Promise<TokenResponse> {
  const { openid } = deps
  if (identity === undefined || apiKey === null || openid === null) return answer
  const token = await idToken(identity, apiKey, answer.access_token, { ...deps, openid })
  return token === undefined ? answer : { ...answer, id_token: token }
}

/**
 * The error for a refused grant. Whether the client id is known at all is looked up only now that the request has
 * failed, so that the good ones pay nothing.
 * @param clientId the API key sent, or `null`
 * @param refusals one error for each reason
 */
export async function refusal<Reason extends string>(
  reason: Reason | 'unknown' | 'client',
  refusals: Readonly<Record<Reason | 'unknown' | 'client', () => Error>>,
  clientId: string | null,
  deps: GrantDeps,
): Promise<Error> {
  if (reason === 'client' && clientId === null) return refuse.clientIdRequired()
  const isClientInDoubt = clientId !== null && (reason === 'client' || reason === 'unknown')
  if (isClientInDoubt && (await deps.store.findApp(clientId)) === undefined) return refuse.unknownClient()
  return refusals[reason]()
}

const secondsUntil = (then: Instant, now: Instant): number => Math.max(0, Math.ceil((then - now) / 1000))

import { mintDated, read } from '../../crypto/secret.ts'
import { proof } from '../../errors/dpop.ts'
import { token as refuse } from '../../errors/oauth.ts'
import type { Params } from '../../http/params.ts'
import { lifetimes } from '../../limits.ts'
import { codeChallengeOf, isCodeVerifier } from '../pkce.ts'
import {
  type GrantDeps,
  refusal,
  type TokenClient,
  type TokenResponse,
  tokenResponse,
  withIdToken,
} from './token-response.ts'

/**
 * Exchanges an authorization code and its PKCE verifier for the first pair of tokens (RFC 6749 §4.1.3, RFC 7636 §4.5).
 * @throws OAuthError; a wrong verifier, client or redirect URI leaves the code usable, a second right use revokes all.
 */
export async function exchangeCode(
  params: Params,
  { apiKey: clientId, thumbprint }: TokenClient,
  deps: GrantDeps,
): Promise<TokenResponse> {
  const given = required(params, 'code')
  const redirectUri = required(params, 'redirect_uri')
  const codeVerifier = required(params, 'code_verifier')
  if (!isCodeVerifier(codeVerifier)) throw refuse.verifierFormat()
  const code = read('code', given)
  if (code === undefined) throw await refusal('unknown', refusals, clientId, deps)
  const now = deps.clock()
  const access = mintDated('access', deps.random, now)
  const refresh = mintDated('refresh', deps.random, now)
  const accessExpiresAt = now + lifetimes.access
  const refreshExpiresAt = now + lifetimes.refresh
  const outcome = await deps.store.redeemCode({
    digest: code.digest,
    apiKey: clientId,
    redirectUri,
    codeChallenge: codeChallengeOf(codeVerifier),
    thumbprint,
    now,
    familyExpiresAt: now + lifetimes.family,
    access: { digest: access.digest, expiresAt: accessExpiresAt },
    refresh: { digest: refresh.digest, expiresAt: refreshExpiresAt },
  })
  if (outcome.outcome === 'replayed') throw refuse.replayedCode()
  if (outcome.outcome === 'refused') throw await refusal(outcome.reason, refusals, clientId, deps)
  const { outcome: _, ...issued } = outcome
  const isBound = thumbprint !== null
  const pair = { ...issued, isBound, accessExpiresAt, refreshExpiresAt }
  const answer = tokenResponse(access.text, refresh.text, pair, now)
  return withIdToken(answer, issued, clientId, deps)
}

const noKey = () => proof.none('endpoint')

const refusals = {
  unknown: refuse.unknownCode,
  client: refuse.codeOfOtherClient,
  redirect_uri: refuse.otherRedirectUri,
  code_verifier: refuse.wrongVerifier,
  expired: refuse.expiredCode,
  withdrawn: refuse.withdrawnCode,
  other_key: refuse.codeOfOtherKey,
  no_key: noKey,
} as const

function required(params: Params, name: string): string {
  const value = params.get(name)
  if (value === undefined) throw refuse.missing(name)
  return value
}

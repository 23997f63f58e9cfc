import { read } from '../../crypto/secret.ts'
import { newSalt, successorsAgain, successorsOf } from '../../crypto/successor.ts'
import { proof } from '../../errors/dpop.ts'
import { token as refuse } from '../../errors/oauth.ts'
import type { Params } from '../../http/params.ts'
import { lifetimes } from '../../limits.ts'
import { parseOpenIdScope, parseScope } from '../scope.ts'
import {
  type GrantDeps,
  refusal,
  type TokenClient,
  type TokenResponse,
  tokenResponse,
  withIdToken,
} from './token-response.ts'

/**
 * Exchanges a refresh token for its successor pair (RFC 6749 §6, RFC 9700 §4.14). A token used a moment ago, or whose
 * answer has never been seen again, is answered with the pair it was answered with then: for tabs that raced and
 * answers that were lost.
 * @throws OAuthError; any other use of a used token revokes everything issued from its login.
 */
export async function refresh(
  params: Params,
  { apiKey: clientId, thumbprint }: TokenClient,
  deps: GrantDeps,
): Promise<TokenResponse> {
  const given = params.get('refresh_token')
  if (given === undefined) throw refuse.missing('refresh_token')
  const wanted = params.get('scope')
  // OpenID scopes in `scope` change nothing here: which claims the app gets was decided with the consent.
  const accessOf = (text: string) =>
    deps.openid === null ? parseScope(text) : parseOpenIdScope(text)?.access
  const scope = wanted === undefined ? null : accessOf(wanted)
  if (scope === undefined) throw refuse.scope()
  const presented = read('refresh', given)
  if (presented === undefined) throw await refusal('unknown', refusals, clientId, deps)
  const now = deps.clock()
  const salt = newSalt(deps.random, now)
  const { access, refresh: successor } = successorsOf(presented.text, salt)
  const outcome = await deps.store.rotateRefresh({
    digest: presented.digest,
    apiKey: clientId,
    thumbprint,
    scope,
    now,
    graceMs: deps.refreshGraceMs,
    access: { digest: access.digest, expiresAt: now + lifetimes.access },
    refresh: { digest: successor.digest, expiresAt: now + lifetimes.refresh },
    successorSalt: salt,
  })
  if (outcome.outcome === 'reused') throw refuse.reusedRefresh()
  if (outcome.outcome === 'refused') throw await refusal(outcome.reason, refusals, clientId, deps)
  const [newAccess, newRefresh] =
    outcome.outcome === 'rotated'
      ? [access.text, successor.text]
      : successorsAgain(presented.text, outcome.successorSalt)
  return withIdToken(tokenResponse(newAccess, newRefresh, outcome, now), outcome, clientId, deps)
}

const noKey = () => proof.none('endpoint')

const refusals = {
  unknown: refuse.unknownRefresh,
  client: refuse.refreshOfOtherClient,
  expired: refuse.expiredRefresh,
  revoked: refuse.revokedRefresh,
  scope: refuse.scope,
  withdrawn: refuse.withdrawnRefresh,
  other_key: refuse.refreshOfOtherKey,
  no_key: noKey,
  unbound: refuse.unboundRefresh,
} as const

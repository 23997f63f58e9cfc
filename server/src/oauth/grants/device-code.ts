import { mintDated, read } from '../../crypto/secret.ts'
import { device as refuse } from '../../errors/device.ts'
import { proof } from '../../errors/dpop.ts'
import { token as refuseToken } from '../../errors/oauth.ts'
import type { Params } from '../../http/params.ts'
import { deviceBinding, lifetimes } from '../../limits.ts'
import type { DevicePoll } from '../../store/contract/store.ts'
import {
  type GrantDeps,
  type TokenClient,
  type TokenResponse,
  tokenResponse,
  withIdToken,
} from './token-response.ts'

/** RFC 8628 §3.4. */
export const deviceGrantType = 'urn:ietf:params:oauth:grant-type:device_code'

/**
 * Exchanges a device's code for its first pair of tokens once the person has allowed it (RFC 8628 §3.4).
 * @throws OAuthError: `authorization_pending` and `slow_down` until then (§3.5)
 */
export async function exchangeDeviceCode(
  params: Params,
  { apiKey: clientId, thumbprint }: TokenClient,
  deps: GrantDeps,
): Promise<TokenResponse> {
  const given = params.get('device_code')
  if (given === undefined) throw refuseToken.missing('device_code')
  if (clientId === null) throw refuseToken.clientIdRequired()
  const code = read('device', given)
  if (code === undefined) throw refuse.unknown()
  const now = deps.clock()
  const polled = await deps.store.pollDeviceLogin(code.digest, clientId, now)
  if (polled !== 'allowed') throw refusals[polled]()
  const access = mintDated('access', deps.random, now)
  const refresh = mintDated('refresh', deps.random, now)
  const [accessExpiresAt, refreshExpiresAt] = [now + lifetimes.access, now + lifetimes.refresh]
  const outcome = await deps.store.redeemCode({
    digest: code.digest,
    apiKey: clientId,
    redirectUri: deviceBinding,
    codeChallenge: deviceBinding,
    thumbprint,
    now,
    familyExpiresAt: now + lifetimes.family,
    access: { digest: access.digest, expiresAt: accessExpiresAt },
    refresh: { digest: refresh.digest, expiresAt: refreshExpiresAt },
  })
  if (outcome.outcome === 'replayed') throw refuseToken.replayedCode()
  if (outcome.outcome === 'refused')
    throw outcome.reason === 'no_key' ? proof.none('endpoint') : refuse.unknown()
  const { outcome: _, ...issued } = outcome
  const isBound = thumbprint !== null
  const answer = tokenResponse(
    access.text,
    refresh.text,
    { ...issued, isBound, accessExpiresAt, refreshExpiresAt },
    now,
  )
  return withIdToken(answer, issued, clientId, deps)
}

const refusals: Readonly<Record<Exclude<DevicePoll, 'allowed'>, () => Error>> = {
  pending: refuse.pending,
  slow_down: refuse.slowDown,
  denied: refuse.denied,
  expired: refuse.expired,
  unknown: refuse.unknown,
  client: refuse.otherClient,
}

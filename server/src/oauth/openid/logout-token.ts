import type { Instant } from '../../store/contract/store.ts'
import type { OpenId } from './id-token.ts'

const lifetimeSeconds = 120

/**
 * Says in a signed token that a session in which somebody was logged in to an app has ended (OpenID Connect Back-Channel Logout §2.4).
 * Its type keeps it from being taken for an ID token.
 */
export async function logoutToken(
  {
    apiKey,
    userId,
    sid,
    jti,
  }: { readonly apiKey: string; readonly userId: number; readonly sid: string; readonly jti: string },
  deps: { readonly openid: OpenId; readonly issuer: string; readonly clock: () => Instant },
): Promise<string> {
  const { openid, issuer, clock } = deps
  const { algorithm, clientId } = await openid.useOf(apiKey)
  const now = Math.floor(clock() / 1000)
  return openid.keys.sign(algorithm, 'logout+jwt', {
    iss: issuer,
    aud: clientId,
    iat: now,
    exp: now + lifetimeSeconds,
    jti,
    sub: openid.subjectOf(userId),
    sid,
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  })
}

import { bearer as refused } from '../errors/bearer.ts'
import { json, type Reply, type Request } from '../http/message.ts'
import { type BearerDeps, bearer } from '../oauth/bearer.ts'
import type { OpenId } from '../oauth/openid/id-token.ts'

/** Seconds for which programs may keep the keys; a new one is published for longer before it signs. */
const keysMaxAge = 900

/** `GET /.well-known/jwks.json` (RFC 7517 §5). */
export async function jwksEndpoint({ keys }: OpenId): Promise<Reply> {
  return json(200, await keys.jwks(), { 'cache-control': `public, max-age=${keysMaxAge}` })
}

/**
 * `GET` and `POST /v1/oauth/userinfo` (OpenID Connect Core §5.3).
 * @throws OAuthError (RFC 6750 §3.1)
 */
export async function userinfoEndpoint(request: Request, openid: OpenId, deps: BearerDeps): Promise<Reply> {
  const { identity, user } = await bearer(request, deps)
  if (identity === null) throw refused.noOpenId()
  const claims = await openid.claimsOf({ ...identity, userId: user.id })
  // Gone since the token was found good.
  if (claims === undefined) throw refused.dead()
  return json(200, claims)
}

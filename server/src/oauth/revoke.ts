import { parseApiKey } from '../apps/api-key.ts'
import { read } from '../crypto/secret.ts'
import { token as refuse } from '../errors/oauth.ts'
import type { Params } from '../http/params.ts'
import type { Instant, Store } from '../store/contract/store.ts'

/**
 * Revokes everything issued from the login that a token belongs to (RFC 7009 §2.1). Unknown tokens and those of
 * another client are answered alike and change nothing.
 * @throws OAuthError `invalid_request` without a token
 */
export async function revoke(
  params: Params,
  deps: { readonly store: Store; readonly clock: () => Instant },
): Promise<void> {
  const given = params.get('token')
  if (given === undefined) throw refuse.missing('token')
  const token = read('refresh', given) ?? read('access', given)
  const clientId = params.get('client_id')
  const apiKey = clientId === undefined ? null : parseApiKey(clientId)
  if (token !== undefined && apiKey !== undefined)
    await deps.store.revokeToken(token.digest, apiKey, deps.clock())
}

import { parseApiKey } from '../apps/api-key.ts'
import { read } from '../crypto/secret.ts'
import { token as refuse } from '../errors/oauth.ts'
import type { Params } from '../http/params.ts'
import type { Instant, Store } from '../store/contract/store.ts'

/**
 * Revokes everything issued from the login that a token belongs to (RFC 7009 §2.1). Unknown tokens and those of
 * another client are answered alike and change nothing.
 * @throws OAuthError `invalid_request` without a token, `invalid_client` when the client is none
 */
export async function revoke(
  params: Params,
  deps: { readonly store: Store; readonly clock: () => Instant },
): Promise<void> {
  const given = params.get('token')
  if (given === undefined) throw refuse.missing('token')
  const token = read('refresh', given) ?? read('access', given)
  const apiKey = await clientOf(params.get('client_id'), deps.store)
  if (token !== undefined) await deps.store.revokeToken(token.digest, apiKey, deps.clock())
}

// A 200 to a client that names itself wrongly would leave its token alive.
async function clientOf(given: string | undefined, store: Store): Promise<string | null> {
  if (given === undefined) return null
  const apiKey = parseApiKey(given)
  if (apiKey === undefined || (await store.findApp(apiKey)) === undefined) throw refuse.unknownClient()
  return apiKey
}

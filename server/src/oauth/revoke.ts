import { readClientId } from '../apps/client-id.ts'
import { read } from '../crypto/secret.ts'
import { token as refuse } from '../errors/oauth.ts'
import type { Params } from '../http/params.ts'
import type { Instant, Store } from '../store/contract/store.ts'

/**
 * Revokes everything issued from the login that a token belongs to (RFC 7009 §2.1). Without `client_id` the token is
 * proof enough. Unknown tokens and those of another client are answered alike and change nothing.
 * @throws OAuthError `invalid_request` without a token, `invalid_client` for a `client_id` that names no client
 */
export async function revoke(
  params: Params,
  deps: { readonly store: Store; readonly clock: () => Instant },
): Promise<void> {
  const given = params.get('token')
  if (given === undefined) throw refuse.missing('token')
  const client = await clientOf(params, deps.store)
  const token = read('refresh', given) ?? read('access', given)
  if (token !== undefined) await deps.store.revokeToken(token.digest, client, deps.clock())
}

async function clientOf(params: Params, store: Store): Promise<string | null> {
  const clientId = params.get('client_id')
  if (clientId === undefined) return null
  const apiKey = readClientId(clientId)
  // A client that is told of its mistake does not believe that it has logged out.
  if (apiKey === undefined || (await store.findApp(apiKey)) === undefined) throw refuse.unknownClient()
  return apiKey
}

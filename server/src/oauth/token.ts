import { readClientId } from '../apps/client-id.ts'
import { token as refuse } from '../errors/oauth.ts'
import type { Params } from '../http/params.ts'
import { grantsOf } from './grants/index.ts'
import type { GrantDeps, TokenResponse } from './grants/token-response.ts'
import { isOwnResource } from './resource-indicator.ts'

/**
 * Answers a token request (RFC 6749 §3.2) of a public client.
 * @param thumbprint of the key that it has proven (RFC 9449 §5); null for none
 * @throws OAuthError (RFC 6749 §5.2)
 */
export async function token(
  params: Params,
  thumbprint: string | null,
  deps: GrantDeps,
): Promise<TokenResponse> {
  const client = { apiKey: clientIdOf(params), thumbprint }
  const resource = params.get('resource')
  if (resource !== undefined && !isOwnResource(resource, deps.issuer)) throw refuse.target()
  const grantType = params.get('grant_type')
  if (grantType === undefined) throw refuse.missing('grant_type')
  const grants = grantsOf(deps.takesDevices)
  const grant = grants.get(grantType)
  if (grant === undefined) throw refuse.grantType([...grants.keys()].join(', '))
  return grant(params, client, deps)
}

function clientIdOf(params: Params): string | null {
  const given = params.get('client_id')
  if (given === undefined) return null
  const apiKey = readClientId(given)
  if (apiKey === undefined) throw refuse.unknownClient()
  return apiKey
}

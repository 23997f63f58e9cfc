import { readClientId } from '../apps/client-id.ts'
import { token as refuse } from '../errors/oauth.ts'
import type { Params } from '../http/params.ts'
import { grantsOf } from './grants/index.ts'
import type { GrantDeps, TokenResponse } from './grants/token-response.ts'
import { isOwnResource } from './resource-indicator.ts'

/**
 * Answers a token request (RFC 6749 §3.2) of a public client.
 * @throws OAuthError (RFC 6749 §5.2)
 */
export async function token(params: Params, deps: GrantDeps): Promise<TokenResponse> {
  const clientId = clientIdOf(params)
  const resource = params.get('resource')
  if (resource !== undefined && !isOwnResource(resource, deps.issuer)) throw refuse.target()
  const grantType = params.get('grant_type')
  if (grantType === undefined) throw refuse.missing('grant_type')
  const grants = grantsOf(deps.takesDevices)
  const grant = grants.get(grantType)
  if (grant === undefined) throw refuse.grantType(grants.keys())
  return grant(params, clientId, deps)
}

function clientIdOf(params: Params): string | null {
  const given = params.get('client_id')
  if (given === undefined) return null
  const apiKey = readClientId(given)
  if (apiKey === undefined) throw refuse.unknownClient()
  return apiKey
}

import { parseApiKey } from '../apps/api-key.ts'
import { token as refuse } from '../errors/oauth.ts'
import type { Params } from '../http/params.ts'
import { exchangeCode } from './grants/authorization-code.ts'
import { refresh } from './grants/refresh-token.ts'
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
  if (grantType === 'authorization_code') return exchangeCode(params, clientId, deps)
  if (grantType === 'refresh_token') return refresh(params, clientId, deps)
  throw refuse.grantType()
}

function clientIdOf(params: Params): string | null {
  const given = params.get('client_id')
  if (given === undefined) return null
  const apiKey = parseApiKey(given)
  if (apiKey === undefined) throw refuse.unknownClient()
  return apiKey
}

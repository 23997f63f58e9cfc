import { proofAlgorithms } from '../errors/dpop.ts'
import { prompts } from './authorization-request.ts'
import { grantsOf } from './grants/index.ts'
import { acrValues } from './openid/id-token.ts'
import { openIdScopes } from './scope.ts'

/** What of the protocol an installation has switched on. */
export interface Features {
  readonly openid: boolean
  readonly pushed: boolean
  readonly devices: boolean
  readonly introspection: boolean
  readonly clientDocuments: boolean
  readonly dpop: boolean
  readonly webhooks: boolean
}

const access = ['read', 'write']

/** The authorization server's metadata (RFC 8414 §2), which is the OpenID provider's as well (OpenID Connect Discovery §3). */
export const authorizationServerMetadata = (issuer: string, features: Features) => ({
  issuer,
  authorization_endpoint: `${issuer}/v1/oauth/authorize`,
  token_endpoint: `${issuer}/v1/oauth/token`,
  revocation_endpoint: `${issuer}/v1/oauth/revoke`,
  scopes_supported: features.openid ? [...openIdScopes, ...access] : access,
  response_types_supported: ['code'],
  response_modes_supported: ['fragment', 'query'],
  grant_types_supported: [...grantsOf(features.devices).keys()],
  token_endpoint_auth_methods_supported: ['none'],
  revocation_endpoint_auth_methods_supported: ['none'],
  code_challenge_methods_supported: ['S256'],
  prompt_values_supported: prompts,
  authorization_response_iss_parameter_supported: true,
  client_id_metadata_document_supported: features.clientDocuments,
  ...(features.devices && { device_authorization_endpoint: `${issuer}/v1/oauth/device_authorization` }),
  ...(features.pushed && { pushed_authorization_request_endpoint: `${issuer}/v1/oauth/par` }),
  ...(features.introspection && {
    introspection_endpoint: `${issuer}/v1/oauth/introspect`,
    introspection_endpoint_auth_methods_supported: ['client_secret_basic'],
  }),
  ...(features.dpop && { dpop_signing_alg_values_supported: proofAlgorithms }),
  ...(features.openid && openIdMetadata(issuer, features)),
})

const openIdMetadata = (issuer: string, { webhooks }: Features) => ({
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  end_session_endpoint: `${issuer}/v1/oauth/logout`,
  backchannel_logout_supported: webhooks,
  backchannel_logout_session_supported: webhooks,
  userinfo_endpoint: `${issuer}/v1/oauth/userinfo`,
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256', 'RS256'],
  acr_values_supported: Object.values(acrValues),
  display_values_supported: ['page', 'popup', 'touch', 'wap'],
  claim_types_supported: ['normal'],
  claims_supported: [
    ...['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'amr', 'at_hash', 'sid'],
    ...['name', 'preferred_username', 'picture', 'website', 'updated_at', 'email', 'email_verified'],
  ],
  claims_parameter_supported: false,
  request_parameter_supported: false,
  // Left out it would be true (Discovery §3).
  request_uri_parameter_supported: false,
})

/** The protected resource's metadata (RFC 9728 §2). */
export const protectedResourceMetadata = (
  issuer: string,
  { dpop }: Pick<Features, 'dpop'>,
  path: '' | '/mcp' = '',
) => ({
  resource: issuer + path,
  authorization_servers: [issuer],
  scopes_supported: access,
  bearer_methods_supported: ['header'],
  ...(dpop && { dpop_signing_alg_values_supported: proofAlgorithms }),
})

import type { AuthorizationRequest } from '../store/contract/oauth.ts'
import { scopeText } from './scope.ts'
import type { SealedRequest } from './sealed-request.ts'

function clientOf({
  apiKey,
  appName,
  documentAddress,
}: AuthorizationRequest): Readonly<Record<string, string>> {
  if (documentAddress !== null) return { client_id: documentAddress }
  return apiKey === null ? { app_name: appName } : { api_key: apiKey }
}

/** What a request goes by again whose client has none taken but those that were sent ahead (RFC 9126 §6): what was sealed of it. */
export const againPrefix = 'urn:stagedoor:again:'

/**
 * The address that asks for the same authorization anew, by its parameters alone: it is checked like any other.
 * @param loginHint what the person has typed meanwhile
 */
export function startAgain(
  { request, text }: Pick<SealedRequest, 'request' | 'text'>,
  loginHint: string | null = null,
): string {
  if (!request.documentPushesRequests) return `/v1/oauth/authorize?${parametersOf(request, loginHint)}`
  const again = { ...clientOf(request), request_uri: againPrefix + text }
  return `/v1/oauth/authorize?${new URLSearchParams(again)}`
}

/** The parameters of a request, as its app would send them. */
export function parametersOf(
  request: AuthorizationRequest,
  loginHint: string | null = null,
): URLSearchParams {
  const prompts = [request.promptLogin && 'login', request.promptConsent && 'consent'].filter(Boolean)
  const hint = loginHint || request.loginHint
  const { nonce, maxAge } = request.openid ?? {}
  const parameters = {
    response_type: 'code',
    ...clientOf(request),
    redirect_uri: request.redirectUri,
    scope: scopeText(request.scope, request.openid),
    ...(request.state !== null && { state: request.state }),
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    ...(request.thumbprint !== null && { dpop_jkt: request.thumbprint }),
    response_mode: request.responseMode,
    display: request.display,
    ...(prompts.length > 0 && { prompt: prompts.join(' ') }),
    ...(hint !== null && { login_hint: hint }),
    ...(request.hinted && { id_token_hint: request.hinted.idToken }),
    ...(typeof nonce === 'string' && { nonce }),
    ...(typeof maxAge === 'number' && { max_age: String(maxAge) }),
  }
  return new URLSearchParams(parameters)
}

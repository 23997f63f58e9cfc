import type { AuthorizationRequest } from '../store/contract/store.ts'

/**
 * The address that asks for the same authorization anew, by its parameters alone: it is checked like any other.
 * @param loginHint what the person has typed meanwhile
 */
export function startAgain(request: AuthorizationRequest, loginHint: string | null = null): string {
  const prompts = [request.promptLogin && 'login', request.promptConsent && 'consent'].filter(Boolean)
  const hint = loginHint || request.loginHint
  const parameters = {
    response_type: 'code',
    ...(request.apiKey === null ? { app_name: request.appName } : { api_key: request.apiKey }),
    redirect_uri: request.redirectUri,
    scope: request.scope,
    ...(request.state !== null && { state: request.state }),
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    response_mode: request.responseMode,
    display: request.display,
    ...(prompts.length > 0 && { prompt: prompts.join(' ') }),
    ...(hint !== null && { login_hint: hint }),
  }
  return `/v1/oauth/authorize?${new URLSearchParams(parameters)}`
}

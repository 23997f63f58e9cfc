import type { RedirectError, ResponseTarget } from '../errors/oauth.ts'

/**
 * The URL that carries an authorization answer to the app: the redirect URI byte for byte, then the parameters in its
 * fragment or query (RFC 6749 §4.1.2), with `state` unchanged and `iss` (RFC 9207).
 */
export function authorizationResponse(
  target: ResponseTarget,
  issuer: string,
  answer: Readonly<Record<string, string>>,
): string {
  const { redirectUri, responseMode, state } = target
  const fields = Object.entries({ ...answer, ...(state === null ? {} : { state }), iss: issuer })
  const encoded = fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  if (responseMode === 'fragment') return `${redirectUri}#${encoded}`
  const joint = redirectUri.includes('?') ? '&' : '?'
  return `${redirectUri}${joint}${encoded}`
}

/** The URL that carries a refusal to the app (RFC 6749 §4.1.2.1). */
export const errorResponse = ({ target, code, description }: RedirectError, issuer: string): string =>
  authorizationResponse(target, issuer, { error: code, error_description: description })

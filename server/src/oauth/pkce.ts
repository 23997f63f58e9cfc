import { hash } from 'node:crypto'

/** Whether a text can be an S256 challenge: 43 characters of base64url (RFC 7636 §4.2). */
export const isCodeChallenge = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text)

/** Whether a text can be a verifier: 43 to 128 unreserved characters (RFC 7636 §4.1). */
export const isCodeVerifier = (text: string): boolean => /^[A-Za-z0-9\-._~]{43,128}$/.test(text)

/** BASE64URL(SHA256(code_verifier)) (RFC 7636 §4.2). */
export const codeChallengeOf = (codeVerifier: string): string => hash('sha256', codeVerifier, 'base64url')

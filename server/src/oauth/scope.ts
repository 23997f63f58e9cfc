import type { Scope } from '../store/contract/store.ts'

/** What a scope asks for: access, and what to be told of the person. */
export interface AskedScope {
  readonly access: Scope
  readonly openid: { readonly profile: boolean; readonly email: boolean } | null
}

/**
 * Reads a space-separated scope (RFC 6749 §3.3): the highest of its words, `read` when there are none,
 * `undefined` when one is unknown.
 */
export function parseScope(text: string | undefined): Scope | undefined {
  if (text === undefined) return 'read'
  const words = new Set(text.split(' '))
  const highest = words.delete('write') ? 'write' : 'read'
  words.delete('read')
  return words.size === 0 ? highest : undefined
}

/** The words of a scope that OpenID Connect has (Core §5.4, §11); every login has a refresh token, asked for or not. */
export const openIdScopes = ['openid', 'profile', 'email', 'offline_access'] as const

/** As `parseScope`, where OpenID Connect is served: `openid` asks who the person is (Core §3.1.2.1). */
export function parseOpenIdScope(text: string | undefined): AskedScope | undefined {
  const words = new Set(text?.split(' '))
  const [isOpenId, profile, email] = openIdScopes.map((word) => words.delete(word))
  const access = words.size === 0 ? 'read' : parseScope([...words].join(' '))
  if (access === undefined) return undefined
  return { access, openid: isOpenId ? { profile: profile === true, email: email === true } : null }
}

/** The scope that a login was given, in words of the wire. */
export function scopeText(
  access: Scope,
  identity?: { readonly profile: boolean; readonly email: boolean } | null,
): string {
  if (!identity) return access
  const told = ['openid', identity.profile && 'profile', identity.email && 'email', access]
  return told.filter((word) => word !== false).join(' ')
}

/** Whether a granted scope includes a wanted one: `write` implies `read`. */
export const covers = (granted: Scope, wanted: Scope): boolean => granted === 'write' || wanted === 'read'

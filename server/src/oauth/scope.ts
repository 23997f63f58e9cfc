import type { Scope } from '../store/contract/store.ts'

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

/** Whether a granted scope includes a wanted one: `write` implies `read`. */
export const covers = (granted: Scope, wanted: Scope): boolean => granted === 'write' || wanted === 'read'

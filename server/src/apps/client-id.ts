import { hash } from 'node:crypto'
import { parseApiKey } from './api-key.ts'

/** What an app is known by in the store: its API key, or what stands for the address of its document. */
export const readClientId = (text: string): string | undefined =>
  isDocumentAddress(text) ? documentKey(text) : parseApiKey(text)

/**
 * Whether a `client_id` is the address of a document by which a client that nobody has registered introduces itself
 * (OAuth Client ID Metadata Document §3): https, with a path, and written as every parser reads it.
 */
export function isDocumentAddress(text: string): boolean {
  if (!/^https:\/\//.test(text) || text.length > longestAddress || !URL.canParse(text)) return false
  const url = new URL(text)
  // The parser takes out dot segments, defaults and whatever else two parsers could disagree on.
  const isCanonical = url.href === text
  return (
    isCanonical && url.pathname !== '/' && !text.includes('#') && url.username === '' && url.password === ''
  )
}

const longestAddress = 500

/** A key of the same form as those of registered apps, which is nobody's to choose. */
export const documentKey = (address: string): string =>
  hash('sha256', `client id metadata document ${address}`).slice(0, 40)

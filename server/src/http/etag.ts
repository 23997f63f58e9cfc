import { createHash } from 'node:crypto'

/** A strong validator of some bytes (RFC 9110 §8.8.3). */
export const etagOf = (bytes: string): string =>
  `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`

/** Whether an If-None-Match header names what is there, compared weakly (RFC 9110 §13.1.2). */
export function matches(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes(etag) || tags.includes('*')
}

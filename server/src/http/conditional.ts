import { createHash } from 'node:crypto'
import type { Request } from './message.ts'

/** A strong validator of some text (RFC 9110 §8.8.3). */
export const etagOf = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`

/** Whether whoever asks has what bears this tag already (RFC 9110 §13.1.2). */
export function isKnown(request: Request, etag: string): boolean {
  const tags = request
    .header('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  return tags !== undefined && (tags.includes(etag) || tags.includes('*'))
}

import { createHash } from 'node:crypto'
import type { Reply, Request } from './message.ts'

/** A strong validator of some content (RFC 9110 §8.8.3). */
export const etagOf = (text: string | Uint8Array): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`

/** Whether whoever asks has what bears this tag already (RFC 9110 §13.1.2). */
export function isKnown(request: Request, etag: string): boolean {
  const tags = request
    .header('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  return tags !== undefined && (tags.includes(etag) || tags.includes('*'))
}

/** The answer, or a 304 for whoever has what bears its tag (RFC 9110 §15.4.5). */
export function unlessKnown(reply: Reply, request: Request): Reply {
  const { etag } = reply.headers
  return etag !== undefined && isKnown(request, etag) ? { ...reply, status: 304, body: '' } : reply
}

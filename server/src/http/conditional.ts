import type { Request } from './message.ts'

/** Whether whoever asks has what bears this tag already (RFC 9110 §13.1.2). */
export function isKnown(request: Request, etag: string): boolean {
  const tags = request
    .header('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  return tags !== undefined && (tags.includes(etag) || tags.includes('*'))
}

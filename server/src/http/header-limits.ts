import type { IncomingMessage } from 'node:http'
import type { PageError } from '../errors/oauth.ts'
import { unread } from '../errors/page.ts'

/** Bytes of the longest address that is read. */
const longestUrl = 16 * 1024
/** Bytes of all headers that are read: those of a browser hold the cookies of every app on the same host. */
const mostHeaders = 64 * 1024
/** Where node:http itself stops reading, before anything is known of the request. */
export const mostHead = 2 * mostHeaders

/** What node:http reads the first of and drops the rest, where what stands before it may read the last (RFC 9112 §3.2). */
const onlyOnce: ReadonlySet<string> = new Set(['host', 'content-type'])
const [shortest, longest] = [4, 12]

/**
 * What a request is refused with whose head is longer than what is read, or says twice what is said once: a PageError 414, 431
 * or 400.
 */
export function headFault({ url = '', rawHeaders }: IncomingMessage): PageError | undefined {
  if (url.length > longestUrl) return unread.url(longestUrl / 1024)
  const seen: string[] = []
  let bytes = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const written = rawHeaders[at] ?? ''
    const value = rawHeaders[at + 1] ?? ''
    bytes += written.length + value.length + 4
    if (written.length !== shortest && written.length !== longest) continue
    const name = written.toLowerCase()
    if (!onlyOnce.has(name)) continue
    if (seen.includes(name)) return unread.twice(name)
    seen.push(name)
  }
  return bytes > mostHeaders ? tooManyHeaders() : undefined
}

/** What headers that are too long are refused with. */
export const tooManyHeaders = (): PageError => unread.headers(mostHeaders / 1024)

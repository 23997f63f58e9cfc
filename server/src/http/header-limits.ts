import type { IncomingMessage } from 'node:http'
import type { PageError } from '../errors/oauth.ts'
import { unread } from '../errors/page.ts'
import { isWrittenByApp } from './audience.ts'

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
 * What a request is refused with whose head is longer than what is read, says twice or not at all what is said once, or asks for
 * what is not done here: a PageError 400, 414, 417, 431 or 501.
 */
export function headFault({
  url = '',
  rawHeaders,
  headers,
  httpVersion,
}: IncomingMessage): PageError | undefined {
  if (url.length > longestUrl) return tooLong(url)
  // RFC 9112 §6.1, RFC 9110 §10.1.1.
  if ((headers['transfer-encoding'] ?? 'chunked').toLowerCase() !== 'chunked') return unread.coding()
  if ((headers.expect ?? '100-continue').toLowerCase() !== '100-continue') return unread.expectation()
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
  if (bytes > mostHeaders) return unread.headers(mostHeaders / 1024)
  // RFC 9112 §3.2: before version 1.1 there need be none.
  return httpVersion === '1.1' && !seen.includes('host') ? unread.noHost() : undefined
}

function tooLong(url: string): PageError {
  const [pathname = ''] = url.split('?', 1)
  return isWrittenByApp(pathname) ? unread.urlOfApp(longestUrl / 1024) : unread.url(longestUrl / 1024)
}

/** What a head is refused with that is so long that nothing of it is known. */
export const headTooLong = (): PageError => unread.head(mostHeaders / 1024)

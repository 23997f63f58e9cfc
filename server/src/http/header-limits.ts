import type { IncomingMessage } from 'node:http'
import type { PageError } from '../errors/oauth.ts'
import { unread } from '../errors/page.ts'

/** Bytes of the longest address that is read. */
const longestUrl = 16 * 1024
/** Bytes of all headers that are read: those of a browser hold the cookies of every app on the same host. */
const mostHeaders = 64 * 1024
/** Where node:http itself stops reading, before anything is known of the request. */
export const mostHead = 2 * mostHeaders

/** What a request is refused with that is longer than what is read: a PageError 414 or 431. */
export function lengthFault({ url = '', rawHeaders }: IncomingMessage): PageError | undefined {
  if (url.length > longestUrl) return unread.url(longestUrl / 1024)
  let bytes = 0
  for (const text of rawHeaders) bytes += text.length + 2
  return bytes > mostHeaders ? tooManyHeaders() : undefined
}

/** What headers that are too long are refused with. */
export const tooManyHeaders = (): PageError => unread.headers(mostHeaders / 1024)

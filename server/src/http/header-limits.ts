import type { IncomingMessage } from 'node:http'
import type { PageError } from '../errors/oauth.ts'
import { unread } from '../errors/page.ts'

/** Bytes of the longest address that is read. */
const longestUrl = 16 * 1024
/** Bytes of all headers that are read: those of a browser hold the cookies of every app on the same host. */
const mostHeaders = 64 * 1024
/** Where node:http itself stops reading, before anything is known of the request. */
export const mostHead = 2 * mostHeaders

/** Refuses a request that is longer than what is read. @throws PageError 414, 431 */
export function checkLength({ url = '', rawHeaders }: IncomingMessage): void {
  if (url.length > longestUrl) throw unread.url(longestUrl / 1024)
  const bytes = rawHeaders.reduce((sum, text) => sum + text.length + 2, 0)
  if (bytes > mostHeaders) throw tooManyHeaders()
}

/** What headers that are too long are refused with. */
export const tooManyHeaders = (): PageError => unread.headers(mostHeaders / 1024)

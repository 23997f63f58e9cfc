import { LONGEST_RETRY_AFTER } from '../durations.ts'

/** The milliseconds that a server asks to wait (RFC 9110 §10.2.3), or null when it says nothing that can be read. */
export function retryAfterIn(headers: Pick<Headers, 'get'>): number | null {
  const written = headers.get('retry-after')?.trim()
  if (!written) return null
  const wait = /^\d+$/.test(written) ? Number(written) * 1000 : Date.parse(written) - Date.now()
  return wait > 0 ? Math.min(wait, LONGEST_RETRY_AFTER) : null
}

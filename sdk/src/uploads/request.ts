import { answered, type Refusal, sendAs } from '../http/client.ts'
import { originOf } from '../http/url.ts'
import type { authorized } from '../session/authorized.ts'
import type { SessionContext } from '../session/context.ts'

/** What a server of uploads answered, other than a refusal. */
export interface UploadAnswer {
  readonly status: number
  header(name: string): string | null
}

export interface UploadRequestInit extends RequestInit {
  /** Milliseconds. */
  readonly within?: number
  /** The statuses, besides those of success, that are answers. */
  readonly expected?: readonly number[]
}

/**
 * Sends a request of tus 1.0: to the API's own origin with the access token, which must not reach any other.
 * Rejects with `upload_refused`, `upload_failed`, `upload_too_large` or `storage_unavailable`, `not_authenticated` or `session_expired`,
 * and with what is worth a retry: `unreachable`, `timeout`, `rate_limited`, `server_error`.
 */
export type UploadRequest = (url: string, init: UploadRequestInit) => Promise<UploadAnswer>

/** Statuses that another attempt may not meet: an earlier request still has the upload, or the server has lost it. */
const passing = [404, 408, 409, 410, 423, 425]

/** Names what a server of uploads refuses with. */
export const uploadRefusal: Refusal = (status, error) => {
  if (error === 'insufficient_scope') return [error]
  if (status === 413) return ['upload_too_large']
  if (status === 422) return ['upload_failed']
  return [passing.includes(status) ? 'server_error' : 'upload_refused']
}

export function uploadRequestOf(
  { app, session, proofs }: SessionContext,
  withToken: typeof authorized,
): UploadRequest {
  return (url, { within, expected = [], ...init }) => {
    const isOwn = originOf(url) === originOf(app.issuer)
    const refusal: Refusal = (status, error, answer) =>
      status === 401 && isOwn ? ['unauthorized'] : uploadRefusal(status, error, answer)
    const call = async (token: string | null): Promise<UploadAnswer> => {
      // A status is no tus resource: its CORS need not allow the header.
      const tus = init.method === 'GET' ? {} : { 'tus-resumable': '1.0.0' }
      const headers = { ...init.headers, ...tus }
      // No other server learns of the key.
      const sent = await sendAs(isOwn ? proofs : undefined, token, url, { ...init, headers }, within)
      const { status, headers: found } = sent.response
      if (!expected.includes(status)) answered(sent, refusal)
      return { status, header: (name) => found.get(name) }
    }
    return isOwn ? withToken(session, call) : call(null)
  }
}

import type { Socket } from 'node:net'
import { Readable } from 'node:stream'

/** A request whose body may still be on its way. */
export interface Arriving extends Readable {
  readonly complete: boolean
  readonly socket: Socket
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** Milliseconds for which an answer waits for the rest of a body that it does not need: most have arrived by then. */
const waitingMs = 250
/** Milliseconds for which a body may still go on after its answer, so that its sender reads why. */
const lingeringMs = 5_000

/** Whether a request was answered before its body was all there. */
export const isUnread = (request: Arriving): boolean =>
  !request.complete && !request.destroyed && hasBody(request)

/** Whether a request comes with a body. */
export const hasBody = ({ headers }: Arriving): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** Reads the rest of a body away, and resolves when it has ended or did not end in time. */
export function drain(request: Arriving, timeoutMs = waitingMs): Promise<void> {
  // Whoever read it until now has what they wanted.
  request.removeAllListeners('data').removeAllListeners('readable').resume()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs)
    const ended = () => {
      clearTimeout(timer)
      resolve()
    }
    request.once('end', ended).once('close', ended).once('error', ended)
  })
}

/**
 * An answer that is all there at once and ends when the body has, or after a while: a connection that is closed while
 * bytes arrive is reset, and what was just written on it is lost (RFC 9112 §9.6).
 */
export const lingering = (request: Arriving, answer: string | Uint8Array): Readable =>
  Readable.from(
    (async function* () {
      yield answer
      await drain(request, lingeringMs)
    })(),
    { objectMode: false },
  )

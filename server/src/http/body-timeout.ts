import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'

/** A request whose body is on its way. */
interface Arriving extends Readable {
  readonly complete: boolean
  readonly socket: Socket
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** Milliseconds a body may take, and the window in which a streamed one must get on. */
export const patience = 15_000
/** Bytes of a streamed body that must arrive in each window. */
const leastBytes = 8 * 1024

/** Calls `refuse` when a body is not all there in time; a streamed one, when it stands still or drips. */
export function watchBody(request: Arriving, isStreamed: boolean, refuse: (socket: Socket) => void): void {
  const { socket, headers } = request
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return
  let seen = socket.bytesRead
  const timer = setInterval(() => {
    const arrived = socket.bytesRead - seen
    seen = socket.bytesRead
    if (isStreamed && arrived >= leastBytes) return
    clearInterval(timer)
    if (!request.complete) refuse(socket)
  }, patience)
  request.once('end', () => clearInterval(timer))
  request.once('close', () => clearInterval(timer))
}

/** Milliseconds in which a body that is not wanted may still end, so that its sender reads why. */
const lingering = 2_000

/** Ends the connection of a request that was answered before its body was all there, and still is not. */
export function endUnread(request: Arriving): void {
  if (request.complete) return
  const timer = setTimeout(() => request.complete || request.socket.destroy(), lingering)
  request.once('close', () => clearTimeout(timer))
  request.resume()
}

import type { Socket } from 'node:net'
import { type Arriving, hasBody } from './unread-body.ts'

/** Bytes of a streamed body that must arrive in each window. */
const leastBytes = 8 * 1024

/**
 * Calls `refuse` when a body is not all there in time; a streamed one, when it stands still or drips.
 * @param timeoutMs how long a body may take, and the window in which a streamed one must get on
 */
export function watchBody(
  request: Arriving,
  isStreamed: boolean,
  timeoutMs: number,
  refuse: (socket: Socket) => void,
): void {
  if (!hasBody(request)) return
  const { socket } = request
  let seen = socket.bytesRead
  const timer = setInterval(() => {
    const arrived = socket.bytesRead - seen
    seen = socket.bytesRead
    if (isStreamed && arrived >= leastBytes) return
    clearInterval(timer)
    if (!request.complete) refuse(socket)
  }, timeoutMs)
  const stop = () => clearInterval(timer)
  request.on('end', stop).on('close', stop)
}

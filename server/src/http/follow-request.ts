import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PageError } from '../errors/oauth.ts'
import { loggedPath } from './access-log.ts'
import { watchBody } from './body-timeout.ts'
import type { Edge } from './edge.ts'
import { headFault } from './header-limits.ts'
import { refuseLate } from './refuse-connection.ts'

/** What the requests of one path have in common. */
export interface Followed {
  /** The path as it is written in the list of routes; `none` for what leads nowhere. */
  readonly route: string
  /** What it is counted with. */
  readonly group: string
  readonly isStreamed: boolean
}

/** Does what is done with each request of a path before it is answered; answers why it is refused at once, if it is. */
export type Follow = (
  received: IncomingMessage,
  sent: ServerResponse,
  requestId: string,
) => PageError | undefined

/**
 * Makes what is done with each request of a path before it is answered: its head is looked at, its body has to arrive in
 * time, and it is counted and logged once it was answered.
 */
export function followRequest({ route, group, isStreamed }: Followed, edge: Edge): Follow {
  const counters = new Map<string, ReturnType<Edge['counterOf']>>()
  return (received, sent, requestId) => {
    const arrivedAt = performance.now()
    const { method = '', url = '' } = received
    edge.traffic.note()
    watchBody(received, isStreamed, edge.requestTimeoutMs, (socket) => refuseLate(socket, edge))
    sent.on('close', () => {
      edge.traffic.note()
      if (!sent.writableFinished) return
      const ms = performance.now() - arrivedAt
      const count = counters.get(method) ?? edge.counterOf({ method, route, group })
      counters.set(method, count)
      count(sent.statusCode, ms / 1000)
      const line = { requestId, method, path: loggedPath(url), status: sent.statusCode, ms: Math.round(ms) }
      edge.log.info(line, 'answered')
    })
    const fault = headFault(received)
    // Whoever writes such a head may go on in a way that is not read as it is meant (RFC 9112 §11.2).
    if (fault !== undefined) sent.shouldKeepAlive = false
    return fault
  }
}

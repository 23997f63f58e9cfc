import type { onRequestHookHandler } from 'fastify'
import { loggedPath } from './access-log.ts'
import { watchBody } from './body-timeout.ts'
import { lengthFault } from './header-limits.ts'
import { refuseLate } from './refuse-connection.ts'
import type { Edge } from './respond.ts'

/** What the requests of one path have in common. */
interface Followed {
  /** The path as it is written in the list of routes; `none` for what leads nowhere. */
  readonly route: string
  /** What it is counted with. */
  readonly group: string
  readonly isStreamed: boolean
}

/**
 * Makes what is done with each request of a path before it is answered: its length is looked at, its body has to arrive in
 * time, and it is counted and logged once it was answered. One listener does that, as every hook of Fastify's adds two.
 */
export function followRequest({ route, group, isStreamed }: Followed, edge: Edge): onRequestHookHandler {
  const counters = new Map<string, ReturnType<Edge['counterOf']>>()
  return ({ raw: received, id: requestId, method, url }, { raw: sent }, done) => {
    const arrivedAt = performance.now()
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
    done(lengthFault(received))
  }
}

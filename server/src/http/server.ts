import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { route as refuse } from '../errors/oauth.ts'
import { unread } from '../errors/page.ts'
import { mostBytes } from '../limits.ts'
import { audienceOfNowhere } from './audience.ts'
import { preflight } from './cors.ts'
import { type Follow, followRequest } from './follow-request.ts'
import { mostHead } from './header-limits.ts'
import { type Address, listen } from './listen.ts'
import type { Reply, Request } from './message.ts'
import { type Parameters, PathMap } from './path-map.ts'
import { readBody } from './read-body.ts'
import { ReceivedRequest } from './received-request.ts'
import { refuseConnection } from './refuse-connection.ts'
import { type Edge, type Exchange, errorReply, send } from './respond.ts'
import { methods, type Route } from './route.ts'
import { boundedServers } from './sockets.ts'
import { traceRequest } from './trace-request.ts'

/** Milliseconds for which a connection waits for its next request: longer than proxies keep theirs. */
const keepAliveTimeout = 72_000

/** The HTTP server of a list of routes. */
export interface HttpServer {
  /** @throws Error when the address cannot be listened at */
  listen(address: Address): Promise<void>
  /** Takes no more connections and ends the idle ones; resolves when none is left. */
  close(): Promise<void>
  closeIdleConnections(): void
  closeAllConnections(): void
}

/** What answers some requests. */
type Answering = Pick<Route, 'audience' | 'answer' | 'pace'> & {
  readonly isStreamed: boolean
  readonly follow: Follow
}

/** A path of the system, with what answers each method there, and every other one. */
interface Place {
  readonly path: string
  readonly byMethod: ReadonlyMap<string, Answering>
  readonly other: Answering
}

/** Builds the HTTP server of a list of routes; it listens nowhere yet. */
export function httpServer(routes: readonly Route[], edge: Edge): HttpServer {
  const places = placesOf(routes, edge)
  const followNowhere = followRequest({ route: 'none', group: 'none', isStreamed: false }, edge)
  const newServer = boundedServers(edge.socketBounds, edge.isTrustedProxy)
  let servers: readonly Server[] = []
  let isClosing = false

  const make = (): Server =>
    newServer(take, {
      // A whole request has no limit of its own: uploads take as long as they get on.
      requestTimeout: 0,
      // node:http looks for late headers every 30 seconds, unless told otherwise.
      headersTimeout: edge.requestTimeoutMs,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout,
      maxHeaderSize: mostHead,
    }).on('clientError', (error, socket) => refuseConnection(error, socket, edge))

  function take(received: IncomingMessage, sent: ServerResponse): void {
    if (isClosing) sent.shouldKeepAlive = false
    const requestId = edge.requestId()
    answerOf(received, sent, requestId).catch((error: unknown) => {
      edge.log.error({ requestId, err: error }, 'not answered')
      sent.destroy()
    })
  }

  async function answerOf(received: IncomingMessage, sent: ServerResponse, requestId: string): Promise<void> {
    const pathname = pathnameOf(received)
    const found = isKnown(received.method) ? places.find(pathname) : undefined
    const answering = found && answeringAt(found.value, received.method)
    const request = requestOf(received, requestId, pathname, found?.parameters ?? {})
    const audience = answering?.audience ?? audienceOfNowhere(request)
    const exchange: Exchange = { received, sent, request, audience }
    const span = traceRequest(received, sent, { requestId, route: found?.value.path ?? null }, edge)
    try {
      const fault = (answering?.follow ?? followNowhere)(received, sent, requestId)
      if (fault !== undefined) throw fault
      if (!answering?.isStreamed && mayHaveBody(request.method))
        request.body = await readBody(received, mostBytes.body)
      const answer = () => (answering === undefined ? nowhere(exchange) : answerAt(answering, request))
      const reply = await (span === null ? answer() : span.within(answer))
      const begun = send(exchange, reply, edge)
      if (begun !== undefined) await begun
    } catch (error) {
      await send(exchange, errorReply(error, audience, request, edge), edge)
    }
  }

  function requestOf(
    received: IncomingMessage,
    requestId: string,
    pathname: string,
    parameters: Parameters,
  ): ReceivedRequest {
    const { isTrustedProxy } = edge
    return new ReceivedRequest(received, { requestId, pathname, parameters, isTrustedProxy })
  }

  async function answerAt({ audience, pace, answer }: Answering, request: Request): Promise<Reply> {
    if (audience === 'people') edge.checkHost(request)
    if (pace !== null) {
      const wait = edge.hold(pace, request)
      if (wait !== undefined) await wait
    }
    return answer(request)
  }

  return {
    async listen(address) {
      servers = await listen(make, address)
    },
    async close() {
      isClosing = true
      await Promise.all(servers.map(closed))
    },
    closeIdleConnections() {
      for (const server of servers) server.closeIdleConnections()
    },
    closeAllConnections() {
      for (const server of servers) server.closeAllConnections()
    },
  }
}

function placesOf(routes: readonly Route[], edge: Edge): PathMap<Place> {
  const byPath = Map.groupBy(routes, ({ path }) => path)
  const places = new PathMap<Place>()
  for (const [path, here] of byPath) places.set(path, placeOf(path, here, edge))
  return places
}

function placeOf(path: string, routes: readonly Route[], edge: Edge): Place {
  const byMethod = new Map<string, Answering>()
  for (const { method, audience, answer, pace, isStreamed = false } of routes) {
    if (byMethod.has(method)) throw new Error(`Two routes answer ${method} ${path}.`)
    const follow = followRequest({ route: path, group: pace ?? 'none', isStreamed }, edge)
    byMethod.set(method, { audience, answer, pace, isStreamed, follow })
  }
  const got = byMethod.get('GET')
  if (got !== undefined && !byMethod.has('HEAD')) byMethod.set('HEAD', got)
  const audience = routes[0]?.audience ?? 'people'
  const allowed = methods.filter((method) => byMethod.has(method))
  const follow = followRequest({ route: path, group: 'none', isStreamed: false }, edge)
  const answer = otherMethod(audience, allowed)
  return { path, byMethod, other: { audience, answer, pace: null, isStreamed: false, follow } }
}

const answeringAt = ({ byMethod, other }: Place, method = ''): Answering => byMethod.get(method) ?? other

const isKnown = (method = ''): boolean => methods.some((known) => known === method)

const mayHaveBody = (method: string): boolean => method !== 'GET' && method !== 'HEAD'

// A client of a proxy sends the whole address (RFC 9112 §3.2.2).
function pathnameOf({ url = '' }: IncomingMessage): string {
  const [path = ''] = url.split(/[?#]/, 1)
  return path.startsWith('/') ? path : path.replace(/^https?:\/\/[^/]*/i, '')
}

function otherMethod(audience: Route['audience'], allowed: readonly string[]): Route['answer'] {
  return (request) => {
    if (request.method !== 'OPTIONS') throw refuse.method(allowed.join(', '))
    if (audience !== 'people') return preflight(request, allowed)
    return { status: 204, headers: { allow: allowed.join(', ') }, body: '' }
  }
}

function nowhere({ request, audience }: Exchange): Reply {
  if (request.method === 'OPTIONS' && audience !== 'people') return preflight(request, methods)
  throw unread.nowhere()
}

function closed(server: Server): Promise<void> {
  server.closeIdleConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

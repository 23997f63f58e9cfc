import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { unread } from '../errors/page.ts'
import { mostBytes } from '../limits.ts'
import { audienceOfNowhere } from './audience.ts'
import { preflight } from './cors.ts'
import type { Edge } from './edge.ts'
import { errorReply } from './error-reply.ts'
import { type Followed, followRequest } from './follow-request.ts'
import { mostHead } from './header-limits.ts'
import { type Address, listen } from './listen.ts'
import type { Reply, Request } from './message.ts'
import type { Parameters } from './path-map.ts'
import { readBody } from './read-body.ts'
import { ReceivedRequest } from './received-request.ts'
import { refuseConnection, refuseTunnel } from './refuse-connection.ts'
import { type Exchange, send } from './respond.ts'
import { methods, type Route, type RouteGroup } from './route.ts'
import { type Answering, answeringAt, type Found, RouteTable } from './route-table.ts'
import { boundedServers } from './sockets.ts'
import { traceRequest } from './trace-request.ts'

/** Milliseconds for which a connection waits for its next request: longer than proxies keep theirs. */
const keepAliveTimeout = 72_000

/** The HTTP server of a list of routes. */
export interface HttpServer {
  /** @throws Error when the address cannot be listened at */
  listen(address: Address): Promise<void>
  /** Loads what answers requests that nobody has made yet. */
  load(): Promise<void>
  /** Takes no more connections and ends the idle ones; resolves when none is left. */
  close(): Promise<void>
  closeIdleConnections(): void
  closeAllConnections(): void
}

/** Builds the HTTP server of some routes, and of groups of them that are loaded later; it listens nowhere yet. */
export function httpServer(routes: readonly Route[], groups: readonly RouteGroup[], edge: Edge): HttpServer {
  const follow = (what: Followed) => followRequest(what, edge)
  const table = new RouteTable(routes, groups, follow)
  const followNowhere = follow({ route: 'none', group: 'none', isStreamed: false })
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
      // Node would answer without words.
      requireHostHeader: false,
    })
      .on('clientError', (error, socket) => refuseConnection(error, socket, edge))
      .on('connect', (_request, socket) => refuseTunnel(socket, edge))

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
    const looked = table.find(pathname)
    const [found, unloaded] = looked instanceof Promise ? await foundOrFailed(looked) : [looked]
    const answering = found && answeringAt(found.value, received.method)
    const request = requestOf(received, requestId, pathname, found?.parameters ?? {})
    const audience = answering?.audience ?? audienceOfNowhere(request)
    const exchange: Exchange = { received, sent, request, audience }
    const span = traceRequest(received, sent, { requestId, route: found?.value.path ?? null }, edge)
    try {
      const fault = (answering?.follow ?? followNowhere)(received, sent, requestId)
      if (fault !== undefined) throw fault
      if (unloaded !== undefined) throw unloaded
      if (!answering?.isStreamed && mayHaveBody(request.method))
        request.body = await readBody(received, mostBytes.body)
      const answer = () => (answering === undefined ? nowhere(exchange) : answerAt(answering, request))
      const reply = await (span === null ? answer() : span.within(answer))
      const begun = send(exchange, reply, edge)
      if (begun !== undefined) await begun
    } catch (error) {
      await send(exchange, await errorReply(error, audience, request, edge), edge)
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

  function answerAt({ audience, pace, answer }: Answering, request: Request): Reply | Promise<Reply> {
    if (audience === 'people') edge.checkHost(request)
    const wait = pace === null ? undefined : edge.hold(pace, request)
    return wait === undefined ? answer(request) : wait.then(() => answer(request))
  }

  return {
    async listen(address) {
      servers = await listen(make, address)
    },
    load: () => table.load(),
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

const mayHaveBody = (method: string): boolean => method !== 'GET' && method !== 'HEAD'

// Where the route cannot be loaded, its audience is not known: it is guessed from the address.
const foundOrFailed = (
  looked: Promise<Found | undefined>,
): Promise<[found: Found | undefined, failed?: unknown]> =>
  looked.then(
    (found) => [found],
    (error: unknown) => [undefined, error],
  )

// A client of a proxy sends the whole address (RFC 9112 §3.2.2).
function pathnameOf({ url = '' }: IncomingMessage): string {
  const [path = ''] = url.split(/[?#]/, 1)
  return path.startsWith('/') ? path : path.replace(/^https?:\/\/[^/]*/i, '') || '/'
}

function nowhere({ request, audience }: Exchange): Reply {
  // RFC 9110 §9.3.7: what the server can do at all.
  if (request.method === 'OPTIONS' && request.pathname === '*')
    return { status: 204, headers: { allow: methods.join(', ') }, body: '' }
  if (request.method === 'OPTIONS' && audience !== 'people') return preflight(request, methods)
  throw unread.nowhere()
}

function closed(server: Server): Promise<void> {
  server.closeIdleConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

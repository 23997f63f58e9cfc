import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteHandlerMethod,
  type RouteOptions,
} from 'fastify'
import { badBody, route as refuse } from '../errors/oauth.ts'
import { unread } from '../errors/page.ts'
import { mostBytes } from '../limits.ts'
import type { PaceName } from '../rate-limits/rules.ts'
import { type Audience, audienceOfNowhere } from './audience.ts'
import { preflight } from './cors.ts'
import { followRequest } from './follow-request.ts'
import { mostHead } from './header-limits.ts'
import { pathMatcher } from './match-path.ts'
import type { Reply, Request } from './message.ts'
import { ReceivedRequest } from './received-request.ts'
import { refuseConnection } from './refuse-connection.ts'
import { type Edge, errorReply, send } from './respond.ts'
import { boundedServers } from './sockets.ts'
import { traceRequests } from './trace-requests.ts'

/** One route of the system. `HEAD` is answered wherever `GET` is (RFC 9110 §9.3.2). */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  readonly path: string
  readonly audience: Audience
  readonly answer: (request: Request) => Reply | Promise<Reply>
  /** How fast one network may ask for it; null for as fast as it likes. */
  readonly pace: PaceName | null
  /** The body is of any size and type, and left to `answer` to read from `request.stream`. */
  readonly isStreamed?: boolean
}

/** Milliseconds for which a connection waits for its next request: longer than proxies keep theirs. */
const keepAliveTimeout = 72_000
const methods: readonly Route['method'][] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Builds the HTTP server of a list of routes; it listens nowhere yet. */
export function httpServer(listed: readonly Route[], edge: Edge): FastifyInstance {
  const routes = withHead(listed)
  const paths = pathsOf(routes)
  const match = pathMatcher(paths.keys())
  // The router knows a path by the methods that it has, and no others: each more is a tree of its own at every start.
  const pathOf = (request: FastifyRequest): string | undefined =>
    request.routeOptions.url ?? match(request.url.split('?', 1)[0] ?? '')
  const audienceOf = (request: FastifyRequest): Audience =>
    paths.get(pathOf(request) ?? '')?.audience ?? audienceOfNowhere(plain(request, edge))
  const refuseRequest = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const audience = audienceOf(request)
    send(reply, errorReply(error, audience, plain(request, edge), edge), audience, edge)
  }
  const nowhere = (request: FastifyRequest, reply: FastifyReply): void => {
    const audience = audienceOf(request)
    if (request.method === 'OPTIONS' && audience !== 'people')
      send(reply, preflight(plain(request, edge), methods), audience, edge)
    else refuseRequest(unread.nowhere(), request, reply)
  }
  const unrouted: RouteHandlerMethod = function (request, reply) {
    const isKnown = methods.some((method) => method === request.method)
    const path = isKnown ? paths.get(pathOf(request) ?? '') : undefined
    if (path === undefined) return nowhere(request, reply)
    return handler({ ...path, answer: otherMethod(path), pace: null }, edge).call(this, request, reply)
  }
  const newServer = boundedServers(edge.socketBounds, edge.isTrustedProxy)
  const server = Fastify({
    schemaController: { compilersFactory: withoutSchemas },
    bodyLimit: mostBytes.body,
    serverFactory: (handle) =>
      newServer(handle, {
        // A whole request has no limit of its own: uploads take as long as they get on.
        requestTimeout: 0,
        // node:http looks for late headers every 30 seconds, unless told otherwise.
        headersTimeout: edge.requestTimeoutMs,
        connectionsCheckingInterval: 1000,
        keepAliveTimeout,
        maxHeaderSize: mostHead,
      }),
    exposeHeadRoutes: false,
    genReqId: edge.requestId,
    forceCloseConnections: 'idle',
    // What still arrives on a connection that is being closed is answered like any other.
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, edge),
    // An address that is no valid encoding leads nowhere.
    frameworkErrors: (_error, request, reply) => nowhere(request, reply),
    routerOptions: {
      ignoreTrailingSlash: true,
      // A query that is no valid encoding is refused by us, with the rest of the request.
      querystringParser: () => ({}),
    },
  })
  if (edge.tracing !== null) traceRequests(server, edge.publicUrl, edge.tracing)
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const streamed = new Set(routes.filter((route) => route.isStreamed).map((route) => route.path))
  // Hooks call back: a promise of each would be a tenth of what a short answer costs. What leads to a route has its own.
  server.addHook('onRequest', function (request, reply, done) {
    if (!request.is404) return done()
    const followed = { route: pathOf(request) ?? 'none', group: 'none', isStreamed: false }
    return followRequest(followed, edge).call(this, request, reply, done)
  })
  server.register(async (streaming) => {
    streaming.removeAllContentTypeParsers()
    streaming.addContentTypeParser('*', (_request, _body, done) => done(null))
    for (const route of routes.filter(({ path }) => streamed.has(path))) streaming.route(routeOf(route, edge))
  })
  for (const route of routes) if (!streamed.has(route.path)) server.route(routeOf(route, edge))
  server.setNotFoundHandler(unrouted)
  server.setErrorHandler((error, request, reply) => refuseRequest(unreadBody(error), request, reply))
  return server
}

const hasNoSchema = (): never => {
  throw new Error('A route parses what it is sent by itself, and has no schema of Fastify’s.')
}

/** In place of Fastify's own compilers of schemas, which no route needs: to load them was an eighth of a start. */
const withoutSchemas = { buildValidator: () => hasNoSchema, buildSerializer: () => hasNoSchema }

/** A route with every method that it answers. */
interface Answered extends Route {
  readonly methods: Route['method'][]
}

/** A path of the system: who comes there, and with which methods. */
interface Path {
  readonly audience: Audience
  readonly allowed: readonly string[]
}

function pathsOf(routes: readonly Answered[]): ReadonlyMap<string, Path> {
  const paths = new Map<string, Path>()
  for (const { path, audience, methods } of routes)
    paths.set(path, { audience, allowed: [...(paths.get(path)?.allowed ?? []), ...methods] })
  return paths
}

function withHead(routes: readonly Route[]): readonly Answered[] {
  const hasHead = new Set(routes.filter(({ method }) => method === 'HEAD').map(({ path }) => path))
  return routes.map((route) => ({
    ...route,
    methods: route.method === 'GET' && !hasHead.has(route.path) ? ['GET', 'HEAD'] : [route.method],
  }))
}

const routeOf = (route: Answered, edge: Edge): RouteOptions => ({
  method: route.methods,
  url: route.path,
  handler: handler(route, edge),
  onRequest: followRequest(
    { route: route.path, group: route.pace ?? 'none', isStreamed: route.isStreamed ?? false },
    edge,
  ),
})

function handler(
  { audience, answer, pace }: Pick<Route, 'audience' | 'answer' | 'pace'>,
  edge: Edge,
): RouteHandlerMethod {
  return async (fastifyRequest, reply) => {
    const request = plain(fastifyRequest, edge)
    try {
      if (audience === 'people') edge.checkHost(request)
      if (pace !== null) {
        const wait = edge.hold(pace, request)
        if (wait !== undefined) await wait
      }
      send(reply, await answer(request), audience, edge)
    } catch (error) {
      send(reply, errorReply(error, audience, request, edge), audience, edge)
    }
    // A promise of it would wait for what was sent already.
    return reply.sent ? undefined : reply
  }
}

function otherMethod({ audience, allowed }: Path): (request: Request) => Reply {
  return (request) => {
    if (request.method !== 'OPTIONS') throw refuse.method(allowed.join(', '))
    if (audience !== 'people') return preflight(request, allowed)
    return { status: 204, headers: { allow: allowed.join(', ') }, body: '' }
  }
}

const plain = (request: FastifyRequest, edge: Edge): Request =>
  new ReceivedRequest(request, edge.isTrustedProxy)

// What the framework refuses before a handler sees it.
function unreadBody(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return badBody.tooLarge()
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return badBody.contentType()
  // Its sender has gone in the middle of it, which is no fault of the server.
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH' || code === 'ECONNRESET') return badBody.notWhole()
  return error
}

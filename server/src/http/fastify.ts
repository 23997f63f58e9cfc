import { parseCookie } from 'cookie'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteHandlerMethod,
} from 'fastify'
import { badBody, route as refuse } from '../errors/oauth.ts'
import { unread } from '../errors/page.ts'
import { mostBytes } from '../limits.ts'
import type { PaceName } from '../rate-limits/rules.ts'
import { loggedPath } from './access-log.ts'
import { type Audience, audienceOfNowhere } from './audience.ts'
import { watchBody } from './body-timeout.ts'
import { preflight } from './cors.ts'
import { checkLength, mostHead } from './header-limits.ts'
import { clientAddress } from './ip-address.ts'
import { pathMatcher } from './match-path.ts'
import type { Reply, Request } from './message.ts'
import { refuseConnection, refuseLate } from './refuse-connection.ts'
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
  server.addHook('onRequest', async (request, reply) => {
    edge.traffic.note()
    reply.raw.on('close', edge.traffic.note)
    const isStreamed = streamed.has(request.routeOptions.url ?? '')
    watchBody(request.raw, isStreamed, edge.requestTimeoutMs, (socket) => refuseLate(socket, edge))
    checkLength(request.raw)
  })
  server.register(async (streaming) => {
    streaming.removeAllContentTypeParsers()
    streaming.addContentTypeParser('*', (_request, _body, done) => done(null))
    for (const route of routes.filter(({ path }) => streamed.has(path)))
      streaming.route({ method: route.methods, url: route.path, handler: handler(route, edge) })
  })
  for (const route of routes)
    if (!streamed.has(route.path))
      server.route({ method: route.methods, url: route.path, handler: handler(route, edge) })
  server.setNotFoundHandler(unrouted)
  server.setErrorHandler((error, request, reply) => refuseRequest(unreadBody(error), request, reply))
  server.addHook('onSend', async (_request, reply) => {
    // So that a client sends its next request on a connection that is not about to end.
    if (edge.traffic.isDraining) reply.header('connection', 'close')
  })
  const groups = new Map<string, PaceName | null>(
    routes.flatMap(({ methods, path, pace }) =>
      methods.map((method) => [`${method} ${path}`, pace] as const),
    ),
  )
  server.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const route = pathOf(request) ?? 'none'
    edge.answered({
      ...{ method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1000 },
      group: groups.get(`${method} ${route}`) ?? 'none',
    })
    const path = loggedPath(request.url)
    const ms = Math.round(reply.elapsedTime)
    edge.log.info({ requestId: request.id, method, path, status: reply.statusCode, ms }, 'answered')
  })
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

function handler(
  { audience, answer, pace }: Pick<Route, 'audience' | 'answer' | 'pace'>,
  edge: Edge,
): RouteHandlerMethod {
  return async (fastifyRequest, reply) => {
    const request = plain(fastifyRequest, edge)
    // RFC 9449 §8.2: whoever sent a proof has the nonce of the next one, whatever the answer.
    if (request.proofs.length > 0 && edge.proofNonce !== null) reply.header('dpop-nonce', edge.proofNonce())
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
    return reply
  }
}

function otherMethod({ audience, allowed }: Path): (request: Request) => Reply {
  return (request) => {
    if (request.method !== 'OPTIONS') throw refuse.method(allowed.join(', '))
    if (audience !== 'people') return preflight(request, allowed)
    return { status: 204, headers: { allow: allowed.join(', ') }, body: '' }
  }
}

function plain(request: FastifyRequest, edge: Edge): Request {
  const { headers } = request
  const at = request.url.indexOf('?')
  return {
    method: request.method,
    pathname: at < 0 ? request.url : request.url.slice(0, at),
    query: at < 0 ? '' : request.url.slice(at + 1),
    header: (name) => headers[name]?.toString(),
    // node:http keeps the first of two Authorization headers and drops the rest in silence.
    authorization:
      headers.authorization === undefined ? [] : (request.raw.headersDistinct['authorization'] ?? []),
    // Two of them are joined otherwise, which no proof survives, and the sender would not be told why.
    proofs: headers['dpop'] === undefined ? [] : (request.raw.headersDistinct['dpop'] ?? []),
    cookies: parseCookie(headers.cookie ?? ''),
    path: (name) =>
      // Not `instanceof Object`: the router's record has no prototype.
      typeof request.params === 'object' && request.params !== null && name in request.params
        ? String(Reflect.get(request.params, name))
        : '',
    body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
    stream: request.raw,
    address: clientAddress(
      request.socket.remoteAddress ?? '',
      headers['x-forwarded-for']?.toString(),
      edge.isTrustedProxy,
    ),
    requestId: request.id,
  }
}

// What the framework refuses before a handler sees it.
function unreadBody(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return badBody.tooLarge()
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return badBody.contentType()
  // Its sender has gone in the middle of it, which is no fault of the server.
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH' || code === 'ECONNRESET') return badBody.notWhole()
  return error
}

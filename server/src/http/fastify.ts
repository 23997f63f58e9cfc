import type { Socket } from 'node:net'
import { parseCookie } from 'cookie'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteHandlerMethod,
} from 'fastify'
import { badBody, route as refuse } from '../errors/oauth.ts'
import { interaction } from '../errors/page.ts'
import { loggedPath } from './access-log.ts'
import { endUnread, patience, watchBody } from './body-timeout.ts'
import type { Reply, Request } from './message.ts'
import { type Audience, type Edge, errorReply, preflight, send } from './respond.ts'

/** One door of the system. */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  readonly path: string
  readonly audience: Audience
  readonly answer: (request: Request) => Reply | Promise<Reply>
  /** The body is of any size and type, and left to `answer` to read from `request.stream`. */
  readonly isStreamed?: boolean
}

const bodyLimit = 64 * 1024
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Builds the HTTP server of a list of routes; it listens nowhere yet. */
export function httpServer(routes: readonly Route[], edge: Edge): FastifyInstance {
  const server = Fastify({
    bodyLimit,
    trustProxy: edge.trustedProxies.length > 0 ? [...edge.trustedProxies] : false,
    // A whole request has no limit of its own: uploads take as long as they get on.
    requestTimeout: 0,
    // node:http looks for late headers every 30 seconds, unless told otherwise.
    http: { headersTimeout: patience, connectionsCheckingInterval: 1000 },
    exposeHeadRoutes: false,
    genReqId: edge.requestId,
    forceCloseConnections: 'idle',
    // What still arrives on a connection that is being closed is answered like any other.
    return503OnClosing: false,
    clientErrorHandler: refuseConnection,
    // An address that is no valid encoding leads nowhere.
    frameworkErrors: (_error, request, reply) => nowhere(request, reply, edge),
    // A query that is no valid encoding is ours to judge, with the rest of the request.
    routerOptions: { querystringParser: () => ({}) },
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const doors = new Map<string, { audience: Audience; allowed: string[] }>()
  const streamed = new Set(routes.filter((route) => route.isStreamed).map((route) => route.path))
  server.addHook('onRequest', async (request, reply) => {
    edge.traffic.note()
    reply.raw.once('close', edge.traffic.note)
    watchBody(request.raw, streamed.has(request.routeOptions.url ?? ''), refuseLate)
  })
  server.register(async (streaming) => {
    streaming.removeAllContentTypeParsers()
    streaming.addContentTypeParser('*', (_request, _body, done) => done(null))
    for (const route of routes.filter(({ path }) => streamed.has(path)))
      streaming.route({ method: route.method, url: route.path, handler: handler(route, edge) })
  })
  for (const route of routes) {
    if (!streamed.has(route.path))
      server.route({ method: route.method, url: route.path, handler: handler(route, edge) })
    const door = doors.get(route.path) ?? { audience: route.audience, allowed: [] }
    doors.set(route.path, { ...door, allowed: [...door.allowed, route.method] })
  }
  for (const [url, door] of doors) {
    const others = methods.filter((method) => !door.allowed.includes(method))
    server.route({ method: others, url, handler: handler({ ...door, answer: otherMethod(door) }, edge) })
  }
  server.setNotFoundHandler((request, reply) => nowhere(request, reply, edge))
  server.setErrorHandler((error, request, reply) => {
    const audience = doors.get(request.routeOptions.url ?? '')?.audience ?? 'apps'
    send(reply, errorReply(unread(error), audience, plain(request), edge), audience, edge)
  })
  server.addHook('onSend', async (_request, reply) => {
    // So that a client sends its next request on a connection that is not about to end.
    if (edge.traffic.isDraining) reply.header('connection', 'close')
  })
  server.addHook('onResponse', async (request, reply) => {
    endUnread(request.raw)
    const path = loggedPath(request.url)
    const ms = Math.round(reply.elapsedTime)
    edge.log.info(
      { requestId: request.id, method: request.method, path, status: reply.statusCode, ms },
      'answered',
    )
  })
  return server
}

function handler({ audience, answer }: Pick<Route, 'audience' | 'answer'>, edge: Edge): RouteHandlerMethod {
  return async (fastifyRequest, reply) => {
    const request = plain(fastifyRequest)
    try {
      if (audience === 'people') edge.checkHost(request)
      send(reply, await answer(request), audience, edge)
    } catch (error) {
      send(reply, errorReply(error, audience, request, edge), audience, edge)
    }
    return reply
  }
}

function nowhere(request: FastifyRequest, reply: FastifyReply, edge: Edge): void {
  const audience = request.url.startsWith('/v1/') ? 'api' : 'people'
  const error = audience === 'api' ? refuse.notFound() : interaction.noPage()
  send(reply, errorReply(error, audience, plain(request), edge), audience, edge)
}

function otherMethod(door: { audience: Audience; allowed: readonly string[] }): (request: Request) => Reply {
  return ({ method }) => {
    if (method === 'OPTIONS' && door.audience !== 'people') return preflight(door.allowed)
    throw refuse.method(door.allowed.join(', '))
  }
}

function plain(request: FastifyRequest): Request {
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
    cookies: parseCookie(headers.cookie ?? ''),
    path: (name) =>
      // Not `instanceof Object`: the router's record has no prototype.
      typeof request.params === 'object' && request.params !== null && name in request.params
        ? String(Reflect.get(request.params, name))
        : '',
    body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
    stream: request.raw,
    address: request.ip,
    requestId: request.id,
  }
}

// What the framework refuses before a handler sees it.
function unread(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return badBody.tooLarge()
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return badBody.contentType()
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return badBody.notWhole()
  return error
}

function refuseLate(socket: Socket): void {
  refuseConnection(Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)
  socket.destroySoon()
}

function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable) return
  const [status, words] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'The address or the headers are longer than 16 kB.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'The request took too long to arrive.']
        : ['400 Bad Request', 'This is not a valid HTTP request.']
  const body = JSON.stringify({ error: 'invalid_request', error_description: words })
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nAccess-Control-Allow-Origin: *\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${body}`,
  )
}

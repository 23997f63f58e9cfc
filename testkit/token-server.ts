import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'

export interface Call {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  readonly authorization: string | undefined
  /** The `Idempotency-Key`. */
  readonly key: string | undefined
}

type Handler = (call: Call, response: ServerResponse) => unknown

/** An authorization server on loopback whose answers a test decides. */
export interface TokenServer {
  readonly url: string
  readonly calls: Call[]
  /** The calls of one path. */
  to(path: string): Call[]
  /** Answers a path from now on. A handler that returns nothing writes the response itself, or never. */
  on(path: string, handler: Handler): void
  /** Answers every path that has no handler, instead of never. */
  otherwise(handler: Handler): void
  close(): Promise<void>
}

export function refusal(status: number, error: string): Handler {
  return (_call, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req-1' })
    response.end(JSON.stringify({ error, error_description: 'because' }))
  }
}

async function read(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = ''
  for await (const chunk of request) text += chunk
  const isUpload = request.headers['content-type'] === 'application/offset+octet-stream'
  return text === '' || isUpload ? {} : JSON.parse(text)
}

/** Where a server publishes what it does (RFC 8414 §3). */
export const METADATA = '/.well-known/oauth-authorization-server'

async function tokenServer(): Promise<TokenServer> {
  const calls: Call[] = []
  let issued = 0
  let other: Handler | undefined
  const handlers = new Map<string, Handler>([
    [
      '/v1/oauth/token',
      () => {
        issued += 1
        return { access_token: `access${issued}`, refresh_token: `refresh${issued}`, expires_in: 3600 }
      },
    ],
    ['/v1/oauth/revoke', () => ({})],
    [METADATA, () => ({})],
    ['/v1/me', () => ({ userId: 7, name: 'Ada', handle: 'ada', verified: true, data: { id: 'x7Yz2' } })],
  ])
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const { method = '', headers } = request
    const { authorization, 'idempotency-key': key } = headers
    const call = {
      ...{ method, path, authorization },
      body: await read(request),
      key: typeof key === 'string' ? key : undefined,
    }
    // A look at what the server and the app are may come at any time.
    const isLook = path === METADATA || path.startsWith('/v1/developer-apps/')
    if (!isLook) calls.push(call)
    const answer = await (handlers.get(path) ?? (isLook ? () => ({}) : other))?.(call, response)
    if (answer !== undefined) response.end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    to: (path) => calls.filter((call) => call.path === path),
    on: (path, handler) => handlers.set(path, handler),
    otherwise: (handler) => {
      other = handler
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A server that the test's end closes. */
export async function serve(): Promise<TokenServer> {
  const server = await tokenServer()
  open.push(server)
  return server
}

const open: TokenServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

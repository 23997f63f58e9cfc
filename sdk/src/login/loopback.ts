import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { LOGIN_LIFETIME } from '../durations.ts'
import { failure } from '../errors/errors.ts'
import { type Answer, answerIn } from '../protocol/authorization-response.ts'
import { loggedIn, type Notice, notAwaited, notLoggedIn, pageHeaders, pageOf } from './loopback-page.ts'

/** A listener for the answer to a login (RFC 8252 §7.3). */
export interface Loopback {
  /** What to be redirected to, with the port that it listens on. */
  readonly redirectUri: string
  /** The URL that brings the answer of a state. Rejects with `login_timeout`. */
  answer(state: string | null): Promise<string>
  /** Tells who brought the answer whether they are logged in, and stops listening. Harmless when it has. */
  end(isLoggedIn: boolean): void
}

/** Somebody who brought the answer, and is told how it ended once that is known. */
interface Held {
  readonly response: ServerResponse
  readonly answer: Answer
  readonly closed: Promise<unknown>
}

/** Browsers ask no network for a name under localhost either (RFC 6761 §6.3). */
const loopbackUri =
  /^http:\/\/((?:[\w-]+\.)*localhost|127\.0\.0\.1|\[::1\])(?::([1-9]\d{0,4}))?([/?][^#]*)?$/i

/** Of localhost, and every name under it, both: where only one is bound, another program can take the other (RFC 8252 §8.3). */
const addressesOf = (host: string) =>
  /localhost$/i.test(host) ? ['127.0.0.1', '::1'] : [host.replace(/[[\]]/g, '')]

function bind(server: Server, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, address, () => {
      const bound = server.address()
      resolve(typeof bound === 'object' && bound ? bound.port : port)
    })
  })
}

const reasonOf = (cause: unknown) => (cause instanceof Error && 'code' in cause ? String(cause.code) : '')

/** Binds every address of a host to one port; port 0 is any that is free. */
async function bindAll(makeServer: () => Server, host: string, port: number) {
  const servers: Server[] = []
  let bound = port
  for (const address of addressesOf(host)) {
    const server = makeServer()
    try {
      bound = await bind(server, bound, address)
      servers.push(server)
    } catch (cause) {
      // A machine without IPv6 has only one of them.
      if (servers.length && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(reasonOf(cause))) continue
      for (const other of servers) other.close()
      throw failure('port_taken', { reason: reasonOf(cause), cause })
    }
  }
  return { servers, port: bound }
}

function respond(response: ServerResponse, status: number, notice: Notice): void {
  response.writeHead(status, pageHeaders())
  response.end(pageOf(notice))
}

/**
 * Listens where a redirect URI points, on this machine alone. Whoever brings anything else than the answer ends no login.
 *
 * @param app What the pages call the app.
 * @throws ConfigurationError `redirect_uri_loopback`, `port_taken`.
 */
export async function listen(redirectUri: string, app: string | undefined): Promise<Loopback> {
  const [, host, givenPort = '0', rest = ''] = loopbackUri.exec(redirectUri) ?? []
  if (!host) throw failure('redirect_uri_loopback', { reason: redirectUri })
  const path = rest.split('?')[0] || '/'
  /** Those that brought the answer: a browser may ask twice. */
  const held: Held[] = []
  let awaited: { readonly state: string | null; readonly resolve: (url: string) => void } | undefined

  function receive({ method = '', url = '' }: IncomingMessage, response: ServerResponse) {
    const isHere = ['GET', 'HEAD'].includes(method) && url.split('?')[0] === path
    const answer = isHere ? answerIn(url)?.answer : undefined
    if (!answer || answer.state !== awaited?.state)
      return respond(response, isHere ? 400 : 404, notAwaited(app))
    // Something looks ahead of the person; their browser comes after it.
    if (method === 'HEAD') {
      response.writeHead(200, pageHeaders()).end()
      return
    }
    held.push({ response, answer, closed: new Promise((resolve) => response.on('close', resolve)) })
    awaited.resolve(`http://${host}:${port}${url}`)
  }

  const { createServer } = await import('node:http')
  const { servers, port } = await bindAll(() => createServer(receive), host, Number(givenPort))
  let limit: ReturnType<typeof setTimeout> | undefined

  return {
    redirectUri: `http://${host}:${port}${rest}`,
    answer: (state) =>
      new Promise((resolve, reject) => {
        awaited = { state, resolve }
        limit = setTimeout(() => reject(failure('login_timeout')), LOGIN_LIFETIME)
      }),
    end: (isLoggedIn) => {
      clearTimeout(limit)
      for (const server of servers) server.close()
      for (const { response, answer } of held)
        if (!response.headersSent)
          respond(response, 200, isLoggedIn ? loggedIn(app) : notLoggedIn(app, answer.error))
      // A connection that a browser made ahead, and never uses, would keep the process.
      Promise.all(held.map(({ closed }) => closed)).then(() => {
        for (const server of servers) server.closeAllConnections()
      })
    },
  }
}

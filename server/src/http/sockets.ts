import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'
import { networkOf } from './ip-address.ts'

/** How many connections may be open. */
export interface SocketBounds {
  readonly inAll: number
  /** From one network; a trusted proxy stands for many and has no bound of its own. */
  readonly ofNetwork: number
}

/** Descriptors that are left to the database, the log and files. */
const descriptorsForFiles = 64
const mostSockets = { inAll: 16_384, ofNetwork: 2_048 }

/** The bounds that fit how many files and connections the process may have open: each answer from a file needs two. */
export function socketBounds(descriptors: number): SocketBounds {
  const inAll = Math.max(16, Math.min(mostSockets.inAll, Math.floor((descriptors - descriptorsForFiles) / 2)))
  return { inAll, ofNetwork: Math.max(16, Math.min(mostSockets.ofNetwork, Math.floor(inAll / 2))) }
}

/** Milliseconds in which nothing moves on a connection, in either direction, until it is ended. */
const stillTimeoutMs = 30_000
/** Requests that one connection may bring before it is opened anew. */
const requestsOfSocket = 10_000
/** Requests that may wait on a connection for their answers, and how many of them stop what arrives. */
const pipelined = { most: 256, pausing: 8 }
/** Milliseconds that the other side has to close a connection once this one has. */
const halfOpenMs = 2_000
/** Milliseconds without a byte after which a connection was opened ahead of requests, as browsers do. */
const silentMs = 1_000

interface Connection {
  readonly socket: Socket
  readonly network: string | null
  readonly openedAt: number
  hasAsked: boolean
  /** Requests that were not answered whole. */
  pending: number
  /** Those of them that wait for the answers before theirs. */
  readonly waiting: [IncomingMessage, ServerResponse][]
}

/**
 * Makes the servers of a process, which share its bounds. When there are too many connections, the one that has been
 * idle longest makes way for a new one, so that silence keeps nobody out. A connection has one request answered at a
 * time, so that it never holds more than one answer that is not taken.
 */
export function boundedServers(
  bounds: SocketBounds,
  isTrustedProxy: (address: string) => boolean,
): (handle: RequestListener, options: ServerOptions) => Server {
  const open = new Map<Socket, Connection>()
  const networks = new Map<string, Map<Socket, Connection>>()

  return (handle, options) => {
    const server = createServer(options, (request, response) => take(request, response, handle))
    server.setTimeout(stillTimeoutMs)
    server.maxRequestsPerSocket = requestsOfSocket
    // They are bounded by their bytes.
    server.maxHeadersCount = 0
    // Node would answer without words.
    server.on('checkExpectation', (request, response) => take(request, response, handle))
    server.on('connection', admit)
    const closeIdle = server.closeIdleConnections.bind(server)
    server.closeIdleConnections = () => {
      closeIdle()
      endSilent()
    }
    // node:http forgets a connection once its last answer is written, though the other side has not taken it.
    server.closeAllConnections = () => {
      for (const socket of open.keys()) socket.destroy()
    }
    return server
  }

  // For node:http a connection that has never asked for anything is not idle.
  function endSilent(): void {
    const before = performance.now() - silentMs
    for (const { socket, openedAt } of open.values())
      if (socket.bytesRead === 0 && openedAt <= before) socket.destroy()
  }

  function admit(socket: Socket): void {
    const address = socket.remoteAddress ?? ''
    const network = isTrustedProxy(address) ? null : networkOf(address)
    const neighbours = (network !== null && networks.get(network)) || new Map<Socket, Connection>()
    const isFull = network !== null && neighbours.size >= bounds.ofNetwork && !endIdle(neighbours)
    const isFullInAll = open.size >= bounds.inAll && !endIdle(largest(networks) ?? open) && !endIdle(open)
    if (isFull || isFullInAll) {
      socket.destroy()
      return
    }
    const openedAt = performance.now()
    const connection: Connection = { socket, network, openedAt, hasAsked: false, pending: 0, waiting: [] }
    open.set(socket, connection)
    neighbours.set(socket, connection)
    if (network !== null) networks.set(network, neighbours)
    socket.once('finish', () => {
      const timer = setTimeout(() => socket.destroy(), halfOpenMs)
      socket.once('close', () => clearTimeout(timer))
    })
    socket.once('close', () => remove(connection))
  }

  function take(request: IncomingMessage, response: ServerResponse, handle: RequestListener): void {
    const connection = open.get(request.socket)
    if (connection === undefined) return
    connection.hasAsked = true
    connection.pending += 1
    response.on('close', () => answered(connection, handle))
    if (connection.pending === 1) {
      handle(request, response)
      return
    }
    connection.waiting.push([request, response])
    if (connection.pending > pipelined.most) connection.socket.destroy()
    else if (connection.pending >= pipelined.pausing) connection.socket.pause()
  }

  function answered(connection: Connection, handle: RequestListener): void {
    connection.pending -= 1
    const { socket, network, waiting } = connection
    if (!open.has(socket)) return
    if (connection.pending === pipelined.pausing - 1) socket.resume()
    const next = waiting.shift()
    if (next !== undefined) {
      handle(...next)
      return
    }
    // Maps keep their order, which is thus that of the last use.
    open.delete(socket)
    open.set(socket, connection)
    const neighbours = network === null ? undefined : networks.get(network)
    if (neighbours?.delete(socket)) neighbours.set(socket, connection)
  }

  function remove({ socket, network }: Connection): void {
    open.delete(socket)
    const neighbours = network === null ? undefined : networks.get(network)
    if (neighbours?.delete(socket) && neighbours.size === 0 && network !== null) networks.delete(network)
  }

  // What has never asked for anything goes before what has, and what was used long ago before the rest.
  function endIdle(among: ReadonlyMap<Socket, Connection>): boolean {
    let idle: Connection | undefined
    for (const connection of among.values()) {
      if (connection.pending > 0) continue
      idle ??= connection
      if (connection.hasAsked) continue
      idle = connection
      break
    }
    if (idle === undefined) return false
    remove(idle)
    idle.socket.destroy()
    return true
  }
}

function largest(
  networks: ReadonlyMap<string, Map<Socket, Connection>>,
): Map<Socket, Connection> | undefined {
  let most: Map<Socket, Connection> | undefined
  for (const network of networks.values()) if (network.size > (most?.size ?? 0)) most = network
  return most
}

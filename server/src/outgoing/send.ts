import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** What is asked of a server whose address somebody else has named. */
export interface OutgoingRequest {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What an outgoing request may cost. */
export interface Bounds {
  /** For all of it: finding the address, connecting, waiting, reading. */
  readonly timeoutMs: number
  /** Bytes of the answer's body; 0 where its status is all that is wanted, and its body is not waited for. */
  readonly maxBytes: number
}

/** What came back; a redirect is an answer like any other and is not followed. */
export interface OutgoingReply {
  readonly status: number
  header(name: string): string | undefined
  readonly body: Buffer
}

/** Why nothing came back. */
export type OutgoingFault = 'unresolved' | 'private' | 'unreachable' | 'late' | 'large' | 'busy'

export class OutgoingError extends Error {
  override readonly name = 'OutgoingError'
  readonly fault: OutgoingFault
  constructor(fault: OutgoingFault, cause?: unknown) {
    super(fault, { cause })
    this.fault = fault
  }
}

/** Asks servers whose addresses strangers have named. */
export type Send = (request: OutgoingRequest, bounds: Bounds) => Promise<OutgoingReply>

/** Finds the addresses of a name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

/** Requests under way at once, of all that strangers may cause. */
const most = 32

/**
 * Makes the one way out to addresses that strangers name. The address that a name resolves to is judged where the connection
 * is made and is the one connected to, so that no second look-up can lead elsewhere; a name with any address that is not public is
 * refused whole. A connection is never used twice.
 * @param isAllowed addresses that are not public and may be reached all the same
 */
export function openSend(
  isAllowed: (address: string) => boolean,
  resolve: Resolve = (host) => lookup(host, { all: true, verbatim: true }),
): Send {
  const mayReach = (address: string) => isPublicAddress(address) || isAllowed(address)
  let underWay = 0
  return async (request, bounds) => {
    if (underWay >= most) throw new OutgoingError('busy')
    underWay += 1
    try {
      return await sendOnce(request, bounds, mayReach, resolve)
    } finally {
      underWay -= 1
    }
  }
}

async function sendOnce(
  { url, method, headers, body }: OutgoingRequest,
  { timeoutMs, maxBytes }: Bounds,
  mayReach: (address: string) => boolean,
  resolve: Resolve,
): Promise<OutgoingReply> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // Of a literal address nothing is looked up.
  if (isIP(host) !== 0 && !mayReach(host)) throw new OutgoingError('private')
  // What speaks TLS is a tenth of a start, which seldom needs it.
  const send = url.protocol === 'https:' ? (await import('node:https')).request : requestHttp
  return new Promise((done, fail) => {
    const outgoing = send(url, {
      method,
      agent: false,
      lookup: guardedLookup(mayReach, resolve),
      headers: { 'accept-encoding': 'identity', connection: 'close', ...headers },
    })
    const timer = setTimeout(() => end(new OutgoingError('late')), timeoutMs)
    function end(error: OutgoingError): void {
      clearTimeout(timer)
      outgoing.destroy()
      fail(error)
    }
    outgoing.on('error', (error) =>
      end(error instanceof OutgoingError ? error : new OutgoingError('unreachable', error)),
    )
    outgoing.on('response', (response) => {
      readBody(response, maxBytes).then(
        (read) => {
          clearTimeout(timer)
          outgoing.destroy()
          done({ status: response.statusCode ?? 0, header: (name) => headerOf(response, name), body: read })
        },
        (error: unknown) =>
          end(error instanceof OutgoingError ? error : new OutgoingError('unreachable', error)),
      )
    })
    outgoing.end(body)
  })
}

function guardedLookup(mayReach: (address: string) => boolean, resolve: Resolve): LookupFunction {
  return (host, options, answer) => {
    resolve(host).then(
      (found) => {
        const [first] = found
        if (first === undefined) return answer(new OutgoingError('unresolved'), '')
        if (!found.every(({ address }) => mayReach(address))) return answer(new OutgoingError('private'), '')
        if (options.all) return answer(null, [...found])
        answer(null, first.address, first.family)
      },
      (error: unknown) => answer(new OutgoingError('unresolved', error), ''),
    )
  }
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (maxBytes === 0) return Buffer.alloc(0)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    length += chunk.length
    if (length > maxBytes) throw new OutgoingError('large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

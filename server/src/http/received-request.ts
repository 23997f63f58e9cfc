import type { IncomingMessage } from 'node:http'
import { parseCookie } from 'cookie'
import { clientAddress } from './ip-address.ts'
import type { Request } from './message.ts'
import type { Parameters } from './path-map.ts'

const nothing = new Uint8Array()

/** What is known of a request beside what was sent. */
interface Known {
  readonly requestId: string
  readonly pathname: string
  readonly parameters: Parameters
  /** Whether an address is that of a proxy whose `X-Forwarded-For` is trusted. */
  readonly isTrustedProxy: (address: string) => boolean
}

/** A request as node:http received it. What is seldom asked for is read when it is. */
export class ReceivedRequest implements Request {
  readonly #received: IncomingMessage
  readonly #parameters: Parameters
  readonly method: string
  readonly pathname: string
  readonly query: string
  readonly address: string
  readonly requestId: string
  body: Uint8Array = nothing

  constructor(received: IncomingMessage, { requestId, pathname, parameters, isTrustedProxy }: Known) {
    const { url = '' } = received
    const at = url.indexOf('?')
    this.#received = received
    this.#parameters = parameters
    this.method = received.method ?? ''
    this.pathname = pathname
    this.query = at < 0 ? '' : url.slice(at + 1)
    this.requestId = requestId
    const forwardedFor = this.header('x-forwarded-for')
    this.address = clientAddress(received.socket.remoteAddress ?? '', forwardedFor, isTrustedProxy)
  }

  // RFC 9112 §3.2.2: of an address that is whole the host counts, whatever the header says.
  get host(): string {
    return /^https?:\/\/([^/?#]*)/i.exec(this.#received.url ?? '')?.[1] ?? this.header('host') ?? ''
  }

  header(name: string): string | undefined {
    return this.#received.headers[name]?.toString()
  }

  // node:http keeps the first of two Authorization headers and drops the rest in silence.
  get authorization(): readonly string[] {
    return this.#all('authorization')
  }

  // Two of them are joined otherwise, which no proof survives, and the sender would not be told why.
  get proofs(): readonly string[] {
    return this.#all('dpop')
  }

  get cookies(): Request['cookies'] {
    return parseCookie(this.header('cookie') ?? '')
  }

  path(name: string): string {
    return this.#parameters[name] ?? ''
  }

  get stream(): Request['stream'] {
    return this.#received
  }

  #all(name: string): readonly string[] {
    const values: string[] = []
    if (this.#received.headers[name] === undefined) return values
    const { rawHeaders } = this.#received
    for (let at = 0; at < rawHeaders.length; at += 2)
      if (rawHeaders[at]?.toLowerCase() === name) values.push(rawHeaders[at + 1] ?? '')
    return values
  }
}

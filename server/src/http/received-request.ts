import { parseCookie } from 'cookie'
import type { FastifyRequest } from 'fastify'
import { clientAddress } from './ip-address.ts'
import type { Request } from './message.ts'

const nothing = new Uint8Array()

/** A request as Fastify received it. What is seldom asked for is read when it is. */
export class ReceivedRequest implements Request {
  readonly #received: FastifyRequest
  readonly method: string
  readonly pathname: string
  readonly query: string
  readonly address: string

  /** @param isTrustedProxy whether an address is that of a proxy whose `X-Forwarded-For` is trusted */
  constructor(received: FastifyRequest, isTrustedProxy: (address: string) => boolean) {
    const { url } = received
    const at = url.indexOf('?')
    this.#received = received
    this.method = received.method
    this.pathname = at < 0 ? url : url.slice(0, at)
    this.query = at < 0 ? '' : url.slice(at + 1)
    const forwardedFor = this.header('x-forwarded-for')
    this.address = clientAddress(received.socket.remoteAddress ?? '', forwardedFor, isTrustedProxy)
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
    const { params } = this.#received
    // Not `instanceof Object`: the router's record has no prototype.
    return typeof params === 'object' && params !== null && name in params
      ? String(Reflect.get(params, name))
      : ''
  }

  get body(): Uint8Array {
    const { body } = this.#received
    return body instanceof Uint8Array ? body : nothing
  }

  get stream(): Request['stream'] {
    return this.#received.raw
  }

  get requestId(): string {
    return this.#received.id
  }

  #all(name: string): readonly string[] {
    const values: string[] = []
    if (this.#received.headers[name] === undefined) return values
    const { rawHeaders } = this.#received.raw
    for (let at = 0; at < rawHeaders.length; at += 2)
      if (rawHeaders[at]?.toLowerCase() === name) values.push(rawHeaders[at + 1] ?? '')
    return values
  }
}

import type { Readable } from 'node:stream'

/** An HTTP request as handlers see it: plain values, parsed at the edge. */
export interface Request {
  readonly method: string
  /** The path as sent. */
  readonly pathname: string
  /** The query as sent, without `?`. */
  readonly query: string
  /** The host that it was sent to, as written; empty where it does not say. */
  readonly host: string
  /** A header's value by its lower-case name. */
  header(name: string): string | undefined
  /** Every `Authorization` header sent; more than one is an error (RFC 6750 §3.1). */
  readonly authorization: readonly string[]
  /** Every `DPoP` header sent; more than one is an error (RFC 9449 §4.3). */
  readonly proofs: readonly string[]
  /** In the order in which they were sent. */
  readonly cookies: Readonly<Record<string, string | undefined>>
  /** A parameter of the path by its name. */
  path(name: string): string
  /** The body's bytes, empty when there is none. */
  readonly body: Uint8Array
  /** The body as it arrives, for routes that read it themselves. */
  readonly stream: Readable
  /** Where the connection comes from. */
  readonly address: string
  /** Joins an answer to its log line. */
  readonly requestId: string
}

/** A cookie to set; without `maxAge` (seconds) it ends with the browser session, with 0 at once. */
export interface Cookie {
  readonly name: string
  readonly value: string
  readonly maxAge?: number
}

/** An HTTP answer as handlers give it. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | Readable
  readonly cookies?: readonly Cookie[]
}

// Many answers are the same object as the one before.
const written = new WeakMap<object, string>()

function jsonText(value: unknown): string {
  if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) return JSON.stringify(value)
  const known = written.get(value)
  if (known !== undefined) return known
  const text = JSON.stringify(value)
  written.set(value, text)
  return text
}

/** Answers a value as JSON; of one that is frozen the text is written once. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: jsonText(value),
  }
}

/** Answers a rendered page. */
export function html(status: number, page: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body: page }
}

/** Sends the browser on with a GET, whatever the method was (303, RFC 9700 §4.12). */
export function seeOther(location: string, cookies: readonly Cookie[] = []): Reply {
  return { status: 303, headers: { location }, body: '', cookies }
}

import type { Logger } from 'pino'
import type { OAuthError, PageError, RedirectError } from '../errors/oauth.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Tracing } from '../metrics/tracing/tracing.ts'
import type { PaceName } from '../rate-limits/rules.ts'
import type { Reply, Request } from './message.ts'
import type { SocketBounds } from './sockets.ts'
import type { Traffic } from './traffic.ts'

/** What the edge needs of the system behind it. */
export interface Edge {
  readonly publicUrl: string
  /** Whether an address is that of a proxy whose `X-Forwarded-For` is trusted. */
  readonly isTrustedProxy: (address: string) => boolean
  readonly socketBounds: SocketBounds
  /** Makes what counts the requests of a route that were answered. */
  readonly counterOf: Metrics['counterOf']
  /** Makes a span of every request; null where none is made. */
  readonly tracing: Pick<Tracing, 'request'> | null
  /** Milliseconds that a head, and a body, may take to arrive. */
  readonly requestTimeoutMs: number
  /** Holds a request to the pace of its route. @throws TooMany */
  readonly hold: (pace: PaceName, request: Request) => void | Promise<void>
  readonly log: Logger
  readonly requestId: () => string
  readonly traffic: Traffic
  /** Turns an authorization error into the URL that tells the app. */
  readonly redirectTo: (error: RedirectError) => string
  /** A nonce for the next proof of a client that proves its key; null where none is verified. */
  readonly proofNonce: (() => string) | null
  readonly showError: (error: PageError, requestId: string) => Promise<Reply>
  readonly showBadRequest: (error: OAuthError, requestId: string) => Promise<Reply>
  /** Throws unless a page was asked for under this server's own address. */
  readonly checkHost: (request: Request) => void
}

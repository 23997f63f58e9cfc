import type { Logger } from 'pino'
import { interaction } from '../errors/interaction.ts'
import type { Edge } from '../http/edge.ts'
import { isHostOf } from '../http/host.ts'
import { type Networks, within } from '../http/ip-address.ts'
import { requestIds } from '../http/request-ids.ts'
import { socketBounds } from '../http/sockets.ts'
import type { Traffic } from '../http/traffic.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Tracing } from '../metrics/tracing/tracing.ts'
import { errorResponse } from '../oauth/authorization-response.ts'
import type { PageDeps } from '../pages/page-deps.ts'
import { hold } from './hold.ts'

export interface EdgeDeps extends PageDeps {
  readonly log: Logger
  readonly traffic: Traffic
  readonly metrics: Metrics
  /** Null where no traces are made. */
  readonly tracing: Tracing | null
  /** Addresses and networks of the proxies in front. */
  readonly trustedProxies: Networks
  /** How many files and connections the process may have open. */
  readonly descriptors: number
  readonly requestTimeoutMs: number
}

const errorPages = () => import('../pages/error.ts')

/** What HTTP needs to know of the rest: how much is let through, and how errors are shown. */
export const edgeOf = (deps: EdgeDeps): Edge => ({
  publicUrl: deps.issuer,
  isTrustedProxy: within(deps.trustedProxies),
  socketBounds: socketBounds(deps.descriptors),
  requestTimeoutMs: deps.requestTimeoutMs,
  hold: (pace, request) => hold(pace, request, deps),
  counterOf: deps.metrics.counterOf,
  tracing: deps.tracing,
  log: deps.log,
  requestId: requestIds(deps.random),
  traffic: deps.traffic,
  redirectTo: (error) => errorResponse(error, deps.issuer),
  proofNonce: deps.dpop === null ? null : deps.dpop.nonce,
  showError: async (error, requestId) => (await errorPages()).showError(error, requestId, deps),
  showBadRequest: async (error, requestId) => (await errorPages()).showBadRequest(error, requestId, deps),
  checkHost: (request) => {
    if (!isHostOf(request.host, deps.issuer))
      throw interaction.wrongHost(deps.issuer).with({ reason: `Host was ${request.host}` })
  },
})

import type { Reply, Request } from '../../../http/message.ts'

/** A call of one of this server's own endpoints. */
export interface EndpointCall {
  readonly method: 'GET' | 'POST'
  readonly path: '/v1/oauth/token' | '/v1/oauth/revoke' | '/v1/me'
  /** What the `Authorization` header holds. */
  readonly authorization?: string
  /** What the `DPoP` header holds. */
  readonly proof?: string
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>
}

/**
 * Answers a call by what answers its route, errors included. It is counted nowhere and noted in no app's log.
 * @param from the request of the browser in which the test runs
 */
export type CallEndpoint = (call: EndpointCall, from: Request) => Promise<Reply>

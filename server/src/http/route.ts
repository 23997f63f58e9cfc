import type { PaceName } from '../rate-limits/rules.ts'
import type { Audience } from './audience.ts'
import type { Reply, Request } from './message.ts'

/** The methods that routes have. */
export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** One route of the system. `HEAD` is answered wherever `GET` is (RFC 9110 §9.3.2). */
export interface Route {
  readonly method: (typeof methods)[number]
  /** As `/users/:id` and `/docs/*` are written: a parameter is one part of a path, and `*` the rest of it. */
  readonly path: string
  readonly audience: Audience
  readonly answer: (request: Request) => Reply | Promise<Reply>
  /** How fast one network may ask for it; null for as fast as it likes. */
  readonly pace: PaceName | null
  /** The body is of any size and type, and left to `answer` to read from `request.stream`. */
  readonly isStreamed?: boolean
}

/** Routes that are loaded with the first request for an address that may be one of theirs. */
export interface RouteGroup {
  /** The addresses among which theirs are. */
  readonly under: RegExp
  readonly load: () => Promise<readonly Route[]>
}

import type { Client } from '../http/client.ts'
import type { Proofs } from '../http/proofs.ts'
import type { Platform } from '../platform/platform.ts'
import type { App } from '../protocol/authorization-request.ts'
import type { Transactions } from '../protocol/transaction.ts'
import type { Observed } from './events.ts'
import type { Session } from './session.ts'

/** What the calls of who is logged in work with. */
export interface SessionContext {
  readonly app: App
  readonly platform: Platform
  readonly client: Client
  /** Undefined where tokens are bound to no key. */
  readonly proofs: Proofs | undefined
  readonly session: Session
  readonly observed: Observed
}

/** What both ends of a login work with. */
export interface LoginContext<P extends Platform> extends SessionContext {
  /** Names what the app's tabs keep of it. */
  readonly name: string
  readonly platform: P
  readonly transactions: Transactions
}

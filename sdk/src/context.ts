import type { Client } from './client.ts'
import type { Observed } from './events.ts'
import type { Platform } from './platform.ts'
import type { App } from './request.ts'
import type { Session } from './session.ts'
import type { Transactions } from './transaction.ts'

/** What the calls of who is logged in work with. */
export interface SessionContext {
  readonly app: App
  readonly platform: Platform
  readonly client: Client
  readonly session: Session
  readonly observed: Observed
}

/** What both ends of a login work with. */
export interface LoginContext<P extends Platform> extends SessionContext {
  readonly platform: P
  readonly transactions: Transactions
}

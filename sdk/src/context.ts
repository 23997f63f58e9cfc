import type { Client } from './client.ts'
import type { Observed } from './events.ts'
import type { Platform } from './platform.ts'
import type { App } from './request.ts'
import type { Session } from './session.ts'
import type { Transactions } from './transaction.ts'

/** What both ends of a login work with. */
export interface LoginContext<P extends Platform> {
  readonly app: App
  readonly platform: P
  readonly client: Client
  readonly transactions: Transactions
  readonly session: Session
}

/** What the calls of who is logged in work with. */
export interface SessionContext {
  readonly app: App
  readonly platform: Platform
  readonly client: Client
  readonly session: Session
  readonly observed: Observed
}

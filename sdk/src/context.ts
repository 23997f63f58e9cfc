import type { Observed } from './events.ts'
import type { Platform } from './platform.ts'
import type { App } from './request.ts'
import type { Session } from './session.ts'
import type { Transactions } from './transaction.ts'

/** What both ends of a login work with. */
export interface LoginContext<P extends Platform> {
  readonly app: App
  readonly platform: P
  readonly transactions: Transactions
  readonly session: Session
  /** Tells what nobody awaits. */
  readonly tell: Observed['tell']
}

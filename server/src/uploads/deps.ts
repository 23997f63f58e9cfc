import type { Logger } from 'pino'
import type { Random } from '../crypto/secret.ts'
import type { Trace } from '../metrics/tracing/tracing.ts'
import type { Dpop } from '../oauth/dpop/dpop.ts'
import type { Instant, Store } from '../store/contract/store.ts'
import type { ContentStore } from './content/store.ts'
import type { Incoming } from './tus/incoming.ts'
import type { Locks } from './tus/locks.ts'

/** What an installation allows; see `Config`. */
export interface UploadRules {
  readonly maxBytes: number
  readonly quotaBytes: number
  readonly freeBytes: number
  readonly requireAuth: boolean
}

/** What uploads depend on. */
export interface UploadDeps {
  /** Null where no token is bound to a key. */
  readonly dpop: Dpop | null
  readonly store: Store
  readonly log: Logger
  readonly clock: () => Instant
  readonly random: Random
  readonly issuer: string
  /** Puts the processing of a file under a span. */
  readonly trace: Trace
  readonly rules: UploadRules
  readonly incoming: Incoming
  readonly locks: Locks
  readonly content: ContentStore
  /** This node among those of the store. */
  readonly node: string
  /** A folder for what is being made, emptied at every start. */
  readonly workshop: string
}

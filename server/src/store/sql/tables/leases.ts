import type { Instant } from '../../contract/store.ts'

/** What one node of several does for all of them. */
export interface Leases {
  name: string
  holder: string
  until: Instant
}

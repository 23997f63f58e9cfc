import type { Bound, Proofs } from '../http/proofs.ts'
import type { Platform } from '../platform/platform.ts'
import { memoryKeys, storedKeys } from '../platform/proof-keys.ts'
import type { TokenStore } from '../platform/token-store.ts'
import { proofsWith } from './proofs.ts'

/** The proofs of an instance that shares nothing with another: on a server, or a command line. */
export function proofsOf(_name: string, store: TokenStore, platform: Platform, bound: Bound): Proofs {
  const { subtle } = crypto
  return proofsWith(storedKeys(subtle, store) ?? memoryKeys(subtle, bound), store, platform, bound)
}

import { learn } from '../errors/errors.ts'
import { lateCatalogue } from '../errors/late-catalogue.ts'
import type { Bound, Proofs } from '../http/proofs.ts'
import { browserKeys } from '../platform/browser-keys.ts'
import type { Platform } from '../platform/platform.ts'
import { storedKeys } from '../platform/proof-keys.ts'
import type { TokenStore } from '../platform/token-store.ts'
import { proofsWith } from './proofs.ts'

/** The proofs of a page: one file to load, where the app asks for them. */
export function proofsOf(
  name: string,
  store: TokenStore,
  platform: Platform,
  bound: Bound,
  window: Parameters<typeof browserKeys>[0] = globalThis,
): Proofs {
  const { crypto } = window
  // Pages that are not secure have the rest of it.
  const subtle: SubtleCrypto | undefined = crypto?.subtle
  const keys = subtle ? (storedKeys(subtle, store) ?? browserKeys(window, subtle, name, bound)) : null
  return proofsWith(keys, store, platform, bound)
}

learn(lateCatalogue)

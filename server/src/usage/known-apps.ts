import type { Instant, Store } from '../store/contract/store.ts'

/** Says whether a key that somebody merely named is that of an app. */
export type KnownApps = (apiKey: string) => Promise<boolean>

const cacheTtlMs = 60_000
const most = 10_000

/**
 * Asks the store, and believes a yes for a minute. A key that is no app's leaves nothing behind; when the store does not
 * answer, nothing is known.
 */
export function knownApps(deps: { readonly store: Store; readonly clock: () => Instant }): KnownApps {
  const seen = new Map<string, Instant>()
  return async (apiKey) => {
    const now = deps.clock()
    if (now - (seen.get(apiKey) ?? Number.NEGATIVE_INFINITY) < cacheTtlMs) return true
    const app = await deps.store.findApp(apiKey).catch(() => undefined)
    if (app === undefined) return false
    if (seen.size >= most) seen.clear()
    seen.set(apiKey, now)
    return true
  }
}

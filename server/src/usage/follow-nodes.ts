import type { Store } from '../store/contract/store.ts'
import type { LiveLog } from './live-log.ts'

/** Milliseconds between two looks for what other nodes have stored. */
const lookEvery = 2000

/**
 * Tells whoever follows an app here of what happens in it at other nodes of the same database, once they have stored it.
 * @returns what ends it
 */
export function followNodes(live: LiveLog, store: Pick<Store, 'listFlowEvents'>): () => void {
  let newest: ReadonlyMap<string, number> = new Map()

  async function look(): Promise<void> {
    const next = new Map<string, number>()
    for (const { apiKey, ownerId } of live.followed()) {
      const page = { apiKey, ownerId, outcome: null, since: 0, before: Number.MAX_SAFE_INTEGER, limit: 1 }
      const id = (await store.listFlowEvents(page))?.[0]?.id ?? 0
      const known = newest.get(apiKey)
      next.set(apiKey, id)
      if (known !== undefined && id > known) live.changed(apiKey)
    }
    newest = next
  }

  let isLooking = false
  const looking = setInterval(() => {
    if (isLooking) return
    isLooking = true
    // What cannot be read now is read at the next look.
    look()
      .catch(() => undefined)
      .finally(() => {
        isLooking = false
      })
  }, lookEvery)
  return () => clearInterval(looking)
}

import type { Instant } from '../store/contract/store.ts'

/** How fast something may go: a rate, and how much of it at once after a pause. */
export interface Pace {
  readonly perSecond: number
  readonly burst: number
}

const most = 20_000

/** One token bucket a key; those used least recently are forgotten when there are too many. */
export class TokenBuckets {
  readonly #buckets = new Map<string, { readonly tokens: number; readonly at: Instant }>()
  readonly #pace: Pace
  readonly #clock: () => Instant

  constructor(pace: Pace, clock: () => Instant) {
    this.#pace = pace
    this.#clock = clock
  }

  /** Takes a token of a key's bucket; answers 0, or the whole seconds until there is one again. */
  take(key: string): number {
    const { perSecond, burst } = this.#pace
    const now = this.#clock()
    const before = this.#buckets.get(key) ?? { tokens: burst, at: now }
    const filled = Math.min(burst, before.tokens + (Math.max(0, now - before.at) / 1000) * perSecond)
    const isEmpty = filled < 1
    // Set again at the end: a map keeps its order, and forgets from the front.
    this.#buckets.delete(key)
    this.#buckets.set(key, { tokens: isEmpty ? filled : filled - 1, at: now })
    if (this.#buckets.size > most)
      for (const oldest of this.#buckets.keys()) {
        this.#buckets.delete(oldest)
        break
      }
    return isEmpty ? Math.ceil((1 - filled) / perSecond) : 0
  }
}

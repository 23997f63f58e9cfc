import type { Instant } from '../store/contract/store.ts'
import { BoundedMap } from './bounded-map.ts'

/** How fast something may go: a rate, and how much of it at once after a pause. */
export interface Pace {
  readonly perSecond: number
  readonly burst: number
}

/** Buckets at once: 2 MB. */
export const mostBuckets = 20_000

/** One token bucket a key; those used least recently are forgotten when there are too many. */
export class TokenBuckets {
  readonly #buckets = new BoundedMap<string, { readonly tokens: number; readonly at: Instant }>(mostBuckets)
  readonly #pace: Pace
  readonly #clock: () => Instant

  constructor(pace: Pace, clock: () => Instant) {
    this.#pace = pace
    this.#clock = clock
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#buckets.size
  }

  /** Takes a token of a key's bucket; answers 0, or the whole seconds until there is one again. */
  take(key: string): number {
    const { perSecond, burst } = this.#pace
    const now = this.#clock()
    const before = this.#buckets.get(key) ?? { tokens: burst, at: now }
    const filled = Math.min(burst, before.tokens + (Math.max(0, now - before.at) / 1000) * perSecond)
    const isEmpty = filled < 1
    this.#buckets.set(key, { tokens: isEmpty ? filled : filled - 1, at: now })
    return isEmpty ? Math.ceil((1 - filled) / perSecond) : 0
  }
}

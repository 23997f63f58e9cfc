import type { Instant, Store } from '../store/contract/store.ts'
import { BoundedMap } from './bounded-map.ts'
import { mostBuckets, type Pace } from './token-buckets.ts'

/**
 * The part of a share from which it is stored: who uses less writes nothing, and a restart, or another node, may not know
 * of that much. Storing 500 shares takes 7 ms of the processor.
 */
const storedFrom = 0.02
/** Shares stored at a time. */
const batch = 100

interface Share {
  readonly apiKey: string
  readonly userId: number
  /** What is used of it, as the time until it is unused again. */
  unusedAt: Instant
  unstoredMs: number
}

/** What each user of an app has used of the part of its month that is theirs; what is much outlives the process. */
export class MonthShares {
  readonly #store: Store
  readonly #clock: () => Instant
  readonly #callMs: number
  readonly #fullMs: number
  readonly #light = new BoundedMap<string, Share>(mostBuckets)
  readonly #heavy = new Map<string, Share>()
  #loaded: Promise<void> | undefined

  constructor({ perSecond, burst }: Pace, deps: { readonly store: Store; readonly clock: () => Instant }) {
    this.#store = deps.store
    this.#clock = deps.clock
    this.#callMs = 1000 / perSecond
    this.#fullMs = burst * this.#callMs
  }

  /** Takes a call of a user's share; answers 0, or the whole seconds until there is one again. */
  async take(apiKey: string, userId: number): Promise<number> {
    await this.#load()
    const now = this.#clock()
    const key = keyOf(apiKey, userId)
    const share = this.#heavy.get(key) ??
      this.#light.get(key) ?? { apiKey, userId, unusedAt: now, unstoredMs: 0 }
    const unusedAt = Math.max(now, share.unusedAt) + this.#callMs
    const waitMs = unusedAt - now - this.#fullMs
    if (waitMs > 0) return Math.ceil(waitMs / 1000)
    share.unusedAt = unusedAt
    share.unstoredMs += this.#callMs
    if (unusedAt - now < storedFrom * this.#fullMs) this.#light.set(key, share)
    else this.#heavy.set(key, share)
    return 0
  }

  /** Adds what was used since to the store's, and takes over what other nodes have added. */
  async flush(): Promise<void> {
    const now = this.#clock()
    for (const [key, { unusedAt }] of this.#heavy) if (unusedAt <= now) this.#heavy.delete(key)
    const unstored = [...this.#heavy.values()].filter(({ unstoredMs }) => unstoredMs > 0)
    for (let at = 0; at < unstored.length; at += batch) await this.#add(unstored.slice(at, at + batch), now)
  }

  async #add(shares: readonly Share[], now: Instant): Promise<void> {
    const latest = now + 2 * this.#fullMs
    const used = shares.map(({ apiKey, userId, unstoredMs }) => ({
      ...{ rule: ruleOf + apiKey, slot: userId, usedMs: unstoredMs, latest },
    }))
    const ends = await this.#store.usePaces(used, now)
    for (const [index, share] of shares.entries()) {
      // Calls that came meanwhile are not stored yet.
      share.unstoredMs -= used[index]?.usedMs ?? 0
      share.unusedAt = Math.max(share.unusedAt, ends[index] ?? 0)
    }
  }

  #load(): Promise<void> {
    this.#loaded ??= this.#read().catch((error: unknown) => {
      this.#loaded = undefined
      throw error
    })
    return this.#loaded
  }

  async #read(): Promise<void> {
    for (const { rule, slot: userId, unusedAt } of await this.#store.listPaces(this.#clock())) {
      if (!rule.startsWith(ruleOf)) continue
      const apiKey = rule.slice(ruleOf.length)
      this.#heavy.set(keyOf(apiKey, userId), { apiKey, userId, unusedAt, unstoredMs: 0 })
    }
  }
}

/** Begins the name of the rule under which the shares of an app are stored. */
const ruleOf = 'share of '
const keyOf = (apiKey: string, userId: number): string => `${apiKey} ${userId}`

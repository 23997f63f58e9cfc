import { refused } from '../errors/api.ts'
import type { Quota } from '../errors/rate-limit-fields.ts'
import type { Instant, Store } from '../store/contract/store.ts'
import { BoundedMap } from './bounded-map.ts'
import { MonthShares } from './month-shares.ts'
import { type Pace, TokenBuckets } from './token-buckets.ts'

/** What an installation decides about plans. */
export interface PlanRules {
  /** The plan of every app. */
  readonly plan: 'free' | 'unlimited'
  /** The apps that have no limit though the others have. */
  readonly unlimitedApiKeys: ReadonlySet<string>
  /** Whether requests show where they come from; behind a proxy that is not trusted, one address is everybody's. */
  readonly knowsNetworks: boolean
}

/** The limits of a plan. */
export interface Limits extends Pace {
  readonly perMonth: number
}

/** The plan Free. A burst of five seconds' worth lets a page ask for all it shows at once. */
export const free: Limits = { perSecond: 10, burst: 50, perMonth: 500_000 }

/** What each user of an app has within it, whatever the others do. */
export const ofUser: Pace = { perSecond: 2, burst: 20 }
const secondsOfMonth = 30 * 86_400
/** Apps whose calls of the month are remembered; of others the store is asked again. */
const mostMonths = 10_000
/** Milliseconds after which it is asked what other nodes have counted, where there are any. */
const askAgainMs = 60_000

interface Month {
  readonly month: Instant
  calls: number
  askedAt: Instant
}

/** The part of an app's month that one of its users may use up. */
export const shareOfUser = 0.1

const quotaOf = (name: string, { perSecond, burst }: Pace): Quota => ({
  ...{ name, quota: burst, windowSeconds: Math.ceil(burst / perSecond) },
})

/** When the month of an instant began, in UTC. */
export function monthOf(at: Instant): Instant {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

/** Holds the calls of apps to their plan, and those without an app to a pace for each address. */
export class Plans {
  readonly #rules: PlanRules
  readonly #store: Store
  readonly #clock: () => Instant
  readonly #ofApps: TokenBuckets
  readonly #ofUsers: TokenBuckets
  readonly #shares: MonthShares
  readonly #ofAddresses: TokenBuckets
  readonly #months = new BoundedMap<string, Month>(mostMonths)

  readonly #askAgainMs: number

  /** @param isShared whether other nodes count in the same database */
  constructor(
    rules: PlanRules,
    deps: { readonly store: Store; readonly clock: () => Instant },
    isShared: boolean,
  ) {
    this.#askAgainMs = isShared ? askAgainMs : Number.POSITIVE_INFINITY
    this.#rules = rules
    this.#store = deps.store
    this.#clock = deps.clock
    this.#ofApps = new TokenBuckets(free, deps.clock)
    this.#ofUsers = new TokenBuckets(ofUser, deps.clock)
    const burst = free.perMonth * shareOfUser
    this.#shares = new MonthShares({ perSecond: burst / secondsOfMonth, burst }, deps)
    this.#ofAddresses = new TokenBuckets(free, deps.clock)
  }

  /** The limits of an app; null for none. */
  limitsOf(apiKey: string): Limits | null {
    return this.#rules.plan === 'unlimited' || this.#rules.unlimitedApiKeys.has(apiKey) ? null : free
  }

  /**
   * Takes a call out of an app's plan. What all its users share may be used up by some of them, and what each has of
   * their own lets them on all the same.
   * @throws OAuthError 429 when the app is too fast, or its month or the user's part of it is used up
   */
  async takeOfApp(apiKey: string, userId: number): Promise<void> {
    const limits = this.limitsOf(apiKey)
    if (limits === null) return
    const seconds = this.#ofApps.take(apiKey)
    if (this.#ofUsers.take(`${apiKey} ${userId}`) > 0 && seconds > 0)
      throw refused.tooFast(
        `This app makes more than ${limits.perSecond} requests a second`,
        quotaOf('app', limits),
        seconds,
      )
    const untilShare = await this.#shares.take(apiKey, userId)
    if (untilShare > 0) throw refused.shareUsedUp(limits.perMonth * shareOfUser, untilShare)
    const spent = await this.#month(apiKey)
    if (spent.calls >= limits.perMonth) throw refused.monthUsedUp(limits.perMonth, this.#untilNextMonth())
    spent.calls += 1
  }

  /**
   * Takes a call out of what an address may make without the token of an app.
   * @throws OAuthError 429 when it is too fast
   */
  takeOfAddress(address: string): void {
    if (this.#rules.plan === 'unlimited' || !this.#rules.knowsNetworks) return
    const seconds = this.#ofAddresses.take(address)
    const who = `This address makes more than ${free.perSecond} requests a second without the access token of an app`
    if (seconds > 0) throw refused.tooFast(who, quotaOf('address', free), seconds)
  }

  /** Stores what users have used of their shares. */
  flush(): Promise<void> {
    return this.#shares.flush()
  }

  async #month(apiKey: string): Promise<Month> {
    const now = this.#clock()
    const month = monthOf(now)
    const known = this.#months.get(apiKey)
    if (known?.month === month && now - known.askedAt < this.#askAgainMs) return known
    // Calls that come meanwhile do not ask as well.
    if (known !== undefined) known.askedAt = now
    const calls = await this.#store.countCalls(apiKey, month)
    // Another call may have asked at the same time, and been counted since.
    const meanwhile = this.#months.get(apiKey)
    if (meanwhile?.month === month) {
      meanwhile.calls = Math.max(meanwhile.calls, calls)
      return meanwhile
    }
    const fresh = { month, calls, askedAt: now }
    this.#months.set(apiKey, fresh)
    return fresh
  }

  #untilNextMonth(): number {
    const now = this.#clock()
    const date = new Date(monthOf(now))
    return Math.ceil((date.setUTCMonth(date.getUTCMonth() + 1) - now) / 1000)
  }
}

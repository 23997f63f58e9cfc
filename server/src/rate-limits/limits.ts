import type { Logger } from 'pino'
import type { Instant, LimitStore } from '../store/contract/store.ts'
import { type BackoffName, backoffs, type PaceName, paces } from './rules.ts'
import { slotFinder, slotsOfRule } from './slots.ts'
import { TooMany } from './too-many.ts'

/** What failures are counted for: one account, one browser or one network, and by which rule. */
export interface Counted {
  readonly of: BackoffName
  readonly key: string
}

/** An attempt that was let on, until it is known how it ended; until then it counts as failed. */
export interface Attempt {
  /** It was right: the failures at its account or in its browser are forgotten. */
  succeed(): Promise<void>
  /** Nothing came of it: it counts for nothing. */
  cancel(): Promise<void>
}

/** Every limit on how often something is done, by whom it can be counted. */
export interface Limits {
  /**
   * Takes one of what a network, or a person, may ask for.
   * @throws TooMany
   */
  take(pace: PaceName, key: string): void
  /** Gives back what was taken for something that then did not count. */
  giveBack(pace: PaceName, key: string): void
  /** Counts an attempt as failed before it is checked, so that many at once are no way around; or says how long to wait. */
  begin(counted: readonly Counted[]): Promise<Attempt | { readonly waitMs: number }>
  /** Stores what is used of the paces. */
  stop(): Promise<void>
}

/** Milliseconds of use that a crash may forget, and that other processes on the same store hear of late. */
const storeEvery = 1000
/** What is stored of a pace: strangers who ask for less than this part of it write nothing. */
const storedFrom = 0.25

/**
 * Opens the limits of a store. Paces are counted in memory, in as many numbers as there are slots, and added to the
 * store's every few seconds; attempts are counted by the store itself.
 * @param isExempt whether a key is held to no pace
 */
export async function openLimits(
  deps: { readonly store: LimitStore; readonly clock: () => Instant; readonly log: Logger },
  isExempt: (key: string) => boolean,
): Promise<Limits> {
  const { store, clock, log } = deps
  const slotOf = slotFinder(await store.limitSalt())
  // When each slot is unused again: what is used of it is the time until then.
  const unusedAt = new Map<string, Float64Array>(names.map((name) => [name, new Float64Array(slotsOfRule)]))
  const unstored = new Map<PaceName, Map<number, number>>(names.map((name) => [name, new Map()]))
  for (const { rule, slot, unusedAt: at } of await store.listPaces(clock())) {
    const slots = unusedAt.get(rule)
    if (slots) slots[slot] = at
  }

  function add(pace: PaceName, slot: number, ms: number, now: Instant): void {
    const slots = unusedAt.get(pace)
    if (slots === undefined) return
    slots[slot] = Math.max(now, usedUntil(pace, slot, now) + ms)
    const later = unstored.get(pace)
    later?.set(slot, (later.get(slot) ?? 0) + ms)
  }

  function usedUntil(pace: PaceName, slot: number, now: Instant): Instant {
    const at = unusedAt.get(pace)?.[slot] ?? 0
    return at > now && at <= latest(pace, now) ? at : now
  }

  async function write(): Promise<void> {
    const now = clock()
    const used = names.flatMap((rule) =>
      Array.from(unstored.get(rule) ?? [], ([slot, usedMs]) => ({
        ...{ rule, slot, usedMs },
        latest: latest(rule, now),
      })),
    )
    const worth = used.filter(({ rule, slot, usedMs }) => {
      const left = (unusedAt.get(rule)?.[slot] ?? 0) - now
      return usedMs > 0 && left >= storedFrom * fullMs(rule)
    })
    for (const { rule, slot } of used) if (isOver(rule, slot, now)) unstored.get(rule)?.delete(slot)
    if (worth.length === 0) return
    for (const { rule, slot } of worth) unstored.get(rule)?.delete(slot)
    const ends = await store.usePaces(worth, now)
    for (const [index, { rule, slot }] of worth.entries()) {
      const slots = unusedAt.get(rule)
      if (slots) slots[slot] = Math.max(slots[slot] ?? 0, ends[index] ?? 0)
    }
  }

  const isOver = (rule: PaceName, slot: number, now: Instant) => (unusedAt.get(rule)?.[slot] ?? 0) <= now

  let writing: Promise<void> = Promise.resolve()
  function flush(): Promise<void> {
    writing = writing.then(write).catch((error: unknown) => log.warn({ err: error }, 'storing limits failed'))
    return writing
  }
  const flushing = setInterval(flush, storeEvery)

  return {
    take(pace, key) {
      if (isExempt(key)) return
      const now = clock()
      const slot = slotOf(pace, key)
      const ms = 1000 / paces[pace].perSecond
      const waitMs = usedUntil(pace, slot, now) + ms - now - fullMs(pace)
      if (waitMs > 0) throw new TooMany(pace, Math.ceil(waitMs / 1000))
      add(pace, slot, ms, now)
    },
    giveBack(pace, key) {
      if (!isExempt(key)) add(pace, slotOf(pace, key), -1000 / paces[pace].perSecond, clock())
    },
    async begin(counted) {
      const slots = counted.map(({ of, key }) => ({ rule: of, slot: slotOf(of, key), ...backoffs[of] }))
      const waitMs = await store.countAttempt(slots, clock())
      if (waitMs > 0) return { waitMs }
      return {
        // What others failed at from the same network stays counted: one right password must not clear it.
        async succeed() {
          await store.uncountAttempt(slots.filter(({ rule }) => rule === 'network'))
          await store.forgetAttempts(slots.filter(({ rule }) => rule !== 'network'))
        },
        cancel: () => store.uncountAttempt(slots),
      }
    },
    stop() {
      clearInterval(flushing)
      return flush()
    },
  }
}

const names = Object.keys(paces) as readonly PaceName[]
const fullMs = (pace: PaceName): number => (1000 * paces[pace].burst) / paces[pace].perSecond

// Several processes may together use more than there is. Whatever lies later was noted before the clock was set back.
const latest = (pace: PaceName, now: Instant): Instant => now + 2 * fullMs(pace)

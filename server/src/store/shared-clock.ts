import type { Logger } from 'pino'
import type { Instant, Store } from './contract/store.ts'

/** Milliseconds between two comparisons, and by which clocks may differ. */
const everyMs = 10_000
const tolerance = 1_000

/** The clock by which the nodes of a database tell time. */
export interface SharedClock {
  readonly now: () => Instant
  stop(): void
}

/**
 * Corrects the clock of a node to that of its database where they differ by more than a second: nodes that told time each by
 * its own would take each other's leases, refuse codes that the other has just made, and call a repeated refresh a theft.
 */
export async function openSharedClock(deps: {
  readonly store: Pick<Store, 'readClock'>
  readonly clock: () => Instant
  readonly log: Logger
}): Promise<SharedClock> {
  const { store, clock, log } = deps
  let ahead = 0

  async function compare(): Promise<void> {
    const askedAt = performance.now()
    const there = await store.readClock()
    const half = (performance.now() - askedAt) / 2
    const difference = there + half - clock()
    if (Math.abs(difference - ahead) <= tolerance + half) return
    ahead = Math.round(difference)
    log.warn(
      { seconds: Math.round(ahead / 1000) },
      'the clock of the database differs from the one here, and is followed: set both by NTP',
    )
  }

  // A database that is away is asked again.
  const compared = () => compare().catch(() => undefined)
  await compared()
  const timer = setInterval(compared, everyMs)
  return { now: () => clock() + ahead, stop: () => clearInterval(timer) }
}

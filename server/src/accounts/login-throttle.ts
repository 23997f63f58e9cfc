import type { Instant } from '../store/contract/store.ts'

/**
 * Whose failures are counted together: those at one account, in one browser known to it, or from one network; and the
 * mails that one network asks for, each of which counts as a failure.
 */
export type Counted = { readonly of: keyof typeof allowances; readonly key: string }

/** An attempt that was let on, until it is known how it ended. */
export interface Attempt {
  /** It was right: the failures at its account or in its browser are forgotten. */
  right(): void
  /** It was not judged: it counts for nothing. */
  unjudged(): void
}

export interface Attempts {
  /** Counts an attempt as failed before it is judged, so that many at once are no way around; or says how long to wait. */
  begin(counted: readonly Counted[], now: Instant): Attempt | { readonly waitMs: number }
}

/** Failures that cost nothing yet. */
const allowances = { account: 10, browser: 10, network: 100, mail: 20 }
/** The wait after the first failure too many, which doubles with every further one, in milliseconds. */
const firstWait = 1_000
const longestWait = 15 * 60_000
/** How long failures are remembered after the last, in milliseconds. */
const memory = 60 * 60_000
/** Of more counts than these the oldest are forgotten. */
const mostCounts = 100_000

interface Count {
  failures: number
  blockedUntil: Instant
  forgetAt: Instant
}

/** Counts failed attempts at passwords, in memory: a restart forgets them. */
export function countAttempts(): Attempts {
  const counts = new Map<string, Count>()
  const nameOf = ({ of, key }: Counted) => `${of} ${key}`

  function countOf(counted: Counted, now: Instant): Count {
    const found = counts.get(nameOf(counted))
    return found && found.forgetAt > now ? found : { failures: 0, blockedUntil: 0, forgetAt: 0 }
  }

  function add(counted: Counted, now: Instant): void {
    const count = countOf(counted, now)
    count.failures += 1
    const beyond = count.failures - allowances[counted.of]
    if (beyond >= 0) count.blockedUntil = now + Math.min(longestWait, firstWait * 2 ** beyond)
    count.forgetAt = Math.max(now, count.blockedUntil) + memory
    counts.delete(nameOf(counted))
    counts.set(nameOf(counted), count)
    const [oldest] = counts.keys()
    if (counts.size > mostCounts && oldest !== undefined) counts.delete(oldest)
  }

  function takeBack(counted: Counted): void {
    const count = counts.get(nameOf(counted))
    if (count === undefined) return
    count.failures -= 1
    if (count.failures < allowances[counted.of]) count.blockedUntil = 0
    if (count.failures <= 0) counts.delete(nameOf(counted))
  }

  return {
    begin: (counted, now) => {
      const waitMs = Math.max(...counted.map((each) => countOf(each, now).blockedUntil - now))
      if (waitMs > 0) return { waitMs }
      for (const each of counted) add(each, now)
      return {
        // What others failed at from the same network stays counted: one right password must not clear it.
        right: () => {
          for (const each of counted)
            if (each.of === 'network') takeBack(each)
            else counts.delete(nameOf(each))
        },
        unjudged: () => counted.forEach(takeBack),
      }
    },
  }
}

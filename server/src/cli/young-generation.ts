import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Bytes for what was just made, in both halves together: V8 takes up to 128 MB on a machine with much memory. */
export const youngBytes = 32 * 1024 * 1024

/** By how much V8 multiplies it, each time that much of it was still in use. */
const growth = { usual: 2, none: 1 }

/**
 * Keeps the memory for what was just made from growing past {@link youngBytes}: an answer is garbage within milliseconds,
 * so more room only has the process hold more garbage. The option for it, `--max-semi-space-size`, is read when a process
 * starts, and nobody who starts this one should have to know it; how fast it grows is read each time it does.
 */
export function boundYoungGeneration(): void {
  let set = growth.usual
  const grow = (wanted: number) => {
    if (wanted !== set) setFlagsFromString(`--semi-space-growth-factor=${wanted}`)
    set = wanted
  }
  // A start is one long turn, in which nobody observes how often it grows.
  grow(growth.none)
  new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
    // V8 makes it smaller again when little happens.
    grow(young !== undefined && young.space_size < youngBytes ? growth.usual : growth.none)
  }).observe({ entryTypes: ['gc'] })
}

import { afterEach, beforeEach, vi } from 'vitest'

const realTimeout = setTimeout

/** Milliseconds of the test's clock that pass with each turn of real time, which takes one at least. */
const step = 25

/** What is done between two steps, as none can be made within another. */
const skips: (() => void)[] = []

/** Moves the clock of a test on at once, with all that its timers do meanwhile without waiting. */
export const skip = (milliseconds: number): Promise<void> =>
  new Promise<void>((resolve) => {
    skips.push(() => {
      vi.advanceTimersByTime(milliseconds)
      resolve()
    })
  })

/**
 * Lets timers and `performance.now` run about twenty times as fast in each test of a file. The clock moves step by step
 * between turns of the event loop, so that a busy machine slows it together with the requests that it waits for.
 */
export function runFastClock(): void {
  let isRunning = false
  let running: Promise<void> = Promise.resolve()

  async function run(): Promise<void> {
    while (isRunning) {
      await new Promise<void>((resolve) => realTimeout(resolve, 1))
      await vi.advanceTimersByTimeAsync(step)
      for (const move of skips.splice(0)) move()
    }
  }

  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
    })
    isRunning = true
    running = run()
  })

  afterEach(async () => {
    isRunning = false
    await running
    vi.useRealTimers()
  })
}

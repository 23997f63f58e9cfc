import type { Logger } from 'pino'
import type { Instant, Store } from './contract/store.ts'

/** Deletes what has expired while the server runs. */
export interface Sweeper {
  /** Ends once the batch under way is done. */
  stop(): Promise<void>
}

/** Milliseconds between two looks at what is due. */
const pause = 5000
/** Milliseconds that a batch may take: a request waits for one at most. */
const batchMs = 5
const [fewest, most] = [100, 2000]
/** Milliseconds after which it is told that more comes than goes. */
const growsAfter = 60_000
const countedRows = 10_000

/**
 * Sweeps batch by batch until nothing is due, and rests after each for half as long as it took, so that a backlog costs
 * requests little. How many rows make a batch is measured.
 */
export function startSweeper(deps: {
  readonly store: Pick<Store, 'sweep' | 'countOverdue'>
  readonly clock: () => Instant
  readonly log: Logger
}): Sweeper {
  const { store, clock, log } = deps
  const end = new AbortController()
  let rows = fewest
  let lastCount = 0
  let lastCountAt = 0

  async function sweepAll(): Promise<void> {
    lastCountAt = performance.now()
    lastCount = 0
    while (!end.signal.aborted) {
      const began = performance.now()
      const deleted = await store.sweep(clock(), rows)
      const took = performance.now() - began
      if (deleted < rows) return
      rows = took > batchMs ? Math.max(fewest, Math.floor(rows / 2)) : Math.min(most, Math.ceil(rows * 1.2))
      if (performance.now() - lastCountAt > growsAfter) await tellGrowth()
      await rest(took / 2)
    }
  }

  async function tellGrowth(): Promise<void> {
    const overdue = await store.countOverdue(clock(), countedRows)
    const count = Object.values(overdue).reduce((sum, each) => sum + each, 0)
    if (count > lastCount && lastCount > 0) log.warn({ overdue }, 'more rows expire than are swept')
    lastCount = count
    lastCountAt = performance.now()
  }

  const rest = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      // A signal that was given during a sweep is told to nobody who listens from now on.
      if (end.signal.aborted) return resolve()
      const timer = setTimeout(done, milliseconds)
      end.signal.addEventListener('abort', done, { once: true })
      function done(): void {
        clearTimeout(timer)
        end.signal.removeEventListener('abort', done)
        resolve()
      }
    })

  async function run(): Promise<void> {
    while (!end.signal.aborted) {
      try {
        await sweepAll()
      } catch (error) {
        log.warn({ err: error }, 'sweeping failed')
      }
      await rest(pause)
    }
  }

  const running = run()
  return {
    stop() {
      end.abort()
      return running
    },
  }
}

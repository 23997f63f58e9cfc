import type { Logger } from 'pino'
import { CommandError } from '../terminal.ts'
import { openCounts } from './counts.ts'
import { message } from './messages.ts'
import type { Processes, Worker } from './processes.ts'

/** Milliseconds before a worker that ended is started anew: doubled each time, until one has run for a while. */
const backoff = { first: 500, most: 30_000, forgottenAfter: 60_000 }

/** The workers of one server. */
export interface Workers {
  /** Has all of them drain and end. @throws CommandError when one did not end by itself */
  stop(): Promise<void>
  /** Nothing: each drains as it ends. */
  drain(): Promise<void>
}

/**
 * Starts workers, and starts one anew whenever it has ended.
 * @throws CommandError when one ends before it is ready
 */
export async function startWorkers(count: number, processes: Processes, log: Logger): Promise<Workers> {
  const counts = openCounts()
  const running = new Map<number, Worker>()
  const timers = new Set<NodeJS.Timeout>()
  let isEnding = false

  function fork(number: number): { readonly worker: Worker; readonly ready: Promise<boolean> } {
    const worker = processes.fork(number)
    running.set(number, worker)
    counts.add(worker)
    void worker.ended.then(() => running.delete(number))
    const ready = new Promise<boolean>((resolve) => {
      worker.on(({ kind }) => kind === 'ready' && resolve(true))
      void worker.ended.then(() => resolve(false))
    })
    return { worker, ready }
  }

  async function keep(number: number, worker: Worker, wait: number): Promise<void> {
    const since = performance.now()
    const ended = await worker.ended
    if (isEnding) return
    const next = performance.now() - since >= backoff.forgottenAfter ? backoff.first : wait
    const level = ended === 0 ? 'info' : 'error'
    log[level]({ worker: number, ended, ms: next }, 'a worker has ended, and is started anew')
    const timer = setTimeout(() => {
      timers.delete(timer)
      const again = fork(number)
      void again.ready.then((isReady) => isReady && log.info({ worker: number }, 'a worker is ready'))
      void keep(number, again.worker, Math.min(next * 2, backoff.most))
    }, next)
    timers.add(timer)
  }

  async function end(): Promise<void> {
    isEnding = true
    for (const timer of timers) clearTimeout(timer)
    const all = [...running]
    for (const [, worker] of all) worker.send(message('end'))
    const ends = await Promise.all(all.map(async ([number, { ended }]) => ({ number, ended: await ended })))
    const failed = ends.find(({ ended }) => ended !== 0)
    if (failed)
      throw new CommandError(`Worker ${failed.number} ended with ${failed.ended}; its log says why.`)
  }

  async function started(number: number): Promise<void> {
    const { worker, ready } = fork(number)
    if (!(await ready)) throw new CommandError(`Worker ${number} did not start; what it said stands above.`)
    void keep(number, worker, backoff.first)
  }

  try {
    // Alone, the first one brings the database to this version, and what is wrong is said once.
    await started(1)
    await Promise.all(Array.from({ length: count - 1 }, (_, index) => started(index + 2)))
  } catch (error) {
    await end().catch(() => undefined)
    throw error
  }
  return { stop: end, drain: async () => undefined }
}

import { countsOf, mergeMetrics } from '../../metrics/merge.ts'
import { message, type WorkerMessage } from './messages.ts'
import type { Worker } from './processes.ts'

/** Milliseconds for a worker to say its counts; then what it said last stands for them. */
const answerWithin = 1_000

/** What all workers of a port have counted. */
export interface Counts {
  add(worker: Worker): void
}

/** Adds the counts of workers together, as often as one of them asks. */
export function openCounts(): Counts {
  /** What each said last. */
  const last = new Map<Worker, string>()
  const asked = new Map<number, (text: string) => void>()
  let past = ''
  let latest = 0

  function ask(worker: Worker): Promise<void> {
    const id = ++latest
    const { promise, resolve } = Promise.withResolvers<string | undefined>()
    asked.set(id, resolve)
    const late = setTimeout(resolve, answerWithin, undefined)
    worker.send(message('count', id))
    return promise.then((text) => {
      clearTimeout(late)
      asked.delete(id)
      if (text !== undefined && last.has(worker)) last.set(worker, text)
    })
  }

  async function answer(worker: Worker, { id }: WorkerMessage): Promise<void> {
    await Promise.all(Array.from(last.keys(), ask))
    worker.send(message('counted', id, mergeMetrics([...last.values(), past])))
  }

  return {
    add(worker) {
      last.set(worker, '')
      worker.on((given) => {
        if (given.kind === 'count') void answer(worker, given)
        if (given.kind === 'counted') asked.get(given.id)?.(given.text)
      })
      void worker.ended.then(() => {
        past = mergeMetrics([past, countsOf(last.get(worker) ?? '')])
        last.delete(worker)
      })
    },
  }
}

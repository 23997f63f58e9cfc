import { Worker } from 'node:worker_threads'
import { StoreUnavailable } from '../../contract/errors.ts'
import type { Find } from '../../contract/search.ts'
import { toStoreError } from '../failure.ts'
import { isAnswer, type Question } from './question.ts'

/** Milliseconds for which a search is waited for, and for which the first one of a thread that is being started. */
const timeoutMs = 2_000
const startTimeoutMs = 15_000
/** Searches that may wait: more would only be given up later. */
const mostWaiting = 200

interface Waiting {
  readonly resolve: (ids: readonly number[]) => void
  readonly reject: (error: unknown) => void
}

/** Searches in a thread of its own, which is started by the first search and again after it failed. */
export function openSearchThread(file: string): {
  readonly find: Find
  readonly close: () => Promise<void>
} {
  const waiting = new Map<number, Waiting>()
  let number = 0
  let worker: Worker | null = null
  let isStarted = false
  let isClosed = false

  function start(): Worker {
    const started = new Worker(address(), { workerData: file })
    // An idle search thread must not keep the process from ending.
    started.unref()
    started.on('message', (message: unknown) => {
      if (!isAnswer(message)) return
      isStarted = true
      const asked = waiting.get(message.number)
      waiting.delete(message.number)
      if ('ids' in message) return asked?.resolve(message.ids)
      const reason = `The search failed: ${message.fault}`
      asked?.reject(message.isUnavailable ? new StoreUnavailable(reason) : new Error(reason))
    })
    started.on('error', (error) => giveUp(started, toStoreError(error)))
    started.on('exit', () => giveUp(started, new StoreUnavailable('The search ended')))
    return started
  }

  // Whatever waits for a thread that is gone, or that somebody else's search holds up, would wait in vain.
  function giveUp(gone: Worker, error: unknown): void {
    if (worker !== gone) return
    worker = null
    isStarted = false
    void gone.terminate()
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  const find: Find = (kind, text) =>
    new Promise((resolve, reject) => {
      if (isClosed) return reject(new StoreUnavailable('The store is closed'))
      if (waiting.size >= mostWaiting) return reject(new StoreUnavailable('Too many searches are waiting'))
      worker ??= start()
      const asked = worker
      const question: Question = { number: ++number, kind, text }
      const timer = setTimeout(
        () => giveUp(asked, new StoreUnavailable('The search took too long')),
        isStarted ? timeoutMs : startTimeoutMs,
      )
      const end =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer)
          settle(value)
        }
      waiting.set(question.number, { resolve: end(resolve), reject: end(reject) })
      asked.postMessage(question)
    })

  return {
    find,
    async close() {
      isClosed = true
      const ending = worker
      if (ending === null) return
      giveUp(ending, new StoreUnavailable('The store is closed'))
      await ending.terminate()
    },
  }
}

/** In a build the thread's file stands beside the one that this is bundled into. */
const address = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './search-worker.mjs', import.meta.url)

import type { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../contract/errors.ts'
import type { Verb } from '../sql/transaction.ts'
import { isBusy, isUnavailable, toStoreError } from './failure.ts'
import type { Runner } from './runner.ts'

/** Verbs in one commit: more save little and hold up the event loop longer. */
const largestBatch = 64
/** Milliseconds between two attempts to get a lock that another process holds. */
const retryDelay = 25

interface Waiting {
  /** By the monotonic clock. */
  readonly deadline: number
  /** Runs the verb, from its beginning each time, and answers what tells its caller, once that may be told. */
  run(): () => void
  reject(error: unknown): void
}

/** Commits the verbs that arrive together in one transaction. */
export interface GroupCommit {
  /**
   * Runs a verb; its result is answered after the commit. Rejects with `StoreUnavailable` when that fails.
   * @param verb makes it, anew for each time that it is run
   */
  write<R>(verb: () => Verb<R>): Promise<R>
  /** Answers when nothing is waiting any more. */
  drained(): Promise<void>
}

/**
 * Queues verbs for one connection; all are answered after their one commit. Where one of them throws, none was done, and
 * they run again, each under a savepoint of its own, so that it rejects alone: a savepoint for every verb always was an
 * eighth of what a refresh costs the store. `lockTimeoutMs`: milliseconds for which a verb waits for another process's lock.
 */
export function createGroupCommit(database: DatabaseSync, run: Runner, lockTimeoutMs: number): GroupCommit {
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const savepoint = database.prepare('SAVEPOINT verb')
  const release = database.prepare('RELEASE verb')
  const undo = database.prepare('ROLLBACK TO verb')
  let queue: Waiting[] = []
  /** Whether one of those that come next has thrown. */
  let isFaulty = false
  let onDrained: (() => void)[] = []

  function flush(): void {
    const batch = beginBatch()
    if (batch.length > 0) commitBatch(batch)
    if (batch.length > 0 && queue.length > 0) setImmediate(flush)
    if (queue.length === 0) {
      for (const resolve of onDrained) resolve()
      onDrained = []
    }
  }

  function beginBatch(): Waiting[] {
    try {
      begin.run()
      return queue.splice(0, largestBatch)
    } catch (error) {
      const now = performance.now()
      const keepsWaiting = (waiting: Waiting) => isBusy(error) && waiting.deadline > now
      const givenUp = queue.filter((waiting) => !keepsWaiting(waiting))
      queue = queue.filter(keepsWaiting)
      if (queue.length > 0) setTimeout(flush, retryDelay)
      for (const waiting of givenUp) waiting.reject(unavailable(error))
      return []
    }
  }

  function commitBatch(batch: readonly Waiting[]): void {
    try {
      const answers = isFaulty ? batch.map(runAlone) : runTogether(batch)
      isFaulty = answers === undefined
      if (answers === undefined) {
        database.exec('ROLLBACK')
        queue.unshift(...batch)
        return
      }
      commit.run()
      for (const answer of answers) answer()
    } catch (error) {
      // SQLite has rolled back by itself when the disk was full.
      if (database.isTransaction) database.exec('ROLLBACK')
      for (const waiting of batch) waiting.reject(unavailable(error))
    }
  }

  /** Undefined where one of them has thrown. */
  function runTogether(batch: readonly Waiting[]): readonly (() => void)[] | undefined {
    try {
      return batch.map((waiting) => waiting.run())
    } catch (error) {
      if (isUnavailable(error)) throw error
      return undefined
    }
  }

  function runAlone(waiting: Waiting): () => void {
    savepoint.run()
    try {
      const answer = waiting.run()
      release.run()
      return answer
    } catch (error) {
      if (isUnavailable(error)) throw error
      undo.run()
      release.run()
      return () => waiting.reject(error)
    }
  }

  return {
    write(verb) {
      return new Promise((resolve, reject) => {
        queue.push({
          deadline: performance.now() + lockTimeoutMs,
          run: () => {
            const result = run(verb())
            return () => resolve(result)
          },
          reject,
        })
        if (queue.length === 1) setImmediate(flush)
      })
    },
    drained() {
      return new Promise((resolve) => {
        if (queue.length === 0) resolve()
        else onDrained.push(resolve)
      })
    },
  }
}

function unavailable(error: unknown): unknown {
  const known = toStoreError(error)
  return known instanceof StoreUnavailable
    ? known
    : new StoreUnavailable('The transaction failed', { cause: error })
}

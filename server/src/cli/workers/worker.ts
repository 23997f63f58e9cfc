import { workerFolder } from './folder.ts'
import { message } from './messages.ts'
import type { Primary } from './processes.ts'

/** What makes a server one of several on a port. */
export interface Membership {
  readonly dataDir: string | null
  /** Answers the counts of all, of which this one's are read by `read`. */
  shareMetrics(read: () => string): () => Promise<string>
}

/** Milliseconds for the counts of the others; then this worker answers its own. */
const answerWithin = 2_000

/** Joins the workers that a process has started. */
export function joinWorkers(dataDir: string | null, primary: Primary): Membership {
  return {
    dataDir: workerFolder(dataDir, primary.number),
    shareMetrics: (read) => {
      const asked = new Map<number, (text: string) => void>()
      primary.on(({ kind, id, text }) => {
        if (kind === 'count') primary.send(message('counted', id, read()))
        if (kind !== 'counted') return
        asked.get(id)?.(text)
        asked.delete(id)
      })
      let latest = 0
      return async () => {
        const id = ++latest
        const { promise, resolve } = Promise.withResolvers<string>()
        asked.set(id, resolve)
        const late = setTimeout(() => {
          asked.delete(id)
          resolve(read())
        }, answerWithin)
        primary.send(message('count', id))
        try {
          return await promise
        } finally {
          clearTimeout(late)
        }
      }
    },
  }
}

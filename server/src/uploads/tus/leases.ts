import type { Random } from '../../crypto/secret.ts'
import type { Instant, Store } from '../../store/contract/store.ts'
import { createLocks, type Locks, locked } from './locks.ts'

/** Milliseconds between two signs of life of a request that sends bytes, and how long one holds. */
const heartbeat = 3_000
const leaseMs = 10_000

/** Who writes to an upload, by what the store knows them by. */
export interface Writers {
  /** The request of this node that holds an upload. */
  writerOf(id: string): string
}

interface LeaseDeps {
  readonly store: Store
  readonly clock: () => Instant
  readonly random: Random
}

/**
 * Locks that hold on every node: whoever holds an upload says so in the store, and says it again as long as they live.
 * Without that the upload is another's to take ten seconds later, or at once where somebody asks for it to be freed.
 */
export function createLeases({ store, clock, random }: LeaseDeps): Locks & Writers {
  const here = createLocks()
  const writers = new Map<string, string>()
  return {
    newLock: (id) => {
      const lock = here.newLock(id)
      const writer = Buffer.from(random(12)).toString('base64url')
      let pulse: NodeJS.Timeout | undefined
      return {
        lock: async (signal, release) => {
          await lock.lock(signal, release)
          try {
            const now = clock()
            if (!(await store.holdUpload(id, writer, now, now + leaseMs))) throw locked
          } catch (error) {
            await lock.unlock()
            throw error
          }
          writers.set(id, writer)
          const beat = async () => {
            if (!(await store.prolongUpload(id, writer, clock() + leaseMs))) await release()
          }
          // A store that does not answer now may do so at the next beat.
          pulse = setInterval(() => beat().catch(() => undefined), heartbeat)
        },
        unlock: async () => {
          clearInterval(pulse)
          writers.delete(id)
          try {
            await store.freeUpload(id, writer)
          } finally {
            await lock.unlock()
          }
        },
      }
    },
    writerOf: (id) => {
      const writer = writers.get(id)
      if (writer === undefined) throw new Error('Nobody holds this upload')
      return writer
    },
    isHeld: here.isHeld,
    free: async (id) => {
      await here.free(id)
      await store.freeUpload(id)
    },
  }
}

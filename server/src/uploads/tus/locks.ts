import type { Lock, Locker } from '@tus/server'

/** Who may write to an upload: one request at a time, all others are refused. */
export interface Locks extends Locker {
  /** Asks whoever holds an upload to release it, and waits until it has. */
  free(id: string): Promise<void>
  isHeld(id: string): boolean
}

/** What `lock` throws, in the form the tus server passes on. */
export const locked = { status_code: 423, body: 'locked' }

export function createLocks(): Locks {
  const held = new Map<string, { release(): void; readonly freed: Promise<void>; resolve(): void }>()
  return {
    newLock: (id): Lock => ({
      lock: async (_signal, release) => {
        if (held.has(id)) throw locked
        const { promise: freed, resolve } = Promise.withResolvers<void>()
        held.set(id, { release: () => void release(), freed, resolve })
      },
      unlock: async () => {
        held.get(id)?.resolve()
        held.delete(id)
      },
    }),
    isHeld: (id) => held.has(id),
    free: async (id) => {
      const holder = held.get(id)
      holder?.release()
      await holder?.freed
    },
  }
}

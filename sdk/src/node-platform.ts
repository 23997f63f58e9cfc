import type { Platform } from './platform.ts'
import { memoryStorage } from './token-store.ts'

/** Runs tasks of one name after another. */
function lockInProcess(): Platform['lock'] {
  const last = new Map<string, Promise<unknown>>()
  return (name, task) => {
    const result = (last.get(name) ?? Promise.resolve()).then(task)
    const ended: Promise<unknown> = result
      .catch(() => {})
      .then(() => {
        if (last.get(name) === ended) last.delete(name)
      })
    last.set(name, ended)
    return result
  }
}

/** A platform that nobody shares: a server holds the sessions of many people. */
export function nodePlatform(): Platform {
  return {
    storage: memoryStorage(),
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    lock: lockInProcess(),
    hear: () => () => {},
  }
}

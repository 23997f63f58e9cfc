import type { Platform } from './platform.ts'
import { processLock } from './process-lock.ts'
import { memoryStorage } from './token-store.ts'

/** A platform that nobody shares: a server holds the sessions of many people. */
export function nodePlatform(): Platform {
  return {
    storage: memoryStorage(),
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    lock: processLock(),
    hear: () => () => {},
  }
}

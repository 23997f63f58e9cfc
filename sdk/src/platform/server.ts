import { failure } from '../errors/errors.ts'
import type { Platform } from './platform.ts'
import { processLock } from './process-lock.ts'
import { memoryStorage } from './token-store.ts'

/** A platform that nobody shares: a server holds the sessions of many people. */
export function serverPlatform(): Platform {
  return {
    storage: memoryStorage(),
    randomBytes: (length) => {
      if (typeof crypto !== 'object') throw failure('no_secure_random', { reason: oldRuntime() })
      return crypto.getRandomValues(new Uint8Array(length))
    },
    lock: processLock(),
    on: () => () => {},
  }
}

/** What to run instead of a Node that has no Web Crypto among its globals. */
function oldRuntime(): string {
  const version = typeof process === 'object' ? process.versions?.node : undefined
  return version ? `this is Node ${version}: Node 20 or newer has it` : 'this runtime has no Web Crypto'
}

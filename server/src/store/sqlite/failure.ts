import { StoreUnavailable, unanswered } from '../contract/errors.ts'

const busy = 5
/** Locked, out of memory, read-only, interrupted, I/O error, corrupt, full, cannot open, locking protocol, not a database. */
const unavailable: ReadonlySet<number> = new Set([busy, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26])

/** Whether another connection holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === busy
}

/** Whether the database, and not the statement, is what failed. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof StoreUnavailable || unavailable.has(primaryCode(error))
}

/** The error to reject with: `StoreUnavailable` when the database failed, any other error as it is. */
export function toStoreError(error: unknown): unknown {
  if (!isUnavailable(error) || error instanceof StoreUnavailable) return error
  return unanswered('The database does not answer', error)
}

/** SQLite's extended result codes carry the primary one in their low byte. */
function primaryCode(error: unknown): number {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return 0
  return error.errcode & 0xff
}

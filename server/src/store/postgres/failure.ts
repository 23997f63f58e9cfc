import { StoreUnavailable, unanswered } from '../contract/errors.ts'
import { remedyFor } from './remedy.ts'

/** What a failed verb is to be done with: run anew, given up because the database cannot answer, or told as it is. */
export type Failure = 'conflict' | 'duplicate' | 'lost' | 'unavailable' | 'fault'

/** serialization_failure, deadlock_detected */
const conflicts: ReadonlySet<string> = new Set(['40001', '40P01'])
/** unique_violation: another transaction inserted what this one had not found. */
const uniqueViolation = '23505'
/** admin_shutdown, crash_shutdown, cannot_connect_now; idle_in_transaction_session_timeout ends the connection as well. */
const shutdowns: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '57P05', '25P03'])
/**
 * Classes in which the database failed and not the statement: connection, authorization, unknown database, resources,
 * intervention, system, internal.
 */
const unavailableClasses: ReadonlySet<string> = new Set(['08', '28', '3D', '53', '57', '58', 'XX'])
/** read_only_sql_transaction, as on a replica; insufficient_privilege; lock_not_available */
const unavailableCodes: ReadonlySet<string> = new Set(['25006', '42501', '55P03'])

/** What the driver failed with, as its cause: every other error of a verb is this software's own. */
export class DriverError extends Error {
  override readonly name = 'DriverError'
}

/** Marks what a call of the driver rejects with. */
export async function ofDriver<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (cause) {
    throw new DriverError('The database driver failed', { cause })
  }
}

/** Says what an error of the driver means. What has no SQLSTATE never reached a running database, or lost it. */
export function failureOf(error: unknown): Failure {
  const code = sqlState(error)
  if (code === undefined) return 'lost'
  if (conflicts.has(code)) return 'conflict'
  if (code === uniqueViolation) return 'duplicate'
  if (shutdowns.has(code) || code.startsWith('08')) return 'lost'
  if (unavailableCodes.has(code) || unavailableClasses.has(code.slice(0, 2))) return 'unavailable'
  return 'fault'
}

/** The error to reject with when the database cannot answer. */
export function unavailable(cause: unknown): StoreUnavailable {
  const remedy = remedyFor(cause)
  return remedy === undefined
    ? unanswered('The database does not answer', cause)
    : new StoreUnavailable(remedy, { cause })
}

function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  // Unlike EPIPE, every one of them has a digit.
  return typeof code === 'string' && /^(?=.*\d)[\dA-Z]{5}$/.test(code) ? code : undefined
}

import { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../contract/errors.ts'
import { toStoreError } from './failure.ts'

/** Milliseconds to wait for a lock that another process holds. */
const timeout = 5_000

/**
 * Copies a database, which others may write to meanwhile, as it is at one moment.
 * @throws StoreUnavailable when it cannot be read or the copy cannot be written
 */
export function copyDatabase(from: string, to: string): void {
  try {
    const database = new DatabaseSync(from, { readOnly: true })
    try {
      database.exec(`PRAGMA busy_timeout = ${timeout}`)
      database.prepare('VACUUM INTO ?').run(to)
    } finally {
      database.close()
    }
  } catch (error) {
    throw toStoreError(error)
  }
}

/** Says whether a database is whole and no row of it points nowhere. @throws StoreUnavailable when it is no database */
export function isSound(file: string): boolean {
  try {
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      const [whole] = database.prepare('PRAGMA integrity_check').all()
      return (
        whole?.['integrity_check'] === 'ok' && database.prepare('PRAGMA foreign_key_check').all().length === 0
      )
    } finally {
      database.close()
    }
  } catch (error) {
    throw error instanceof Error ? new StoreUnavailable(`${file} cannot be read`, { cause: error }) : error
  }
}

import { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../contract/errors.ts'
import { emailKey } from '../sql/accounts/login-keys.ts'
import { migrations } from '../sql/migrations.ts'
import { type Migrated, newest, versionOf } from '../sql/schema-version.ts'
import { isBusy, isUnavailable } from './failure.ts'
import { addSearchFunctions } from './search/functions.ts'

/** Milliseconds for which a start may wait for another process that migrates. */
const startTimeout = 5_000
/** Bytes of the file that are read by way of memory; the operating system takes them back as it likes. */
const mappedBytes = 1024 ** 3
const cachedKilobytes = 8 * 1024
/** Milliseconds for which a statement may hold up the event loop waiting for a lock. */
const statementTimeout = 50

/**
 * Opens a database file or ':memory:' with durable commits, and migrates it. Throws `SchemaTooNew` for a database of a
 * newer version that this one cannot work on, `StoreUnavailable` when the file cannot be opened or stays locked.
 */
export function openDatabase(file: string): {
  readonly database: DatabaseSync
  readonly migration: Migrated
} {
  try {
    const database = new DatabaseSync(file)
    try {
      database.exec(`PRAGMA busy_timeout = ${startTimeout}`)
      configure(database, file)
      const migration = migrate(database)
      database.exec(`PRAGMA busy_timeout = ${statementTimeout}`)
      return { database, migration }
    } catch (error) {
      database.close()
      throw error
    }
  } catch (error) {
    if (!isUnavailable(error) || error instanceof StoreUnavailable) throw error
    const why = error instanceof Error ? error.message : String(error)
    const remedy = isBusy(error)
      ? 'Another program holds it: try again once that has ended.'
      : 'Name a folder whose database this user may read and write, or bring a backup of it back.'
    throw new StoreUnavailable(`The database ${file} cannot be opened (${why}). ${remedy}`, { cause: error })
  }
}

function configure(database: DatabaseSync, file: string): void {
  const journal = readOne(database, 'PRAGMA journal_mode = WAL')
  if (journal !== (file === ':memory:' ? 'memory' : 'wal')) {
    throw new StoreUnavailable(`The database ${file} refuses a write-ahead log (its journal is ${journal})`)
  }
  // Tokens are looked up at random places: without the map each costs system calls (a fifth of its processor time,
  // measured at 1.5 million rows). The cache is for the pages of the log, which the map does not have.
  database.exec(`PRAGMA mmap_size = ${mappedBytes}; PRAGMA cache_size = -${cachedKilobytes}`)
  database.exec('PRAGMA synchronous = FULL')
  const full = 2
  if (readOne(database, 'PRAGMA synchronous') !== full) {
    throw new StoreUnavailable(`The database ${file} refuses durable commits`)
  }
}

function migrate(database: DatabaseSync): Migrated {
  // A table that others refer to is made anew with them off; it takes no effect inside a transaction.
  database.exec('PRAGMA foreign_keys = OFF')
  database.function('email_key', { deterministic: true }, (email) => emailKey(String(email)))
  addSearchFunctions(database)
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT')
    const from = versionOf(database.prepare('SELECT * FROM schema_version').get())
    const to = newest.version
    for (const sql of migrations.slice(from)) database.exec(sql)
    if (from < to) {
      const orphan = database.prepare('PRAGMA foreign_key_check').get()
      if (orphan) throw new Error(`A migration left a row of ${orphan['table']} without what it refers to`)
      database.exec('DELETE FROM schema_version')
      const insert = database.prepare('INSERT INTO schema_version (version, works_from) VALUES (?, ?)')
      insert.run(to, newest.worksFrom)
    }
    database.exec('COMMIT')
    database.exec('PRAGMA foreign_keys = ON')
    return { from, to }
  } catch (error) {
    // A full disk has ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function readOne(database: DatabaseSync, sql: string): unknown {
  return Object.values(database.prepare(sql).get() ?? {})[0]
}

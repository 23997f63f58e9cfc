import type { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../contract/errors.ts'
import type { Store } from '../contract/store.ts'
import { remembering } from '../sql/remember.ts'
import type { Migrated } from '../sql/schema-version.ts'
import { storeOf } from '../sql/store-of.ts'
import type { Verb } from '../sql/transaction.ts'
import type { Isolation } from '../sql/verb-entry.ts'
import { followChanges } from './changes.ts'
import { openDatabase } from './database.ts'
import { toStoreError } from './failure.ts'
import { createGroupCommit } from './group-commit.ts'
import { createRunner } from './runner.ts'
import { finderOn } from './search/find.ts'
import { openSearchThread } from './search/thread.ts'

/** Where the database is and how long a write waits for it. */
export interface SqliteOptions {
  /** A path, or ':memory:' for a store that ends with the process. */
  readonly file: string
  /** Milliseconds for which a write waits for another process's lock; 5,000 unless given. */
  readonly lockTimeoutMs?: number
}

/** Migrates a database file and closes it again; throws as `openSqliteStore` does. */
export function migrateSqlite(file: string): Migrated {
  const { database, migration } = openDatabase(file)
  database.close()
  return migration
}

/**
 * Opens the store on a SQLite file, migrated to the newest schema. Throws `SchemaTooNew` for a database of a newer
 * version that this one cannot work on, and `StoreUnavailable` when it cannot be opened; the verbs reject with `StoreUnavailable` when the database is
 * locked for too long, full, read-only, failing or closed.
 */
export function openSqliteStore({ file, lockTimeoutMs = 5_000 }: SqliteOptions): Store {
  const { database } = openDatabase(file)
  const changes = followChanges(database)
  const run = createRunner(database, changes)
  const group = createGroupCommit(database, run, lockTimeoutMs)
  const search = file === ':memory:' ? searchHere(database) : openSearchThread(file)
  let closing: Promise<void> | undefined

  async function runVerb<R>(isolation: Isolation, verb: () => Verb<R>): Promise<R> {
    if (closing) throw new StoreUnavailable('The store is closed')
    // One connection writes at a time, so `write` is as exclusive as `exclusive`.
    if (isolation !== 'read') return group.write(verb)
    try {
      return run(verb())
    } catch (error) {
      throw toStoreError(error)
    }
  }

  async function close(): Promise<void> {
    await group.drained()
    await search.close()
    try {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch (error) {
      throw toStoreError(error)
    } finally {
      database.close()
    }
  }

  const store = storeOf(runVerb, search.find, {
    readClock: async () => Date.now(),
    close: () => {
      closing ??= close()
      return closing
    },
  })
  return Object.assign(store, remembering({ ...store }, changes.epochOf))
}

/** Another connection would have a memory of its own. */
function searchHere(database: DatabaseSync): ReturnType<typeof openSearchThread> {
  let find: ReturnType<typeof finderOn> | undefined
  return {
    async find(kind, text) {
      find ??= finderOn(database)
      return find(kind, text)
    },
    close: async () => {},
  }
}

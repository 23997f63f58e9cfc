import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Store } from './contract/store.ts'
import type { openPostgresStore } from './postgres/store.ts'
import { checkRestored, closeToOthers, makeDataFolder } from './sqlite/data-folder.ts'
import { lockFolder } from './sqlite/folder-lock.ts'
import { openSqliteStore } from './sqlite/store.ts'

type PostgresSettings = Parameters<typeof openPostgresStore>[0]

/** Where an installation keeps its data. */
export interface Place {
  /** `null` keeps everything in memory. */
  readonly dataDir: string | null
  /** `null` keeps a database in the folder. */
  readonly database: PostgresSettings | null
}

/**
 * Opens the store of an installation: its PostgreSQL, or the database in its folder, which is made when it is not there.
 * @throws DataFolderError, SchemaTooNew, StoreUnavailable
 */
export async function openStore({ dataDir, database }: Place): Promise<Store> {
  // Who has SQLite does not load the other.
  if (database !== null) return (await import('./postgres/store.ts')).openPostgresStore(database)
  if (dataDir === null) return openSqliteStore({ file: ':memory:' })
  makeDataFolder(dataDir)
  return openSqliteStore({ file: join(dataDir, 'stagedoor.db') })
}

/**
 * As `openStore`, for the one server of a folder: nobody but its owner may read it, and until the store is closed no
 * other server works on it.
 * @throws DataFolderError, SchemaTooNew, StoreUnavailable
 */
export async function openServerStore(place: Place, log: Logger): Promise<Store> {
  const { dataDir } = place
  if (dataDir === null) return openStore(place)
  makeDataFolder(dataDir)
  const lock = lockFolder(dataDir)
  try {
    checkRestored(dataDir)
    const store = await openStore(place)
    const { mended, open } = closeToOthers(dataDir)
    if (mended.length > 0)
      log.warn({ paths: mended }, 'others could read the data folder; they no longer can')
    if (open.length > 0)
      log.warn(
        { paths: open },
        'others can read the data folder, whose owner is somebody else: close it to them',
      )
    return {
      ...store,
      close: async () => {
        try {
          await store.close()
        } finally {
          lock.release()
        }
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

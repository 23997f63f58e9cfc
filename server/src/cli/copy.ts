import { existsSync } from 'node:fs'
import { readDatabase } from '../config.ts'
import { CopyError, importSqlite } from '../store/postgres/import.ts'
import { lockFolder } from '../store/sqlite/folder-lock.ts'
import { readArguments } from './arguments.ts'
import { databaseFile } from './data.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const copyHelp = `stagedoor copy --from DIR --to URL

Moves the database of an installation from its data folder into an empty PostgreSQL database, while no server works on the
folder. Everything arrives in one transaction, which is committed once every table has the same rows on both sides, by count and by
digest; what is cut off leaves nothing, and is begun again. The folder stays as it is. Files that are served lie under the same names in
a bucket as in DIR/content.

  --from DIR   the installation's data
  --to URL     postgres://user:password@host:5432/database
  --json       answer in JSON`

const options = { from: { type: 'string' }, to: { type: 'string' }, json: { type: 'boolean' } } as const

/** `stagedoor copy` */
export async function copy(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, options)
  const { from, to } = values
  if (!from || !to) throw new CommandError('--from and --to are both needed.')
  if (!existsSync(databaseFile(from))) throw new CommandError(`There is no database in ${from}.`)
  const database = readDatabase({ ...terminal.settings, DATABASE_URL: to })
  if (database === null) throw new CommandError('--to names no PostgreSQL.')
  const lock = lockFolder(from)
  try {
    const tables = await importSqlite(databaseFile(from), database)
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    terminal.out(
      values.json ? JSON.stringify({ tables, rows }) : `Copied ${rows} rows of ${tables.length} tables.`,
    )
  } catch (error) {
    throw error instanceof CopyError ? new CommandError(error.message) : error
  } finally {
    lock.release()
  }
}

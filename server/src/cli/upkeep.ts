import { readDatabase } from '../config.ts'
import type { Migrated } from '../store/sql/schema-version.ts'
import { makeDataFolder } from '../store/sqlite/data-folder.ts'
import { migrateSqlite } from '../store/sqlite/store.ts'
import { readArguments } from './arguments.ts'
import { databaseFile, dataHelp, dataOptions, placeOf, withStore } from './data.ts'
import type { Terminal } from './terminal.ts'

export const migrateHelp = `stagedoor migrate

Brings an installation's database to this version's schema, as every start does. A folder without one gets one.

${dataHelp}`

export const purgeHelp = `stagedoor purge

Deletes what has expired, as a running server does by itself. The bytes of uploads go when a server runs: at its start,
and every hour.

${dataHelp}`

const batch = 1000

/** `stagedoor migrate` */
export async function migrate(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, dataOptions)
  const { from, to } = await migrateAt(values['data-dir'], terminal)
  terminal.out(values.json ? JSON.stringify({ from, to }) : wordsOf({ from, to }))
}

function wordsOf({ from, to }: Migrated): string {
  if (from === to) return `The schema is at version ${to} already.`
  return from < to
    ? `Migrated from version ${from} to ${to}.`
    : `The schema is at version ${from}, of newer software; this one, which knows versions up to ${to}, works on it as it is.`
}

async function migrateAt(option: string | undefined, { settings }: Terminal): Promise<Migrated> {
  const database = readDatabase(settings)
  if (database !== null) return (await import('../store/postgres/store.ts')).migratePostgres(database)
  const folder = option ?? settings['DATA_DIR'] ?? '.stagedoor'
  makeDataFolder(folder)
  return migrateSqlite(databaseFile(folder))
}

/** `stagedoor purge` */
export async function purge(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, dataOptions)
  const deleted = await withStore(placeOf(values['data-dir'], terminal), async (store) => {
    let total = 0
    for (;;) {
      const { ids } = await store.sweepUploads(Date.now(), batch)
      const rows = ids.length + (await store.sweep(Date.now(), batch))
      total += rows
      if (rows === 0) return total
    }
  })
  terminal.out(values.json ? JSON.stringify({ deleted }) : `Deleted ${deleted} expired rows.`)
}

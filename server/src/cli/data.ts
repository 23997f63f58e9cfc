import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../server.ts'
import type { Store } from '../store/contract/store.ts'
import { CommandError, type Terminal } from './terminal.ts'

/** The options of every command that works on an installation's data. */
export const dataOptions = { 'data-dir': { type: 'string' }, json: { type: 'boolean' } } as const

/** Their lines in a command's help. */
export const dataHelp = `  --data-dir DIR   the installation's data (default: DATA_DIR, else .stagedoor)
  --json           answer in JSON`

/** The folder a command works on. @throws CommandError when there is no installation in it */
export function dataDirectory(option: string | undefined, terminal: Terminal): string {
  const folder = option ?? terminal.settings['DATA_DIR'] ?? '.stagedoor'
  if (!existsSync(folder))
    throw new CommandError(
      `There is no folder ${folder}. Name the installation's with --data-dir or DATA_DIR.`,
    )
  return folder
}

/** The name of the installation, which no app or handle may take. */
export const brandOf = (terminal: Terminal): string => terminal.settings['BRAND_NAME'] || 'Audius'

/** Runs some work on the store of an installation, which may be serving meanwhile. */
export async function withStore<T>(folder: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = openStore(folder)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Where the database of a data folder lies. */
export const databaseFile = (folder: string): string => join(folder, 'stagedoor.db')

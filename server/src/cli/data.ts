import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseApiKey } from '../apps/api-key.ts'
import { readDatabase } from '../config.ts'
import type { Store, User } from '../store/contract/store.ts'
import { openStore, type Place } from '../store/open.ts'
import { CommandError, type Terminal } from './terminal.ts'

/** The options of every command that works on an installation's data. */
export const dataOptions = { 'data-dir': { type: 'string' }, json: { type: 'boolean' } } as const

/** The lines of `dataOptions` in a command's help. */
export const dataHelp = `  --data-dir DIR   the installation's data (default: DATA_DIR, else .stagedoor); where DATABASE_URL names a PostgreSQL,
                   that is worked on instead
  --json           answer in JSON`

/**
 * The folder a command works on.
 * @param isMade whether a folder that has no database yet is given one
 * @throws CommandError when there is no installation in it
 */
export function dataDirectory(option: string | undefined, terminal: Terminal, isMade = false): string {
  const folder = option ?? terminal.settings['DATA_DIR'] ?? '.stagedoor'
  if (!existsSync(folder))
    throw new CommandError(
      `There is no folder ${folder}. Name the installation's with --data-dir or DATA_DIR.`,
    )
  // Who looks in another folder than they mean would take an empty answer for the truth.
  if (!isMade && statSync(folder).isDirectory() && !existsSync(databaseFile(folder)))
    throw new CommandError(
      `There is no installation in the folder ${folder}. Name its own with --data-dir or DATA_DIR.`,
    )
  return folder
}

/** The data a command works on, as `dataDirectory`: PostgreSQL's where the settings name one. @throws CommandError when there is none */
export function placeOf(option: string | undefined, terminal: Terminal, isMade = false): Place {
  const database = readDatabase(terminal.settings)
  return { database, dataDir: database === null ? dataDirectory(option, terminal, isMade) : null }
}

/** The name of the installation, which no app or handle may take. */
export const brandOf = (terminal: Terminal): string => terminal.settings['BRAND_NAME'] || 'Audius'

/** Runs some work on the store of an installation, which may be serving meanwhile. */
export async function withStore<T>(place: Place, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** As `withStore`, for what the operator changes: the audit log says so. */
export const withOperator = <T>(place: Place, work: (store: Store) => Promise<T>): Promise<T> =>
  withStore(place, (store) =>
    work(store.as({ by: 'operator', network: null, requestId: null, at: Date.now() })),
  )

/** The account of a handle, with or without @. @throws CommandError when there is none */
export async function userOf(handle: string, store: Store): Promise<User> {
  const user = await store.findUserByHandle(handle.replace(/^@/, ''))
  if (user === undefined) throw new CommandError(`There is no account @${handle.replace(/^@/, '')}.`)
  return user
}

/** An API key as it is stored. @throws CommandError when it is none */
export function keyOf(text: string | undefined): string {
  const apiKey = parseApiKey(text ?? '')
  if (apiKey === undefined) throw new CommandError('API_KEY must be 40 hex digits.')
  return apiKey
}

/** A moment in milliseconds since the Unix epoch. @throws CommandError when it is none */
export function momentOf(option: string, text: string): number {
  const isDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
  const moment = isDate ? Date.parse(text) : Number.NaN
  if (Number.isNaN(moment))
    throw new CommandError(
      `${option} must be a date such as 2026-05-04, or a time such as 2026-05-04T10:00Z.`,
    )
  return moment
}

/** Where the database of a data folder lies. */
export const databaseFile = (folder: string): string => join(folder, 'stagedoor.db')

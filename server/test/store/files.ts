import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished } from 'vitest'

/** The path of a database that goes with the test. */
export function temporaryFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'stagedoor-store-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  return join(directory, 'store.sqlite')
}

/** Another connection to a database file, closed with the test. */
export function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  onTestFinished(() => {
    if (database.isOpen) database.close()
  })
  return database
}

/** Fails unless the file is whole and no row points nowhere. */
export function expectSound(file: string): void {
  const database = new DatabaseSync(file)
  expect(database.prepare('PRAGMA integrity_check').all()).toMatchObject([{ integrity_check: 'ok' }])
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([])
  database.close()
}

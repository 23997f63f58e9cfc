import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { secretFileName } from '../crypto/installation-secret.ts'
import { lastMoment } from '../store/contract/types.ts'
import { isSound } from '../store/sqlite/copy.ts'
import { makeDataFolder, restoringName } from '../store/sqlite/data-folder.ts'
import { lockFolder } from '../store/sqlite/folder-lock.ts'
import { openSqliteStore } from '../store/sqlite/store.ts'
import { readArguments } from './arguments.ts'
import { copyFile, databaseName, verified } from './backup-files.ts'
import { dataHelp, dataOptions } from './data.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const restoreHelp = `stagedoor restore FOLDER [--keep-tokens] [--replace]

Brings back what stagedoor backup has copied into FOLDER, after every file was held against its digest. No server may work on the
data folder meanwhile. What was revoked after the backup would be back with it, so every session, token and remembered consent
ends: people sign in again.

  --keep-tokens    leave them as they were at the time of the backup
  --replace        move what is in the data folder aside, into a folder in it

${dataHelp}`

const options = { ...dataOptions, 'keep-tokens': { type: 'boolean' }, replace: { type: 'boolean' } } as const

/** What of a data folder a restore puts in the place of what was there. */
const parts = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`, 'content', 'uploads']

/** `stagedoor restore` */
export async function restore(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, options, ['FOLDER'])
  const from = resolve(positionals[0] ?? '')
  const to = resolve(values['data-dir'] ?? terminal.settings['DATA_DIR'] ?? '.stagedoor')
  const { files, createdAt } = await verified(from)
  makeDataFolder(to)
  const lock = lockFolder(to)
  try {
    const isTaken = existsSync(join(to, databaseName))
    if (isTaken && !values.replace)
      throw new CommandError(
        `There is an installation in ${to} already. Name another folder with --data-dir, or say --replace to move it aside.`,
      )
    // While this folder is there no server starts: what it would find is half of one installation.
    const staged = join(to, restoringName)
    rmSync(staged, { recursive: true, force: true })
    mkdirSync(staged, { mode: 0o700 })
    for (const { path } of files) await copyFile(join(from, path), join(staged, path), path)
    if (!isSound(join(staged, databaseName)))
      throw new CommandError('The database of the backup is damaged. Use another backup.')
    const ended = values['keep-tokens'] ? null : await endAllAccess(join(staged, databaseName))
    const aside = join(to, `replaced-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`)
    for (const part of isTaken ? parts : []) moveIfThere(to, aside, part)
    // The secret that is there is that of the backup too, where it has none of its own.
    if (existsSync(join(staged, secretFileName))) moveIfThere(to, aside, secretFileName)
    for (const part of [...parts, secretFileName]) moveIfThere(staged, to, part)
    rmSync(staged, { recursive: true })
    terminal.out(
      values.json
        ? JSON.stringify({ folder: to, from: createdAt, files: files.length, ended })
        : `Restored ${files.length} files, as they were at ${createdAt}, to ${to}. ${ended === null ? 'Tokens were kept.' : 'Every session and token has ended.'}`,
    )
  } finally {
    lock.release()
  }
}

async function endAllAccess(file: string) {
  const store = openSqliteStore({ file })
  try {
    const now = Date.now()
    const operator = store.as({ by: 'operator', network: null, requestId: null, at: now })
    // Also what a clock that was ahead has dated after now.
    return await operator.endAccess({ before: lastMoment }, now)
  } finally {
    await store.close()
  }
}

function moveIfThere(from: string, to: string, part: string): void {
  if (!existsSync(join(from, part))) return
  mkdirSync(to, { recursive: true, mode: 0o700 })
  rmSync(join(to, part), { recursive: true, force: true })
  renameSync(join(from, part), join(to, part))
}

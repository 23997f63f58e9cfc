import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readDatabase } from '../config.ts'
import { secretFileName } from '../crypto/installation-secret.ts'
import { copyDatabase } from '../store/sqlite/copy.ts'
import { readArguments } from './arguments.ts'
import {
  type BackedUp,
  copyFile,
  databaseName,
  describe,
  filesBelow,
  type Manifest,
  manifestName,
  verified,
} from './backup-files.ts'
import { databaseFile, dataDirectory, dataHelp, dataOptions } from './data.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const backupHelp = `stagedoor backup FOLDER [--without-keys]

Copies everything of an installation, which may be serving meanwhile, into a new folder: the database as it is at one moment,
what is served, the secret of the keys that sign, and a manifest with the digest of every file, against which the copy is read once more. Uploads on their way
are not part of it. Whoever has the folder has the password hashes and emails, and can sign ID tokens: keep it as you keep the data folder.

  --without-keys   leave the secret out: who restores it signs by new keys

${dataHelp}`

const options = { ...dataOptions, 'without-keys': { type: 'boolean' } } as const

/** `stagedoor backup` */
export async function backup(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, options, ['FOLDER'])
  if (readDatabase(terminal.settings) !== null)
    throw new CommandError(
      'The database is a PostgreSQL: back it up with pg_dump, and the data folder as files.',
    )
  const from = dataDirectory(values['data-dir'], terminal)
  const to = resolve(positionals[0] ?? '')
  if (existsSync(to)) throw new CommandError(`There is ${to} already. Name a folder that is not there yet.`)
  // It is renamed when it is whole, so that a copy that was interrupted is never taken for a backup.
  const partial = `${to}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true, mode: 0o700 })
  copyDatabase(databaseFile(from), join(partial, databaseName))
  const files: BackedUp[] = [await describe(join(partial, databaseName), databaseName)]
  const content = (await filesBelow(join(from, 'content'))).map((name) => `content/${name}`)
  for (const path of values['without-keys'] ? content : [secretFileName, ...content]) {
    const copied = await copyFile(join(from, path), join(partial, path), path)
    // What nothing refers to any more is swept at any time; an installation without ID tokens has no secret.
    if (copied !== undefined) files.push(copied)
  }
  const manifest: Manifest = { format: 1, createdAt: new Date().toISOString(), files }
  writeFileSync(join(partial, manifestName), JSON.stringify(manifest, null, 1), { flush: true, mode: 0o600 })
  await verified(partial)
  renameSync(partial, to)
  const bytes = files.reduce((total, file) => total + file.bytes, 0)
  terminal.out(
    values.json
      ? JSON.stringify({ folder: to, files: files.length, bytes })
      : `Backed up ${files.length} files of ${bytes} bytes to ${to}`,
  )
}

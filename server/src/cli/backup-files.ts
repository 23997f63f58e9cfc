import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CommandError } from './terminal.ts'

/** A file of a backup. */
export interface BackedUp {
  /** Below the folder of the backup, with `/`. */
  readonly path: string
  readonly bytes: number
  /** In hex. */
  readonly sha256: string
}

/** What a backup says of itself. */
export interface Manifest {
  readonly format: 1
  readonly createdAt: string
  readonly files: readonly BackedUp[]
}

export const manifestName = 'manifest.json'
export const databaseName = 'stagedoor.db'

/** Copies a file, durably; `undefined` when it is gone. */
export async function copyFile(from: string, to: string, path: string): Promise<BackedUp | undefined> {
  mkdirSync(dirname(to), { recursive: true })
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform: (part: Buffer, _encoding, done) => {
      hash.update(part)
      bytes += part.length
      done(null, part)
    },
  })
  try {
    await pipeline(createReadStream(from), count, createWriteStream(to, { flush: true, mode: 0o600 }))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  return { path, bytes, sha256: hash.digest('hex') }
}

/** A file that is there, by what it holds. */
export async function describe(file: string, path: string): Promise<BackedUp> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return { path, bytes: (await stat(file)).size, sha256: hash.digest('hex') }
}

/** The files below a folder, by their paths in it; none where there is no folder. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

/** Reads what a backup says of itself and holds every file against it. @throws CommandError when it is not whole */
export async function verified(folder: string): Promise<Manifest> {
  const manifest = parse(await readFile(join(folder, manifestName), 'utf8').catch(() => ''), folder)
  for (const file of manifest.files) {
    const found = await describe(join(folder, file.path), file.path).catch(() => undefined)
    if (found === undefined)
      throw new CommandError(`The backup is not whole: ${file.path} is missing. Use another.`)
    if (found.sha256 !== file.sha256)
      throw new CommandError(`The backup is damaged: ${file.path} is not what was backed up. Use another.`)
  }
  return manifest
}

function parse(text: string, folder: string): Manifest {
  const none = new CommandError(
    `${folder} is no backup of stagedoor, or one that was cut off: it has no ${manifestName}.`,
  )
  try {
    const { format, createdAt, files }: Record<string, unknown> = JSON.parse(text)
    if (format !== 1 || typeof createdAt !== 'string' || !Array.isArray(files)) throw none
    return { format, createdAt, files: files.map(fileOf) }
  } catch {
    throw none
  }
}

function fileOf({ path, bytes, sha256 }: Record<string, unknown>): BackedUp {
  const isInside =
    typeof path === 'string' && /^(?:stagedoor\.db|secret\.key|content(?:\/[\w.-]*\w[\w.-]*)+)$/.test(path)
  if (!isInside || path.includes('..') || typeof bytes !== 'number' || typeof sha256 !== 'string')
    throw new TypeError('not a file of a backup')
  return { path, bytes, sha256 }
}

import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DatabaseSettings, type MediaSettings, readDatabase, readMedia } from '../config.ts'
import { CopyError } from '../store/postgres/copied.ts'
import { exportSqlite } from '../store/postgres/export.ts'
import { importSqlite } from '../store/postgres/import.ts'
import { makeDataFolder } from '../store/sqlite/data-folder.ts'
import { lockFolder } from '../store/sqlite/folder-lock.ts'
import { ContentDiffers, copyContent } from '../uploads/content/copy.ts'
import { openContentFolder } from '../uploads/content/folder.ts'
import { openBucket } from '../uploads/content/s3.ts'
import { readArguments } from './arguments.ts'
import { databaseFile } from './data.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const copyHelp = `stagedoor copy --from PLACE --to PLACE

Moves an installation between its data folder and PostgreSQL or a bucket, either way. The side that is copied stays as it is.

Between a folder and PostgreSQL the database is copied, while no server works on either: all of it or nothing, once every table has
the same rows on both sides, by count and by digest. The other side must be empty.

Between a folder and a bucket the files that are served are copied, and each is read again on the other side. Servers may
run meanwhile. What is there already is compared and not sent again: what was cut off is begun again with the same command.

  PLACE    the installation's data folder; postgres://user:password@host:5432/database; or s3://bucket/prefix?region=…
           as MEDIA_URL has it. One of the two is a folder.
  --json   answer in JSON`

const options = { from: { type: 'string' }, to: { type: 'string' }, json: { type: 'boolean' } } as const

type Side =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'database'; readonly database: DatabaseSettings }
  | { readonly kind: 'bucket'; readonly media: MediaSettings }

/** `stagedoor copy` */
export async function copy(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, options)
  if (!values.from || !values.to) throw new CommandError('--from and --to are both needed.')
  const [from, to] = [sideOf(values.from, terminal), sideOf(values.to, terminal)]
  try {
    const { words, facts } = await copyBetween(from, to)
    terminal.out(values.json ? JSON.stringify(facts) : words)
  } catch (error) {
    throw error instanceof CopyError || error instanceof ContentDiffers
      ? new CommandError(error.message)
      : error
  }
}

function sideOf(place: string, { settings }: Terminal): Side {
  if (/^postgres(?:ql)?:\/\//.test(place)) {
    const database = readDatabase({ ...settings, DATABASE_URL: place })
    if (database !== null) return { kind: 'database', database }
  }
  if (place.startsWith('s3://')) {
    const media = readMedia(place)
    if (media !== null) return { kind: 'bucket', media }
  }
  return { kind: 'folder', folder: place }
}

interface Copied {
  readonly words: string
  readonly facts: object
}

async function copyBetween(from: Side, to: Side): Promise<Copied> {
  if (from.kind === 'folder' && to.kind === 'database')
    return copyRows(from.folder, () => importSqlite(existing(from.folder), to.database))
  if (from.kind === 'database' && to.kind === 'folder') {
    makeDataFolder(to.folder)
    return copyRows(to.folder, () => exportSqlite(from.database, databaseFile(to.folder)))
  }
  if (from.kind === 'folder' && to.kind === 'bucket') {
    existing(from.folder, 'content')
    return copyFiles(from.folder, to.media, 'to the bucket')
  }
  if (from.kind === 'bucket' && to.kind === 'folder') {
    makeDataFolder(to.folder)
    return copyFiles(to.folder, from.media, 'from the bucket')
  }
  throw new CommandError(
    'One of --from and --to has to be a data folder, and the other PostgreSQL or a bucket.',
  )
}

function existing(folder: string, what: 'content' | null = null): string {
  const path = what === null ? databaseFile(folder) : join(folder, what)
  if (existsSync(path)) return path
  throw new CommandError(
    what === null
      ? `There is no database in ${folder}.`
      : `Nothing is served from ${folder}: it has no ${what}.`,
  )
}

async function copyRows(folder: string, work: () => ReturnType<typeof importSqlite>): Promise<Copied> {
  if (!existsSync(folder)) throw new CommandError(`There is no database in ${folder}.`)
  const lock = lockFolder(folder)
  try {
    const tables = await work()
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    return { words: `Copied ${rows} rows of ${tables.length} tables.`, facts: { tables, rows } }
  } finally {
    lock.release()
  }
}

async function copyFiles(
  folder: string,
  media: MediaSettings,
  direction: 'to the bucket' | 'from the bucket',
): Promise<Copied> {
  const work = join(folder, 'copying')
  mkdirSync(work, { recursive: true })
  try {
    const here = openContentFolder(join(folder, 'content'))
    const there = await openBucket(media, Date.now)
    const [from, to] = direction === 'to the bucket' ? [here, there] : [there, here]
    const facts = await copyContent(from, to, join(work, 'file'))
    return {
      words: `${facts.files} files (${facts.bytes} bytes) are the same on both sides; ${facts.there} of them were there before.`,
      facts,
    }
  } finally {
    rmSync(work, { recursive: true })
  }
}

import { createHash } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { PoolClient } from 'pg'
import { checkKnown } from '../sql/schema-version.ts'
import { openDatabase } from '../sqlite/database.ts'
import { asValue, type CopiedTable, CopyError, lineOf, notTheSame, queriesOf } from './copied.ts'
import { unavailable } from './failure.ts'
import { migrate } from './migrate.ts'
import { openPool, type PostgresOptions } from './pool.ts'
import { type Table, tablesOf } from './tables.ts'

/** Rows fetched at once. */
const batch = 500

/**
 * Copies a PostgreSQL database, as it is at one moment, into a SQLite database that is not there yet. It is made under another
 * name and gets its own once every table has the same rows, by count and by digest, on both sides.
 * @throws CopyError when there is a database already, or what has arrived is not the same; SchemaTooNew
 */
export async function exportSqlite(options: PostgresOptions, file: string): Promise<readonly CopiedTable[]> {
  if (existsSync(file)) throw new CopyError(`There is a database in ${file} already. Name another folder.`)
  const unfinished = `${file}.copying`
  remove(unfinished)
  try {
    const copied = await copyInto(unfinished, options)
    renameSync(unfinished, file)
    return copied
  } finally {
    remove(unfinished)
  }
}

async function copyInto(file: string, options: PostgresOptions): Promise<readonly CopiedTable[]> {
  const pool = await openPool({ ...options, connections: 1, statementMs: 0 })
  try {
    const from = await pool.connect().catch((cause: unknown) => {
      throw unavailable(cause)
    })
    try {
      checkKnown(await migrate(from))
      const { database } = openDatabase(file)
      try {
        return await copyAll(from, database)
      } finally {
        database.close()
      }
    } finally {
      from.release(true)
    }
  } finally {
    await pool.end()
  }
}

/** What a copy that was cut off has left. */
function remove(unfinished: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${unfinished}${end}`, { force: true })
}

async function copyAll(from: PoolClient, to: DatabaseSync): Promise<readonly CopiedTable[]> {
  await from.query({ text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' })
  to.exec('BEGIN')
  // Made by a migration, and another in every database.
  to.exec('DELETE FROM limit_salt')
  const copied: CopiedTable[] = []
  for (const table of tablesOf(to)) copied.push({ table: table.name, rows: await copyTable(from, to, table) })
  to.exec('COMMIT')
  await from.query({ text: 'COMMIT' })
  return copied
}

async function copyTable(from: PoolClient, to: DatabaseSync, table: Table): Promise<number> {
  const { name, columns } = table
  const { list, select } = queriesOf(table)
  const [sent, arrived] = [createHash('sha256'), createHash('sha256')]
  const insert = to.prepare(`INSERT INTO ${name} (${list}) VALUES (${columns.map(() => '?').join(', ')})`)
  let rows = 0
  await from.query({ text: `DECLARE copied NO SCROLL CURSOR FOR ${select}` })
  for (;;) {
    const page = await from.query({ text: `FETCH ${batch} FROM copied` })
    for (const row of page.rows) {
      const values = columns.map((column) => asValue(row[column]))
      sent.update(lineOf(values))
      insert.run(...values)
    }
    rows += page.rows.length
    if (page.rows.length < batch) break
  }
  await from.query({ text: 'CLOSE copied' })
  let there = 0
  for (const row of to.prepare(select).iterate()) {
    arrived.update(lineOf(columns.map((column) => asValue(row[column]))))
    there += 1
  }
  if (there !== rows || sent.digest('hex') !== arrived.digest('hex')) throw notTheSame(name)
  await raiseSequence(from, to, name)
  return rows
}

/** Numbers that were given are not given again, though their rows are gone. */
async function raiseSequence(from: PoolClient, to: DatabaseSync, table: string): Promise<void> {
  if (
    to.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ? AND pk = 1').get(table, 'id') === undefined
  )
    return
  const text = `SELECT pg_get_serial_sequence('${table}', 'id') AS sequence`
  const sequence = asValue((await from.query({ text })).rows[0]?.sequence)
  if (typeof sequence !== 'string') return
  const given = await from.query({ text: `SELECT last_value FROM ${sequence} WHERE is_called` })
  const last = asValue(given.rows[0]?.last_value ?? null)
  if (last === null || !isNumbered(to, table)) return
  to.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(table)
  to.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(table, last)
}

const isNumbered = (to: DatabaseSync, table: string): boolean =>
  to.prepare("SELECT 1 FROM sqlite_schema WHERE name = ? AND sql LIKE '%AUTOINCREMENT%'").get(table) !==
  undefined

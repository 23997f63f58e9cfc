import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { PoolClient } from 'pg'
import { checkKnown } from '../sql/schema-version.ts'
import type { Value } from '../sql/statement.ts'
import { migrateSqlite } from '../sqlite/store.ts'
import { asValue, type CopiedTable, CopyError, lineOf, notTheSame, queriesOf } from './copied.ts'
import { unavailable } from './failure.ts'
import { migrate } from './migrate.ts'
import { openPool, type PostgresOptions } from './pool.ts'
import { type Table, tablesOf } from './tables.ts'
import { toDatabase } from './values.ts'

/** Rows sent at once: a statement has 65,535 values at most. */
const batch = 500

/**
 * Copies a SQLite database, which nobody may write to meanwhile, into an empty PostgreSQL database: all of it in one
 * transaction, which is committed once every table has the same rows, by count and by digest, on both sides.
 * @throws CopyError when the target is not empty, or what has arrived is not the same; SchemaTooNew
 */
export async function importSqlite(file: string, options: PostgresOptions): Promise<readonly CopiedTable[]> {
  checkKnown(migrateSqlite(file))
  const from = new DatabaseSync(file, { readOnly: true })
  const pool = await openPool({ ...options, connections: 1, statementMs: 0 })
  try {
    const to = await pool.connect().catch((cause: unknown) => {
      throw unavailable(cause)
    })
    try {
      checkKnown(await migrate(to))
      return await copyAll(from, to)
    } finally {
      to.release(true)
    }
  } finally {
    from.close()
    await pool.end()
  }
}

async function copyAll(from: DatabaseSync, to: PoolClient): Promise<readonly CopiedTable[]> {
  const tables = tablesOf(from)
  await to.query({ text: 'BEGIN' })
  // Made by a migration, and another in every database.
  await to.query({ text: 'DELETE FROM limit_salt' })
  const copied: CopiedTable[] = []
  for (const table of tables) {
    if ((await to.query({ text: `SELECT 1 FROM ${table.name} LIMIT 1` })).rows.length > 0)
      throw new CopyError(`The table ${table.name} has rows already. Copy into an empty database.`)
    copied.push({ table: table.name, rows: await copyTable(from, to, table) })
  }
  await to.query({ text: 'COMMIT' })
  // Until there are statistics its plans are guesses, of which some read every login of a person to check one token.
  await to.query({ text: 'ANALYZE' })
  return copied
}

async function copyTable(from: DatabaseSync, to: PoolClient, table: Table): Promise<number> {
  const { name, columns } = table
  const { list, select } = queriesOf(table)
  const [sent, arrived] = [createHash('sha256'), createHash('sha256')]
  let rows = 0
  let waiting: (readonly Value[])[] = []
  const flush = async () => {
    if (waiting.length === 0) return
    const tuple = (_: unknown, row: number) =>
      `(${columns.map((_, column) => `$${row * columns.length + column + 1}`).join(', ')})`
    const text = `INSERT INTO ${name} (${list}) VALUES ${waiting.map(tuple).join(', ')}`
    await to.query({ text, values: waiting.flat() })
    waiting = []
  }
  for (const row of from.prepare(select).iterate()) {
    const values = columns.map((column) => toDatabase(asValue(row[column])))
    sent.update(lineOf(values))
    waiting.push(values)
    rows += 1
    if (waiting.length * columns.length >= batch * 10) await flush()
  }
  await flush()
  let there = 0
  await to.query({ text: `DECLARE copied NO SCROLL CURSOR FOR ${select}` })
  for (;;) {
    const page = await to.query({ text: `FETCH ${batch} FROM copied` })
    for (const row of page.rows) arrived.update(lineOf(columns.map((column) => asValue(row[column]))))
    there += page.rows.length
    if (page.rows.length < batch) break
  }
  await to.query({ text: 'CLOSE copied' })
  if (there !== rows || sent.digest('hex') !== arrived.digest('hex')) throw notTheSame(name)
  await raiseSequence(from, to, table)
  return rows
}

/** New rows are numbered from where the old ones ended, though their last may be gone. */
async function raiseSequence(from: DatabaseSync, to: PoolClient, { name, key }: Table): Promise<void> {
  if (key.length !== 1 || key[0] !== 'id') return
  const found = await to.query({ text: `SELECT pg_get_serial_sequence('${name}', 'id') AS sequence` })
  if (asValue(found.rows[0]?.sequence) === null) return
  const given = from.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').get(name)?.['seq'] ?? 0
  await to.query({
    text: `SELECT setval(pg_get_serial_sequence('${name}', 'id'), last) FROM (
        SELECT GREATEST(coalesce(max(id), 0), $1) AS last FROM ${name}
      ) AS given WHERE last > 0`,
    values: [asValue(given)],
  })
}

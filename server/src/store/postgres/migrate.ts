import type { PoolClient } from 'pg'
import { StoreUnavailable } from '../contract/errors.ts'
import { type Migrated, newest, versionOf } from '../sql/schema-version.ts'
import { postgresMigrations } from './ddl.ts'
import { DriverError, ofDriver } from './failure.ts'

/** Two starts made the same table at once: unique_violation, duplicate_table, and the two kinds of conflict. */
const meetings: ReadonlySet<unknown> = new Set(['23505', '42P07', '40001', '40P01'])

const makeVersion = `
  CREATE TABLE IF NOT EXISTS schema_version (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL
  );
  INSERT INTO schema_version (id, version) VALUES (1, 0) ON CONFLICT (id) DO NOTHING;
`

const wrongEncoding =
  "The database is not in UTF-8, and cannot hold what people write. Make another: CREATE DATABASE name OWNER user ENCODING 'UTF8' TEMPLATE template0."

/**
 * Brings the schema to this version in one transaction that holds the row of its version, so that of several nodes that
 * start one migrates and the others wait.
 * @throws SchemaTooNew for a database of a newer version, on which this one cannot work
 * @throws StoreUnavailable for a database that cannot hold every text
 */
export async function migrate(client: PoolClient): Promise<Migrated> {
  const query = (text: string, ...values: number[]) => ofDriver(client.query({ text, values }))
  const { rows } = await query(
    "SELECT current_setting('server_encoding') AS encoding, to_regclass('schema_version') IS NULL AS is_new",
  )
  if (rows[0]?.encoding !== 'UTF8') throw new StoreUnavailable(wrongEncoding)
  // Who may not make tables may use those that somebody else has made.
  if (rows[0].is_new) await makeVersionRow(client)
  await query('BEGIN')
  try {
    const held = await query('SELECT * FROM schema_version WHERE id = 1 FOR UPDATE')
    const from = versionOf(held.rows[0])
    const to = newest.version
    for (const sql of postgresMigrations.slice(from)) await query(sql)
    if (from < to)
      await query('UPDATE schema_version SET version = $1, works_from = $2', to, newest.worksFrom)
    await query('COMMIT')
    return { from, to }
  } catch (error) {
    await query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

async function makeVersionRow(client: PoolClient): Promise<void> {
  try {
    await ofDriver(client.query({ text: makeVersion }))
  } catch (error) {
    const cause = error instanceof DriverError ? error.cause : error
    if (!(cause instanceof Error && 'code' in cause && meetings.has(cause.code))) throw error
    await makeVersionRow(client)
  }
}

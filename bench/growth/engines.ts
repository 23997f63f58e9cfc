import { statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { cpuOf } from '../speed/drive.ts'
import { ours, type Subject } from '../speed/subjects.ts'
import { type Filled, fill } from './fill.ts'
import { fillPostgres } from './fill-postgres.ts'
import { addOverdue, addOverdueToPostgres, type Overdue } from './overdue.ts'

/** A server whose data is made to grow. */
export interface Growing {
  readonly subject: Subject
  /** Adds live logins, and tells access tokens of one in so many of them. */
  fill(logins: number, knownEvery: number, deadline: number): Promise<Filled>
  /** Adds access tokens that ended long ago, while the server stands still. */
  addOverdue(rows: number): Promise<Overdue>
  /** Bytes of its database on the disk. */
  size(): Promise<number>
  /** Seconds of CPU that its database has used outside the server's process. */
  databaseCpu(): Promise<number>
  end(): Promise<void>
}

/** A server on a file of its own. */
export async function onSqlite(): Promise<Growing> {
  const subject = await ours()
  const { folder } = subject.server
  return {
    subject,
    fill: (...how) => fill(folder, ...how),
    addOverdue: (rows) => addOverdue(folder, rows),
    size: async () => statSync(join(folder, 'stagedoor.db')).size,
    databaseCpu: async () => 0,
    end: () => subject.server.end(),
  }
}

/**
 * A server on a new database.
 * @param server the URL of a PostgreSQL of this machine, without a database, and of a role that may do everything there
 */
export async function onPostgres(server: string, name: string): Promise<Growing> {
  const database = `${name}_${Date.now()}`
  const pool = new pg.Pool({ connectionString: `${server}/postgres`, max: 1 })
  await pool.query({ text: `CREATE DATABASE ${database}` })
  const url = `${server}/${database}`
  const subject = await ours({ DATABASE_URL: url, KEY_SECRET: 'a key secret of thirty-two characters' })
  return {
    subject,
    fill: (...how) => fillPostgres(url, ...how),
    addOverdue: (rows) => addOverdueToPostgres(url, rows),
    size: async () => {
      const { rows } = await pool.query<{ size: string }>({
        text: 'SELECT pg_database_size($1) AS size',
        values: [database],
      })
      return Number(rows[0]?.size)
    },
    databaseCpu: async () => {
      const { rows } = await pool.query<{ pid: number }>({
        text: "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND application_name = 'stagedoor'",
        values: [database],
      })
      return rows.reduce((seconds, { pid }) => seconds + cpuOf(pid), 0)
    },
    end: async () => {
      await subject.server.end()
      await pool.query({ text: `DROP DATABASE ${database} WITH (FORCE)` })
      await pool.end()
    },
  }
}

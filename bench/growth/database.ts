import pg from 'pg'
import { cpuOf } from '../speed/drive.ts'

/** A database of its own on a PostgreSQL of this machine. */
export interface Database {
  readonly url: string
  /** Bytes on the disk. */
  size(): Promise<number>
  /** Seconds of CPU that it has used for connections that are open. */
  cpu(): Promise<number>
  /** Deletes it. */
  end(): Promise<void>
}

/**
 * Makes a new database.
 * @param server the URL of a PostgreSQL of this machine, without a database, and of a role that may do everything there
 */
export async function newDatabase(server: string, name: string): Promise<Database> {
  const database = `${name}_${Date.now()}`
  const pool = new pg.Pool({ connectionString: `${server}/postgres`, max: 1 })
  await pool.query({ text: `CREATE DATABASE ${database}` })
  return {
    url: `${server}/${database}`,
    async size() {
      const { rows } = await pool.query<{ size: string }>({
        text: 'SELECT pg_database_size($1) AS size',
        values: [database],
      })
      return Number(rows[0]?.size)
    },
    async cpu() {
      const { rows } = await pool.query<{ pid: number }>({
        text: "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND application_name = 'stagedoor'",
        values: [database],
      })
      return rows.reduce((seconds, { pid }) => seconds + cpuOf(pid), 0)
    },
    async end() {
      await pool.query({ text: `DROP DATABASE ${database} WITH (FORCE)` })
      await pool.end()
    },
  }
}

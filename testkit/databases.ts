import pg from 'pg'
import { inject } from 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where tests that run on PostgreSQL make their databases: its URL without a path; it has a migrated `template`. */
    readonly postgres?: string
  }
}

/** The URL of a new database with this version's schema; undefined where tests run on SQLite. */
export async function newDatabase(): Promise<string | undefined> {
  const server = inject('postgres')
  if (server === undefined) return undefined
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const pool = new pg.Pool({ connectionString: `${server}/postgres` })
  const client = await pool.connect()
  await client.query({ text: `CREATE DATABASE ${name} TEMPLATE template STRATEGY FILE_COPY` })
  client.release()
  await pool.end()
  return `${server}/${name}`
}

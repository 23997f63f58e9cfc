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
  return server && create(server, 'TEMPLATE template STRATEGY FILE_COPY')
}

/** The URL of a new database with nothing in it. */
export async function emptyDatabase(): Promise<string> {
  const server = inject('postgres')
  if (server === undefined) throw new Error('There is no PostgreSQL to make a database in')
  return create(server, '')
}

async function create(server: string, how: string): Promise<string> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const pool = new pg.Pool({ connectionString: `${server}/postgres` })
  const client = await pool.connect()
  await client.query({ text: `CREATE DATABASE ${name} ${how}` })
  client.release()
  await pool.end()
  return `${server}/${name}`
}

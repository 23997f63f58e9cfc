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

let administrators: { readonly server: string; readonly pool: pg.Pool } | undefined

async function create(server: string, how: string): Promise<string> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await administratorOf(server).query({ text: `CREATE DATABASE ${name} ${how}` })
  return `${server}/${name}`
}

/** One connection for all the databases of a process: another for each would take as long as making it. */
function administratorOf(server: string): pg.Pool {
  if (administrators?.server === server) return administrators.pool
  const pool = new pg.Pool({ connectionString: `${server}/postgres`, max: 1, allowExitOnIdle: true })
  // The server ends before the process does.
  pool.on('error', () => undefined)
  administrators = { server, pool }
  return pool
}

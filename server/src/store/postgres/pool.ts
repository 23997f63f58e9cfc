import type { Pool } from 'pg'
import { types } from './values.ts'

/** Where the database is, and how it is spoken to. */
export interface PostgresOptions {
  /** postgres://user:password@host:port/database, with the parameters of the driver, such as sslmode. */
  readonly url: string
  /** Connections at most. */
  readonly connections: number
  /** Whether statements are prepared by name, which a pooler that hands out connections by transaction may not allow. */
  readonly prepares: boolean
}

/** Milliseconds for which a verb waits for a connection, and for one statement. */
const connectTimeout = 5_000
const statementTimeout = 10_000
const idleTimeout = 60_000
/** Milliseconds of silence after which a connection is asked whether it lives; it is given up ten seconds later. */
const aliveAfter = 10_000

/**
 * Makes a pool of connections, none of which is open yet.
 * @param statementMs milliseconds that a statement may take; 0 for any
 */
export async function openPool({
  url,
  connections,
  statementMs = statementTimeout,
}: Pick<PostgresOptions, 'url' | 'connections'> & { readonly statementMs?: number }): Promise<Pool> {
  // The driver is loaded by whoever uses it alone.
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectTimeout,
    idleTimeoutMillis: idleTimeout,
    query_timeout: statementMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: aliveAfter,
    application_name: 'stagedoor',
    pipeline: true,
    types,
  })
  // A connection that is lost is replaced when one is needed; who used it is told by the call that fails.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

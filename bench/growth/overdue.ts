import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'

/** Access tokens that ended long ago, for a sweep to delete. */
export interface Overdue {
  /** How many of them are left. */
  left(): Promise<number>
  close(): Promise<void>
}

const day = 24 * 60 * 60_000
/** A login that is not there: a sweep looks at no token's login. */
const family = 500_000

/** Puts overdue rows into a file of SQLite, past the server, which has to stand still meanwhile. */
export async function addOverdue(folder: string, rows: number): Promise<Overdue> {
  const database = new DatabaseSync(join(folder, 'stagedoor.db'), { enableForeignKeyConstraints: false })
  database.exec('PRAGMA busy_timeout = 60000; PRAGMA synchronous = OFF; PRAGMA cache_size = -524288')
  const past = Date.now() - 40 * day
  database.exec(`
    WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ${rows})
    INSERT INTO access_tokens (digest, family_id, scope, expires_at)
    SELECT unhex(printf('%012x', ${past} + n.id) || hex(randomblob(32))), ${family}, 'read', ${past} + n.id FROM n;
    PRAGMA wal_checkpoint(TRUNCATE)`)
  const count = database.prepare('SELECT count(*) AS count FROM access_tokens WHERE expires_at < ?')
  return {
    left: async () => Number(count.get(past + rows + 1)?.['count']),
    close: async () => database.close(),
  }
}

/** Puts overdue rows into a database of PostgreSQL, past the server. */
export async function addOverdueToPostgres(url: string, rows: number): Promise<Overdue> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query({ text: 'SET session_replication_role = replica' })
  const past = Date.now() - 40 * day
  await client.query({
    text: `INSERT INTO access_tokens (digest, family_id, scope, expires_at)
      SELECT decode(lpad(to_hex($1::bigint + n), 12, '0'), 'hex') || sha256('overdue' || int8send(n)), ${family}, 'read', $1::bigint + n
      FROM generate_series(1, $2::bigint) n`,
    values: [past, rows],
  })
  // As autovacuum does within minutes.
  await client.query({ text: 'VACUUM ANALYZE access_tokens' })
  await client.query({ text: 'CHECKPOINT' })
  return {
    left: async () => {
      const { rows: counted } = await client.query<{ count: string }>({
        text: 'SELECT count(*) AS count FROM access_tokens WHERE expires_at < $1',
        values: [past + rows + 1],
      })
      return Number(counted[0]?.count)
    },
    close: () => client.end(),
  }
}

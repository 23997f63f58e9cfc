import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { mintDated } from '../../server/src/crypto/secret.ts'
import type { Filled } from './fill.ts'

const day = 24 * 60 * 60_000
/** Logins in one transaction: the server beside it may write in between. */
const batch = 100_000
/** How many logins one person has. */
const loginsOfOne = 5

/** How long before now the first token was made, as in `fill.ts`. */
const made = 29 * day
const digest = (kind: string) =>
  `decode(lpad(to_hex($3::bigint - ${made} + n), 12, '0'), 'hex') || sha256('${kind}' || int8send(n))`
const people = `INSERT INTO users (id, handle, handle_key, name, name_key, email, email_key, password_hash, is_verified, created_at, updated_at)
  SELECT n, 'person_' || n, 'person_' || n, 'Some Person', 'some person', 'person_' || n || '@example.com',
    'person_' || n || '@example.com', password_hash, 0, created_at, updated_at
  FROM generate_series($1::bigint, $2::bigint - 1) n, (SELECT * FROM users LIMIT 1) AS person`
const families = `INSERT INTO families (id, code_digest, user_id, api_key, app_name, redirect_uri, scope, created_at, expires_at)
  SELECT n, ${digest('code')}, n / ${loginsOfOne}, api_key, name, 'https://app.example/cb', 'read', $3::bigint, $3::bigint + ${180 * day}
  FROM generate_series($1::bigint, $2::bigint - 1) n, (SELECT * FROM apps LIMIT 1) AS app`
const refreshes = `INSERT INTO refresh_tokens (digest, family_id, expires_at, access_scope, access_expires_at)
  SELECT ${digest('refresh')}, n, $3::bigint + ${30 * day}, 'read', $3::bigint + ${day} FROM generate_series($1::bigint, $2::bigint - 1) n`
const accesses = `INSERT INTO access_tokens (digest, family_id, scope, expires_at)
  SELECT ${digest('access')}, n, 'read', $3::bigint + ${day} FROM generate_series($1::bigint, $2::bigint - 1) n`
const others = `INSERT INTO access_tokens (digest, family_id, scope, expires_at)
  SELECT digest, id, 'read', $3::bigint + ${day} FROM unnest($1::bytea[], $2::bigint[]) AS told (digest, id)`

/**
 * Adds live logins to an installation on PostgreSQL, each with an access and a refresh token, past the server.
 * @param knownEvery of how many of them one has an access token more, which is told
 * @param deadline when to stop with fewer, by `performance.now()`
 */
export async function fillPostgres(
  url: string,
  logins: number,
  knownEvery: number,
  deadline: number,
): Promise<Filled> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // The rows are new, and their keys are those of each other.
  await client.query({ text: 'SET session_replication_role = replica' })
  await client.query({ text: 'SET synchronous_commit = off' })
  const known: string[] = []
  const now = Date.now()
  const { rows } = await client.query<{ newest: string | null }>({
    text: 'SELECT max(id) AS newest FROM families',
  })
  const first = Math.max(batch * loginsOfOne, Math.ceil((Number(rows[0]?.newest ?? 0) + 1) / batch) * batch)
  let count = 0
  while (count < logins && performance.now() < deadline) {
    const from = first + count
    const to = from + Math.min(batch, logins - count)
    await client.query({ text: 'BEGIN' })
    await client.query({
      text: people,
      values: [Math.floor(from / loginsOfOne), Math.ceil(to / loginsOfOne)],
    })
    for (const text of [families, refreshes, accesses]) await client.query({ text, values: [from, to, now] })
    const ids = Array.from({ length: Math.ceil((to - from) / knownEvery) }, (_, n) => from + n * knownEvery)
    const digests = ids.map((id) => {
      const { text, digest } = mintDated('access', randomBytes, now - made + id)
      known.push(text)
      return Buffer.from(digest)
    })
    await client.query({ text: others, values: [digests, ids, now] })
    await client.query({ text: 'COMMIT' })
    count += to - from
  }
  // As autovacuum does within minutes.
  await client.query({ text: 'VACUUM ANALYZE users, families, refresh_tokens, access_tokens' })
  await client.query({ text: 'CHECKPOINT' })
  await client.end()
  return { logins: count, known }
}

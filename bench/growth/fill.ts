import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { mintDated } from '../../server/src/crypto/secret.ts'

const day = 24 * 60 * 60_000
/** Logins in one transaction: the server beside it may write in between. */
const batch = 100_000
/** How many logins one person has. */
const loginsOfOne = 5
const numbers =
  'WITH RECURSIVE n (id) AS (SELECT CAST($from AS INTEGER) UNION ALL SELECT id + 1 FROM n WHERE id + 1 < $to)'
/** How long before now the first token was made; each after it a millisecond later. A digest begins with that instant. */
const made = 29 * day
const digest = `unhex(printf('%012x', CAST($now AS INTEGER) - ${made} + n.id) || hex(randomblob(32)))`
const people = `${numbers}
  INSERT INTO users (id, handle, handle_key, name, name_key, email, email_key, password_hash, is_verified, created_at, updated_at)
  SELECT n.id, 'person_' || n.id, 'person_' || n.id, 'Some Person', 'some person', 'person_' || n.id || '@example.com',
    'person_' || n.id || '@example.com', password_hash, 0, created_at, updated_at
  FROM n, (SELECT * FROM users LIMIT 1) AS person`
const families = `${numbers}
  INSERT INTO families (id, code_digest, user_id, api_key, app_name, redirect_uri, scope, created_at, expires_at)
  SELECT n.id, ${digest}, n.id / ${loginsOfOne}, api_key, name, 'https://app.example/cb', 'read', CAST($now AS INTEGER), CAST($now AS INTEGER) + ${180 * day}
  FROM n, (SELECT * FROM apps LIMIT 1) AS app`
const refreshes = `${numbers}
  INSERT INTO refresh_tokens (digest, family_id, expires_at, access_scope, access_expires_at)
  SELECT ${digest}, n.id, CAST($now AS INTEGER) + ${30 * day}, 'read', CAST($now AS INTEGER) + ${day} FROM n`
const accesses = `${numbers}
  INSERT INTO access_tokens (digest, family_id, scope, expires_at) SELECT ${digest}, n.id, 'read', CAST($now AS INTEGER) + ${day} FROM n`
const another = `INSERT INTO access_tokens (digest, family_id, scope, expires_at) VALUES ($digest, $id, 'read', CAST($now AS INTEGER) + ${day})`

/** What was put in, and access tokens of some of it, spread evenly. */
export interface Filled {
  readonly logins: number
  readonly known: readonly string[]
}

/**
 * Adds live logins to an installation on SQLite, each with an access and a refresh token, past the server.
 * @param knownEvery of how many of them one has an access token more, which is told
 * @param deadline when to stop with fewer, by `performance.now()`
 */
export async function fill(
  folder: string,
  logins: number,
  knownEvery: number,
  deadline: number,
): Promise<Filled> {
  const database = new DatabaseSync(join(folder, 'stagedoor.db'), { enableForeignKeyConstraints: false })
  database.exec(`PRAGMA busy_timeout = 10000; PRAGMA synchronous = OFF; PRAGMA cache_size = -524288;
    PRAGMA wal_autocheckpoint = 200000`)
  const known: string[] = []
  const now = Date.now()
  // What the server makes beside it has ids below.
  const newest = Number(database.prepare('SELECT max(id) AS id FROM families').get()?.['id'] ?? 0)
  const first = Math.max(batch * loginsOfOne, Math.ceil((newest + 1) / batch) * batch)
  let count = 0
  while (count < logins && performance.now() < deadline) {
    const from = first + count
    const to = from + Math.min(batch, logins - count)
    database.exec('BEGIN IMMEDIATE')
    database.prepare(people).run({ $from: Math.floor(from / loginsOfOne), $to: Math.ceil(to / loginsOfOne) })
    for (const each of [families, refreshes, accesses])
      database.prepare(each).run({ $from: from, $to: to, $now: now })
    const told = database.prepare(another)
    for (let id = from; id < to; id += knownEvery) {
      const { text, digest } = mintDated('access', randomBytes, now - made + id)
      known.push(text)
      told.run({ $digest: digest, $id: id, $now: now })
    }
    database.exec('COMMIT')
    count += to - from
    await setImmediate()
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  return { logins: count, known }
}

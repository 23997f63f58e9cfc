import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { newDatabase } from '../../testkit/databases.ts'
import { compile } from '../src/store/postgres/compile.ts'
import { openPostgresStore } from '../src/store/postgres/store.ts'
import { findAccessToken } from '../src/store/sql/oauth/tokens.ts'
import { newest } from '../src/store/sql/schema-version.ts'
import { sweep } from '../src/store/sql/sweep.ts'

const logins = 20_000

test('a check of a token whose plan is from when the database was empty reads one login once a sweep has seen it grow', async () => {
  const url = await newDatabase()
  if (url === undefined) throw new Error('There is no PostgreSQL to test on')
  const store = await openPostgresStore({ url, connections: 1, prepares: true })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  onTestFinished(async () => {
    await client.end()
    await store.close()
  })
  const query = async (text: string) => (await client.query<Record<string, string>>({ text })).rows
  // What autovacuum does a minute later is not what is shown here.
  for (const table of ['users', 'families', 'access_tokens'])
    await query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`)
  const first = findAccessToken(new Uint8Array(32), 1).next()
  if (first.done || first.value.wants === 'nothing') throw new Error('It asks for nothing')
  await query(`PREPARE found AS ${compile(first.value.statement).sql}`)
  const ask = `EXECUTE found (decode(lpad('ff', 64, '0'), 'hex'), 5)`
  // PostgreSQL keeps a plan for all values from the sixth time on.
  for (let time = 0; time < 8; time += 1) await query(ask)
  const plan = async () => (await query(`EXPLAIN ${ask}`)).map((line) => line['QUERY PLAN']).join('\n')

  await query(`INSERT INTO users (id, is_verified, created_at, updated_at, name_key, handle, handle_key, name, email, password_hash)
    VALUES (1, 0, 1, 1, 'ada', 'ada', 'ada', 'Ada', 'ada@example.com', 'none')`)
  await query(`INSERT INTO families (id, code_digest, user_id, created_at, expires_at, scope)
    SELECT i, decode(lpad(to_hex(i), 64, '0'), 'hex'), 1, 1, 1000, 'read' FROM generate_series(1, ${logins}) i`)
  await query(`INSERT INTO access_tokens (digest, family_id, expires_at, scope)
    SELECT decode(lpad(to_hex(i), 64, '0'), 'hex'), i, 1000, 'read' FROM generate_series(1, ${logins}) i`)
  expect(await query(ask)).toHaveLength(1)
  expect(await plan()).toContain('families_by_user_and_app')

  await store.sweep(1, 100)
  expect(await plan()).toContain('families_pkey')
  expect(await plan()).not.toContain('families_by_user_and_app')
})

test('what the sweep deletes is looked up by its key, whatever was known of the tables when it was planned', async () => {
  const url = await newDatabase()
  if (url === undefined) throw new Error('There is no PostgreSQL to test on')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  // Of tables that are empty all would be read.
  await client.query({
    text: 'SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off',
  })
  const verb = sweep(1, 100)
  const read: string[] = []
  const joined: string[] = []
  // What it asks for first is the version of the schema.
  verb.next()
  const fitting = { version: newest.version, works_from: newest.worksFrom }
  for (let next = verb.next(fitting); !next.done; next = verb.next(0)) {
    if (next.value.wants === 'nothing') throw new Error('It asks for nothing')
    const { sql } = compile(next.value.statement)
    const [, table] =
      /^delete from "(authorization_requests|sessions|codes|(?:access|refresh)_tokens|families)"/.exec(sql) ??
      []
    if (table === undefined) continue
    await client.query({ text: `PREPARE remove_${read.length} AS ${sql}` })
    const plan = await client.query<Record<string, string>>({
      text: `EXPLAIN EXECUTE remove_${read.length} (1, 100)`,
    })
    for (const row of plan.rows)
      joined.push(...(/Nested Loop|Join/.exec(row['QUERY PLAN'] ?? '') ? [table] : []))
    // After what comes first, as deep as the deletion's own way to its rows.
    read.push(...plan.rows.flatMap((row) => /^ {2}-> {2}.* on \w+/.exec(row['QUERY PLAN'] ?? '')?.[0] ?? []))
  }
  expect(read).toEqual(
    ['authorization_requests', 'sessions', 'codes', 'access_tokens', 'refresh_tokens', 'families'].map(
      (table) => expect.stringContaining(` using ${table}_pkey on ${table}`),
    ),
  )
  // A family is asked for what is left of it, a row each. No other way may lead through all of a table.
  expect(new Set(joined)).toEqual(new Set(['families']))
})

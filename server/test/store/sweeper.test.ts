import type { DatabaseSync } from 'node:sqlite'
import pino from 'pino'
import { describe, expect, test, vi } from 'vitest'
import { openSqliteStore } from '../../src/store/sqlite/store.ts'
import { startSweeper } from '../../src/store/sweeper.ts'
import { connect, temporaryFile } from './files.ts'
import { addUser, day, start } from './world.ts'

const [some, many] = [5_000, 30_000]
const log = pino({ level: 'silent' })

// One row of each table, by number; every digest is another.
const inserts: Readonly<Record<string, string>> = {
  authorization_requests: `INSERT INTO authorization_requests (digest, browser, app_name, redirect_uri, is_native, scope,
    code_challenge, response_mode, display, prompt_login, prompt_consent, created_at, expires_at, finished_at)
    SELECT randomblob(32), randomblob(32), 'App', 'https://app.example/', 0, 'read', hex(randomblob(20)), 'query', 'popup', 0, 0, :at, :at, :at FROM n`,
  sessions: `INSERT INTO sessions (digest, user_id, created_at, expires_at) SELECT randomblob(32), 1, :at, :at FROM n`,
  known_browsers: `INSERT INTO known_browsers (user_id, browser, used_at) SELECT 1, randomblob(32), :at FROM n`,
  used_challenges: `INSERT INTO used_challenges (digest, expires_at) SELECT randomblob(32), :at FROM n`,
  password_resets: `INSERT INTO password_resets (digest, user_id, created_at, expires_at) SELECT randomblob(32), 1, :at, :at FROM n`,
  email_changes: `INSERT INTO email_changes (digest, user_id, email, email_key, created_at, expires_at)
    SELECT randomblob(32), 1, 'a@b.example', 'a@b.example', :at, :at FROM n`,
  management_tokens: `INSERT INTO management_tokens (digest, user_id, name, created_at, expires_at) SELECT randomblob(32), 1, 'One', :at, :at FROM n`,
  codes: `INSERT INTO codes (digest, user_id, redirect_uri, scope, code_challenge, created_at, expires_at)
    SELECT randomblob(32), 1, 'https://app.example/', 'read', 'challenge', :at, :at FROM n`,
  device_logins: `INSERT INTO device_logins (digest, user_code, api_key, scope, asks_openid, asks_profile, asks_email, created_at,
    expires_at, interval_ms, poll_at) SELECT randomblob(32), randomblob(32), 'app', 'read', 0, 0, 0, :at, :at, 5000, :at FROM n`,
  families: `INSERT INTO families (id, code_digest, user_id, scope, created_at, expires_at)
    SELECT i, randomblob(32), 1, 'read', :at, :at FROM n`,
  refresh_tokens: `INSERT INTO refresh_tokens (digest, family_id, expires_at, access_scope, access_expires_at)
    SELECT randomblob(32), i, :at, 'read', :at FROM n`,
  access_tokens: `INSERT INTO access_tokens (digest, family_id, scope, expires_at) SELECT randomblob(32), i, 'read', :at FROM n`,
  flow_events: `INSERT INTO flow_events (api_key, at, step, outcome, request_id) SELECT 'app', :at, 'token', 'done', 'id' FROM n`,
  usage_counts: `INSERT INTO usage_counts (api_key, hour, metric, label, count) SELECT 'app', :at, 'call', i, 1 FROM n`,
  plays: `INSERT INTO plays (track_id, listener, expires_at) SELECT i, i, :at FROM n`,
  daily_plays: `INSERT INTO daily_plays (day, track_id, plays) SELECT :at, i, 1 FROM n`,
  idempotency_keys: `INSERT INTO idempotency_keys (user_id, digest, fingerprint, result, expires_at)
    SELECT 1, randomblob(32), randomblob(32), '{}', :at FROM n`,
  outbox: `INSERT INTO outbox (api_key, event, created_at) SELECT 'app', 'logout', :at FROM n`,
  mails: `INSERT INTO mails (sealed, created_at, due_at) SELECT randomblob(32), :at, :at FROM n`,
  active_users: `INSERT INTO active_users (api_key, user_id, hour, day) SELECT i, 1, :at, :at FROM n`,
}

function fill(database: DatabaseSync, tables: readonly string[], at: number, rows: number): void {
  database.exec('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF')
  for (const table of tables) {
    const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`
    database.prepare(`${numbers} ${inserts[table]}`).run({ at })
  }
}

describe('rows that have expired by the thousand', () => {
  test.each([
    [some, ['authorization_requests']],
    [some, ['sessions']],
    [some, ['known_browsers']],
    [some, ['used_challenges']],
    [some, ['password_resets']],
    [some, ['email_changes']],
    [some, ['management_tokens']],
    [some, ['codes']],
    [some, ['device_logins']],
    [some, ['families', 'refresh_tokens', 'access_tokens']],
    [some, ['flow_events']],
    [some, ['usage_counts']],
    [some, ['active_users']],
    [some, ['plays']],
    [some, ['daily_plays']],
    [some, ['idempotency_keys']],
    [some, ['outbox']],
    [some, ['mails']],
    [many, ['access_tokens']],
  ])(
    'go, %d from %s, within seconds, in batches that hold up nobody (IN-13)',
    async (rows, tables) => {
      const file = temporaryFile()
      const store = openSqliteStore({ file })
      await addUser(store)
      const database = connect(file)
      fill(database, tables, start, rows)
      const now = start + 400 * day
      expect((await store.countOverdue(now, 10))[tables[0] ?? '']).toBe(10)
      const batches: number[] = []
      const measured = {
        ...store,
        async sweep(now: number, limit: number) {
          const before = process.threadCpuUsage()
          const deleted = await store.sweep(now, limit)
          const { user, system } = process.threadCpuUsage(before)
          batches.push((user + system) / 1000)
          return deleted
        },
      }
      const sweeper = startSweeper({ store: measured, clock: () => now, log })
      const left = () => tables.reduce((sum, table) => sum + count(database, table), 0)
      await vi.waitFor(() => expect(left()).toBe(0), { timeout: 110_000, interval: 200 })
      await sweeper.stop()
      // In time of the processor, as the machine of a test has others to serve. All at once takes a second and more.
      batches.sort((one, other) => one - other)
      expect(batches[Math.floor(batches.length / 2)]).toBeLessThan(5)
      expect(batches.at(-1)).toBeLessThan(100)
      expect(await store.countOverdue(now, 10)).toEqual(
        Object.fromEntries(Object.keys(inserts).map((table) => [table, 0])),
      )
      database.close()
      await store.close()
    },
    120_000,
  )
})

test('the sweeper goes on after a failure, and ends when it is told to', async () => {
  let calls = 0
  const warn = vi.fn()
  const sweeper = startSweeper({
    store: {
      sweep: async () => {
        calls += 1
        throw new Error('The disk is full')
      },
      countOverdue: async () => ({}),
    },
    clock: () => start,
    log: Object.assign(pino({ level: 'silent' }), { warn }),
  })
  await expect.poll(() => warn.mock.calls.length).toBe(1)
  await sweeper.stop()
  expect(calls).toBe(1)
})

test('the sweeper ends with the sweep under way, without the rest that follows', async () => {
  const sweep = Promise.withResolvers<number>()
  const sweeper = startSweeper({
    store: { sweep: () => sweep.promise, countOverdue: async () => ({}) },
    clock: () => start,
    log,
  })
  const ended = sweeper.stop()
  sweep.resolve(0)
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  await ended
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

function count(database: DatabaseSync, table: string): number {
  return Number(Object.values(database.prepare(`SELECT count(*) FROM ${table}`).get() ?? {})[0])
}

import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { nodes } from './nodes.ts'

const minute = 60_000
/** A lease of half a minute and a look every five seconds, with the time that a busy machine takes. */
const takeOver = { timeout: 60_000, interval: 500 }

test('a sweep goes on at the other node when one is halted or killed in the middle of it, and takes nothing that is not due', {
  timeout: 240_000,
}, async () => {
  const { servers, database } = await nodes(2)
  const pool = new pg.Pool({ connectionString: database, max: 1 })
  onTestFinished(() => pool.end())
  const number = async (query: string) => Number((await pool.query(query)).rows[0]?.n ?? -1)
  const overdue = () => number(`SELECT count(*) n FROM access_tokens WHERE expires_at <= ${Date.now()}`)
  const later = () => number(`SELECT count(*) n FROM access_tokens WHERE expires_at > ${Date.now()}`)
  const fill = (rows: number, expiresAt: number) =>
    pool.query(`INSERT INTO access_tokens (digest, family_id, scope, expires_at)
      SELECT uuid_send(gen_random_uuid()), 0, 'read', ${expiresAt} FROM generate_series(1, ${rows})`)
  const holder = async () => String((await pool.query('SELECT holder FROM leases')).rows[0]?.holder)

  await fill(1000, Date.now() + 60 * minute)
  await expect.poll(holder, takeOver).not.toBe('undefined')
  const first = await holder()
  const alive = await later()
  const isAtWork = async (of: number) => (await overdue()) < of

  // Which of the two sweeps shows when one is halted: then nothing goes.
  await fill(400_000, Date.now() - minute)
  await expect.poll(() => isAtWork(400_000), takeOver).toBe(true)
  const [a, b] = servers
  if (!a || !b) throw new Error('There are not two nodes')
  a.process.kill('SIGSTOP')
  onTestFinished(() => void a.process.kill('SIGCONT'))
  const stood = await overdue()
  const goesOn = await expect
    .poll(overdue, { timeout: 4_000, interval: 500 })
    .toBeLessThan(stood)
    .then(
      () => true,
      () => false,
    )
  const [sweeping, other] = goesOn ? [b, a] : [a, b]
  a.process.kill('SIGCONT')
  sweeping.process.kill('SIGSTOP')
  onTestFinished(() => void sweeping.process.kill('SIGCONT'))
  await expect.poll(holder, takeOver).not.toBe(first)
  await fill(400_000, Date.now() - minute)
  await expect.poll(() => isAtWork(400_000), takeOver).toBe(true)
  sweeping.process.kill('SIGCONT')
  const second = await holder()

  await other.end('SIGKILL')
  await expect.poll(holder, takeOver).not.toBe(second)
  expect(await holder()).toBe(first)
  await expect.poll(overdue, takeOver).toBe(0)
  expect(await later()).toBe(alive)
})

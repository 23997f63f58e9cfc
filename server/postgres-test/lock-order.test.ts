import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { newDatabase } from '../../testkit/databases.ts'
import { openPostgresStore } from '../src/store/postgres/store.ts'
import { allow, redemption } from '../test/store/world.ts'

test('who ends the family of a code that comes twice holds the code first, as all do, so that no two wait for each other', async () => {
  const url = await newDatabase()
  if (url === undefined) throw new Error('There is no PostgreSQL to test on')
  const store = await openPostgresStore({ url, connections: 4, prepares: true })
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const holder = await pool.connect()
  onTestFinished(async () => {
    await store.close()
    await pool.end()
  })
  const allowed = await allow(store)
  expect(await store.redeemCode(redemption(allowed))).toMatchObject({ outcome: 'redeemed' })
  await holder.query('BEGIN')
  await holder.query('SELECT id FROM families FOR UPDATE')
  const replaying = store.redeemCode(redemption(allowed))
  await expect
    .poll(() => pool.query('SELECT digest FROM codes FOR UPDATE NOWAIT').catch((error) => error.code))
    .toBe('55P03')
  await holder.query('COMMIT')
  holder.release()
  expect(await replaying).toMatchObject({ outcome: 'replayed' })
})

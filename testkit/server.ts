import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { afterAll, onTestFinished } from 'vitest'
import { problemOf, registerApp } from '../server/src/apps/register.ts'
import { seed } from '../server/src/cli/samples.ts'
import { readConfig, type Settings } from '../server/src/config.ts'
import { requestTimeoutMs } from '../server/src/limits.ts'
import { type Machine, type Running, type Samples, start } from '../server/src/server.ts'
import { openStore } from '../server/src/store/open.ts'
import { newDatabase } from './databases.ts'
import { freePort } from './ports.ts'

/** Where every test's server writes its log; the last step of a whole run looks for secrets in them. */
export const logFolder: string = fileURLToPath(new URL('../test-results/logs/', import.meta.url))

export interface TestServer extends Running {
  readonly url: string
  readonly port: number
  /** Stops the server's clock, so that nothing depends on how long the machine takes. */
  stopClock(): void
  /** Moves the server's clock on. */
  advance(milliseconds: number): void
  /** Registers an app as its developer would; answers its API key. */
  register(name: string, ...redirectUris: readonly string[]): Promise<string>
  /** What it has logged, a line of JSON each. */
  log(): string
}

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** A server for all the tests of a file. */
export async function fileServer(
  settings?: Settings,
  samples?: Samples,
  changes?: Partial<Machine>,
): Promise<TestServer> {
  const server = await testServer(settings, samples, changes)
  afterAll(() => server.stop())
  return server
}

/** A server for one test alone, which may move its clock. */
export async function ownServer(settings?: Settings, samples?: Samples): Promise<TestServer> {
  const server = await testServer(settings, samples)
  onTestFinished(() => server.stop())
  return server
}

/**
 * Starts a whole server on a free port, in memory, with the samples and a clock that tests can move.
 * @param changes what is otherwise on its machine
 */
export async function testServer(
  settings: Settings = {},
  samples: Samples | null = null,
  changes: Partial<Machine> = {},
): Promise<TestServer> {
  const port = settings['PORT'] ?? String(await freePort())
  const config = readConfig(
    {
      HOST: 'localhost',
      PORT: port,
      PUBLIC_URL: `http://localhost:${port}`,
      DATABASE_URL: await newDatabase(),
      ...settings,
    },
    'development',
  )
  let ahead = 0
  let stoppedAt: number | null = null
  const logFile = newLogFile(port)
  const deps = { ...machine(logFile), ...changes, clock: () => (stoppedAt ?? Date.now()) + ahead }
  const store = await openStore(config)
  await seed({ store, brand: config.brand, ...deps })
  const running = await start(config, store, deps, samples)
  return {
    ...running,
    url: config.publicUrl,
    port: config.port,
    stopClock: () => {
      stoppedAt = Date.now()
    },
    advance: (milliseconds) => {
      ahead += milliseconds
    },
    register: async (name, ...redirectUris) => {
      const form = { name, redirectUris, ownerId: null }
      const registration = await registerApp(form, { store, brand: config.brand, ...deps })
      if ('faults' in registration) throw new Error(problemOf(registration.faults))
      return registration.app.apiKey
    },
    log: () => readFileSync(logFile, 'utf8'),
  }
}

/** A file for the log of one server, and of no other: ports and process ids are given again. */
export function newLogFile(name: string): string {
  mkdirSync(logFolder, { recursive: true })
  return `${logFolder}${name}-${randomUUID()}.log`
}

/**
 * What a server of a test takes from the machine.
 * @param logFile where it writes what it logs
 */
export function machine(logFile: string): Machine {
  return {
    log: pino({ level: 'trace' }, pino.destination({ dest: logFile, sync: true })),
    clock: Date.now,
    random: randomBytes,
    descriptors: 4096,
    requestTimeoutMs,
    ownAddress: '192.0.2.7',
    shareMetrics: (read) => async () => read(),
    process: () => ({ memoryBytes: 100_000_000, cpuSeconds: 1, startedAt: 0 }),
  }
}

import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import { seed } from '../src/commands/samples.ts'
import { readConfig, type Settings } from '../src/config.ts'
import { openStore, type Running, type Samples, start } from '../src/start.ts'

/** Where every test's server writes its log; the last step of a whole run looks for secrets in them. */
export const logFolder: string = fileURLToPath(new URL('../../test-results/logs/', import.meta.url))

export interface TestServer extends Running {
  readonly url: string
  /** Moves the server's clock on. */
  advance(milliseconds: number): void
}

/** Starts a whole server on a free port, in memory, with the samples and a clock that tests can move. */
export async function testServer(
  settings: Settings = {},
  samples: Samples | null = null,
): Promise<TestServer> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const { DATA_DIR } = settings
  const config = readConfig(
    { HOST: 'localhost', PORT: String(port), PUBLIC_URL: url, ...settings },
    !DATA_DIR,
  )
  mkdirSync(logFolder, { recursive: true })
  let ahead = 0
  const machine = {
    log: pino(
      { level: 'trace' },
      pino.destination({ dest: `${logFolder}${process.pid}-${port}.log`, sync: true }),
    ),
    clock: () => Date.now() + ahead,
    random: randomBytes,
  }
  const store = openStore(config.dataDir)
  await seed({ store, brand: config.brand, ...machine })
  const running = await start(config, store, machine, samples)
  return {
    ...running,
    url,
    advance: (milliseconds) => {
      ahead += milliseconds
    },
  }
}

/** A port that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, 'localhost', () => {
      const address = probe.address()
      probe.close(() => (address instanceof Object ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

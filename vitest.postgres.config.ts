import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

/** Tests of programs that a machine may lack: openssl and PgBouncer. */
const ofPrograms = ['postgres-test/tls.test.ts', 'postgres-test/pgbouncer.test.ts']

const onPostgres = {
  root: 'server',
  // As in the suite on SQLite: modules hold no state that one file's tests could leave to another's.
  isolate: false,
  testTimeout: 90_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 15_000 } },
}

/** The store and the wire on a real PostgreSQL, which is installed aside: `npm run test:postgres`, of which `npm test` runs the first project. */
export default defineConfig({
  test: {
    reporters: ['default', new TotalReporter()],
    globalSetup: './server/postgres-test/cluster.ts',
    projects: [
      {
        test: {
          ...onPostgres,
          name: 'postgres',
          include: ['postgres-test/*.test.ts', 'test/wire/{token,refresh,revoke,same-answer}.test.ts'],
          exclude: ofPrograms,
        },
      },
      { test: { ...onPostgres, name: 'programs', include: ofPrograms } },
    ],
  },
})

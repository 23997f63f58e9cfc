import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

/** The store and the wire on a real PostgreSQL: `npm run test:postgres` installs it aside from everything else. */
export default defineConfig({
  test: {
    reporters: ['default', new TotalReporter()],
    root: 'server',
    // As in the suite on SQLite: modules hold no state that one file's tests could leave to another's.
    isolate: false,
    globalSetup: './postgres-test/cluster.ts',
    include: ['postgres-test/*.test.ts', 'test/wire/{token,refresh,revoke,same-answer}.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
})

import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

/** Nodes on a real PostgreSQL and a real S3-compatible server: `npm run test:nodes`. */
export default defineConfig({
  test: {
    reporters: ['default', new TotalReporter()],
    root: 'server',
    globalSetup: ['./postgres-test/cluster.ts', './s3-test/swift.ts'],
    include: ['nodes-test/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
})

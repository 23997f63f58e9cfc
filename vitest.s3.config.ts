import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

/** The content store on a real S3-compatible server, which `server/s3-test/swift.sh` serves: `npm run test:s3`. */
export default defineConfig({
  test: {
    reporters: ['default', new TotalReporter()],
    root: 'server',
    globalSetup: './s3-test/swift.ts',
    include: ['s3-test/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})

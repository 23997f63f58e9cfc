import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

/** Clients that never heard of this server: `npm run test:clients` installs them aside from everything else. */
export default defineConfig({
  test: {
    reporters: ['default', new TotalReporter()],
    root: 'clients',
    include: ['*.test.ts'],
    testTimeout: 60_000,
  },
})

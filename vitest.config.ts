import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

export default defineConfig({
  test: {
    reporters: ['default', new TotalReporter()],
    globalSetup: './server/test/clear-logs.ts',
    projects: [
      {
        test: {
          name: 'server',
          root: 'server',
          // The server's modules hold no state that one file's tests could leave to another's: they are loaded once.
          isolate: false,
          include: ['test/**/*.test.ts'],
          testTimeout: 30_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
      {
        test: {
          name: 'sdk',
          root: 'sdk',
          include: ['test/**/*.test.ts'],
          testTimeout: 30_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
      { test: { name: 'scripts', root: 'scripts', include: ['test/**/*.test.ts'], testTimeout: 120_000 } },
      { test: { name: 'bench', root: 'bench', include: ['*.test.ts'] } },
      {
        test: {
          name: 'browser',
          root: 'e2e',
          include: ['{accessibility,login,sessions,uploads,portal,pages}/*.test.ts', '*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})

import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

/** What waits for itself more than for the processor runs on every core; a browser has processes of its own beside its test. */
const onEveryCore = { maxWorkers: availableParallelism(), sequence: { groupOrder: 1 } }

export default defineConfig({
  test: {
    reporters: ['default', new TotalReporter()],
    globalSetup: './server/test/clear-logs.ts',
    projects: [
      {
        test: {
          ...onEveryCore,
          name: 'server',
          root: 'server',
          // The server's modules hold no state that one file's tests could leave to another's: they are loaded once.
          isolate: false,
          include: ['test/**/*.test.ts'],
          testTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        test: {
          ...onEveryCore,
          name: 'sdk',
          root: 'sdk',
          include: ['test/**/*.test.ts'],
          testTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        test: {
          ...onEveryCore,
          name: 'scripts',
          root: 'scripts',
          include: ['test/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      { test: { name: 'bench', root: 'bench', include: ['*.test.ts'] } },
      {
        test: {
          name: 'browser',
          root: 'e2e',
          include: ['{accessibility,login,sessions,uploads,portal,pages}/*.test.ts', '*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
})

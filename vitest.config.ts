import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

/**
 * Tests in Node run on every core, and so do looks at scenes, which wait for nothing but the processor. The other tests in a
 * browser run one file at a time: Chromium and a server are busy beside each.
 */
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
      {
        test: {
          ...onEveryCore,
          name: 'scenes',
          root: 'e2e',
          include: ['accessibility/*.test.ts'],
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'bench', root: 'bench', include: ['*.test.ts'] } },
      {
        test: {
          name: 'browser',
          root: 'e2e',
          include: ['{login,sessions,uploads,portal,pages}/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
})

import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

/** What Metro makes of the Expo example, and its web build in Chromium: the last part of `npm run test:expo`. */
export default defineConfig({
  test: {
    reporters: ['default', new TotalReporter()],
    root: 'examples/expo-upload/test',
    include: ['*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 240_000,
    fileParallelism: false,
  },
})

import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

/** What Metro and Hermes make of the SDK: `npm run test:native` installs Expo for it, aside from everything else. */
export default defineConfig({
  test: {
    reporters: ['default', new TotalReporter()],
    root: 'sdk/native-test',
    include: ['*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})

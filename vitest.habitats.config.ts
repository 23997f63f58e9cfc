import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

/** Where apps run: `npm run test:habitats` installs it aside from everything else. */
export default defineConfig({
  test: {
    reporters: ['default', new TotalReporter()],
    root: 'habitats',
    include: ['*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 90_000,
    fileParallelism: false,
  },
})

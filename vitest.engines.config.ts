import { defineConfig } from 'vitest/config'

/** The login in Firefox and WebKit beside Chromium: apart from the other tests, as WebKitGTK is for Linux alone. */
export default defineConfig({
  test: {
    root: 'e2e',
    include: ['engines/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})

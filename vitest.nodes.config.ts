import { defineConfig } from 'vitest/config'
import { TotalReporter } from './test-reporter.ts'

/** What cannot be done over two nodes, or is not done at the server of the harness. */
const ofOneNode = [
  // `stagedoor dev` has mail, and the accounts of the emulator, in the memory of one.
  'login/password-reset',
  'sessions/emulator',
  // They start a server of their own, whose data folder they look into, or a proxy before it that changes or cuts its answers.
  'login/opener-policy',
  'sessions/offline',
  'uploads/node-uploads',
  'uploads/upload-faults',
]

/**
 * Nodes on a real PostgreSQL and a real S3-compatible server: `npm run test:nodes`. What people do in the browser is done over two
 * of them by turns.
 */
export default defineConfig({
  test: {
    reporters: ['default', new TotalReporter()],
    globalSetup: ['./server/postgres-test/cluster.ts', './server/s3-test/swift.ts'],
    include: ['server/nodes-test/*.test.ts', 'e2e/{login,pages,portal,sessions,uploads}/*.test.ts'],
    exclude: ofOneNode.map((file) => `e2e/${file}.test.ts`),
    testTimeout: 90_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
})

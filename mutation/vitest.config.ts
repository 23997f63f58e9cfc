import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { areas } from './areas.mjs'

const area = areas[process.env['MUTATION_AREA'] ?? '']
if (area === undefined) throw new Error('npm run mutation says which area')

/** The tests of the area that is mutated. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..', area.project),
    include: area.tests.map((test) => `test/${test}.test.ts`),
    testTimeout: 30_000,
    expect: { poll: { timeout: 15_000 } },
  },
})

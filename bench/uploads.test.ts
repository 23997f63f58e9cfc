import { expect, test } from 'vitest'
import { measureUpload } from './measure-uploads.ts'

test('100 MB are received and made into MP3 without staying in memory', { timeout: 60_000 }, async () => {
  const { growth } = await measureUpload('stagedoor', 100)
  expect(growth).toBeLessThan(40)
})

test('and can be measured beside a bare server', { timeout: 60_000 }, async () => {
  const { megabytesPerSecond } = await measureUpload('bare tus', 1)
  expect(megabytesPerSecond).toBeGreaterThan(0)
})

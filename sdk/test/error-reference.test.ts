import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorReference } from '../scripts/error-reference.ts'

test('docs/errors.md says what the catalogue says', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')
  expect(page).toBe(errorReference())
})

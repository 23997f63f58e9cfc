import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sdkErrorWords } from '../../server/src/pages/docs/sdk-error-words.ts'
import { errorReference, serverErrorWords } from '../scripts/error-reference.ts'

test('docs/errors.md says what the catalogue says', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')
  expect(page).toBe(errorReference())
})

test('the server’s page about errors says what the catalogue says', () => {
  expect(sdkErrorWords).toEqual(serverErrorWords)
})

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorWords } from '../../src/pages/docs/error-words.ts'

const explained = errorWords.map(({ code }) => code)

test('every code that the server can answer is explained, once', () => {
  const code =
    /'((?:access|authorization|consent|email|expired|insufficient|invalid|login|not|quota|server|slow|temporarily|too|unauthorized|unsupported|use)_[a-z_]+)'/g
  const folder = new URL('../../src/errors/', import.meta.url)
  const used = readdirSync(folder).flatMap((name) =>
    Array.from(readFileSync(new URL(name, folder), 'utf8').matchAll(code), ([, it]) => it),
  )
  expect(new Set(used).size).toBeGreaterThan(12)
  const composed = ['request_not_supported', 'request_uri_not_supported']
  expect(explained.toSorted()).toEqual([...new Set([...used, ...composed])].toSorted())
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorWords } from '../../src/pages/docs/error-words.ts'

const explained = errorWords.map(({ code }) => code)

test('every code that the server can answer is explained, once', () => {
  const code =
    /'((?:access|consent|email|insufficient|invalid|login|not|quota|server|temporarily|too|unauthorized|unsupported)_[a-z_]+)'/g
  const used = ['oauth', 'page', 'api', 'upload'].flatMap((name) =>
    Array.from(
      readFileSync(new URL(`../../src/errors/${name}.ts`, import.meta.url), 'utf8').matchAll(code),
      ([, it]) => it,
    ),
  )
  expect(new Set(used).size).toBeGreaterThan(12)
  const composed = ['request_not_supported', 'request_uri_not_supported']
  expect(explained.toSorted()).toEqual([...new Set([...used, ...composed])].toSorted())
})

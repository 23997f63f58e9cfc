import { expect, test } from 'vitest'
import { pathMatcher } from '../../src/http/match-path.ts'

const match = pathMatcher(['/', '/docs/*', '/a/:id', '/a/own', '/a/:id/b.csv', '/sdk.js'])

test.each([
  ['/', '/'],
  ['/a/7', '/a/:id'],
  ['/a/7/', '/a/:id'],
  ['/a/own', '/a/own'],
  ['/%61/%6fwn', '/a/own'],
  ['/a/7/b.csv', '/a/:id/b.csv'],
  ['/a/7/bxcsv', undefined],
  ['/a', undefined],
  ['/a/7/c', undefined],
  ['/docs/x/y', '/docs/*'],
  ['/sdkxjs', undefined],
  ['/%zz', undefined],
])('%s stands for %s', (pathname, path) => expect(match(pathname)).toBe(path))

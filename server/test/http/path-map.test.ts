import { expect, test } from 'vitest'
import { PathMap } from '../../src/http/path-map.ts'

const paths = new PathMap<string>()
for (const path of [
  '/',
  '/docs/*',
  '/a/:id',
  '/a/own',
  '/a/:id/b.csv',
  '/a/:own/c/:id',
  '/sdk.js',
  '/:any/z',
])
  paths.set(path, path)

test.each([
  ['/', '/', {}],
  ['//', '/', {}],
  ['/a/7', '/a/:id', { id: '7' }],
  ['/a/7/', '/a/:id', { id: '7' }],
  ['/a/own', '/a/own', {}],
  ['/%61/%6fwn', '/a/own', {}],
  ['/a/own/b.csv', '/a/:id/b.csv', { id: 'own' }],
  ['/a//b.csv', '/a/:id/b.csv', { id: '' }],
  ['/a/1/c/2', '/a/:own/c/:id', { own: '1', id: '2' }],
  ['/a/:id', '/a/:id', { id: ':id' }],
  ['/a/x%2fy', '/a/:id', { id: 'x/y' }],
  ['/a/x%252fy', '/a/:id', { id: 'x%2fy' }],
  ['/a/%C3%A5', '/a/:id', { id: 'å' }],
  ['/a/__proto__', '/a/:id', { id: '__proto__' }],
  [`/a/${'x'.repeat(100)}`, '/a/:id', { id: 'x'.repeat(100) }],
  ['/a/z', '/a/:id', { id: 'z' }],
  ['/docs/z', '/docs/*', { '*': 'z' }],
  ['/docs/x/y', '/docs/*', { '*': 'x/y' }],
  ['/docs/x//y', '/docs/*', { '*': 'x//y' }],
])('%s leads to %s with %o', (pathname, value, parameters) =>
  expect(paths.find(pathname)).toEqual({ value, parameters }),
)

test.each([
  '/a/7/bxcsv',
  '/a',
  '/a/',
  '/a/7/c',
  '/A/own',
  '/a/own//',
  '/docs',
  '/sdkxjs',
  '/%zz',
  '/a/%',
  `/a/${'x'.repeat(101)}`,
  '*',
  '',
])('%s leads nowhere', (pathname) => expect(paths.find(pathname)).toBeUndefined())

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isInstalled } from '../install-aside.ts'
import { withoutNarrowEngines } from '../lockfile.ts'

const root = new URL('../../', import.meta.url)

test('A package that refuses a Node which may start npm does not say so in the lockfile', () => {
  const packages = {
    '': { name: 'all' },
    'node_modules/a': { version: '1.0.0', engines: { node: '>=22' } },
    'node_modules/b': { version: '1.0.0', engines: { node: '^20.19.0 || >=22.12.0' }, optional: true },
    'node_modules/c': { version: '1.0.0', engines: { node: '>=18' } },
    'node_modules/d': { version: '1.0.0', engines: { npm: '>=6' } },
  }
  expect(withoutNarrowEngines({ lockfileVersion: 3, packages })).toEqual({
    lockfileVersion: 3,
    packages: {
      ...packages,
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '1.0.0', optional: true },
    },
  })
})

test('Every package with an install script is approved, and no other', () => {
  const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'))
  const scripted = Object.keys(packages).filter((place) => packages[place].hasInstallScript)
  const { allowScripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  expect(scripted.map((place) => place.replace(/^.*node_modules\//, ''))).toEqual(Object.keys(allowScripts))
})

test('What is installed aside is installed once, and again when its lockfile changes', () => {
  const lockfile = (integrity: string) => ({
    packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity } },
  })
  const { '': _, ...installed } = lockfile('sha512-one').packages
  expect(isInstalled(lockfile('sha512-one'), { packages: installed })).toBe(true)
  expect(isInstalled(lockfile('sha512-two'), { packages: installed })).toBe(false)
  expect(isInstalled(lockfile('sha512-one'), null)).toBe(false)
})

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { sdkLaw } from '../../scripts/import-law.ts'
import { importCircles, importsIn, roomOf, sourceFiles } from '../../scripts/imports.ts'
import { catalogue as early } from '../src/errors/catalogue.ts'
import { failure, isStagedoorError, learn, StagedoorError } from '../src/errors/errors.ts'
import { lateCatalogue } from '../src/errors/late-catalogue.ts'

const catalogue = { ...early, ...lateCatalogue }
learn(lateCatalogue)

const folder = fileURLToPath(new URL('../src/', import.meta.url))
const source = (file: string) => readFileSync(join(folder, file), 'utf8')
const files = sourceFiles(folder)
const imports = importsIn(folder)
const within = imports.filter(({ to }) => files.includes(to))

/** What is loaded by name: every file at the top that is no part of another. */
const bindings = ['react', 'vue', 'svelte', 'solid', 'angular', 'button'].map((name) => `${name}.ts`)
const entries = [
  'browser',
  'node',
  'edge',
  'native',
  'testing',
  'script',
  'button-script',
  'error-codes',
  'words',
  'webhooks',
]
  .map((name) => `${name}.ts`)
  .concat(bindings)

describe('the import law', () => {
  test('knows every room that is no entry, and no other', () => {
    const rooms = [...new Set(files.map(roomOf))].filter((room) => !entries.includes(room))
    expect(rooms.sort()).toEqual(Object.keys(sdkLaw).sort())
  })

  test.each(Object.keys(sdkLaw))('%s imports only what stands below it', (room) => {
    const allowed = sdkLaw[room] ?? []
    const broken = within.filter(
      ({ from, to }) => roomOf(from) === room && roomOf(to) !== room && !allowed.includes(roomOf(to)),
    )
    expect(broken.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  test('has no circle, types included', () => {
    expect(importCircles(folder)).toEqual([])
  })

  test('no file depends on a package', () => {
    const packages = imports.filter(({ to }) => !files.includes(to))
    expect([...new Set(packages.map(({ from, to }) => `${from}: ${to}`))].sort()).toEqual([
      'angular.ts: @angular/core',
      'login/loopback.ts: node:http',
      'react.ts: react',
      'solid.ts: solid-js',
      ...['child_process', 'fs', 'net', 'path'].map((name) => `testing/start-emulator.ts: node:${name}`),
      'vue.ts: vue',
    ])
  })

  test('the extras bring nothing of the core but types', () => {
    const isExtra = (file: string) => roomOf(file) === 'ui' || bindings.includes(file)
    for (const file of files.filter(isExtra)) {
      for (const [line, areTypes, names = '', from = ''] of source(file).matchAll(
        /^(?:import|export) (type )?([^']*) from '(\..+)'/gm,
      )) {
        const isTypes = Boolean(areTypes) || !names.replace(/\btype \w+|[{},\s]/g, '')
        expect(isTypes || isExtra(join(dirname(file), from)), `${file}: ${line}`).toBe(true)
      }
    }
  })

  test.each(['browser', 'native'])('the %s platform is reached from its entry alone', (entry) => {
    const users = within.filter(({ to }) => to === `platform/${entry}.ts`).map(({ from }) => from)
    expect(users).toEqual([`${entry}.ts`])
  })

  test('Node’s own side is reached from its entry alone', () => {
    const usersOf = (own: RegExp) => [
      ...new Set(within.filter(({ from, to }) => own.test(to) && !own.test(from)).map(({ from }) => from)),
    ]
    expect(usersOf(/^login\/(?:node-login|loopback)/)).toEqual(['node.ts'])
    expect(usersOf(/^(?:platform\/server|login\/server-side)/)).toEqual(['edge.ts', 'node.ts'])
  })
})

test('no logic touches a global of a platform', () => {
  const logic = files.filter(
    (file) => !/^(button.*|ui\/button-.*|words|browser|platform\/browser.*|native)\.ts$/.test(file),
  )
  for (const file of logic) {
    const code = source(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    expect(code, file).not.toMatch(
      /typeof window|\b(window|document|globalThis|localStorage)\b[.[(]|Math\.random/,
    )
    if (file !== 'platform/native-modules.ts') expect(code, file).not.toContain('require(')
  }
})

describe('errors', () => {
  const thrown = files
    .filter((file) => !/^errors\/(late-)?catalogue\.ts$/.test(file))
    .map(source)
    .join()

  test.each(Object.entries(catalogue))('%s is explained and raised', (code, [kind, hint, outcome]) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
    expect(hint).toMatch(/^\S.{10,75}\.$/)
    expect(thrown).toContain(`'${code}'`)
    const facts = { reason: 'reason', status: 400, serverCode: 'server_code', requestId: 'id', cause: 1 }
    const error = failure(code as keyof typeof catalogue, facts)
    expect(error).toMatchObject({ name: `${kind}Error`, code, hint, ...facts })
    expect(error.message).toBe(`${hint} (400 server_code reason)`)
    expect([error.retryable, error.cancelled]).toEqual([outcome === 'retryable', outcome === 'cancelled'])
    expect(error.docsUrl).toBe(`https://api.audius.co/docs/errors#${code}`)
  })

  test('are told from others, also across copies of the SDK', () => {
    expect(isStagedoorError(new StagedoorError('timeout'))).toBe(true)
    expect(isStagedoorError({ isStagedoorError: true, code: 'timeout' })).toBe(true)
    for (const other of [new Error('x'), null, undefined, 'timeout', {}])
      expect(isStagedoorError(other)).toBe(false)
  })
})

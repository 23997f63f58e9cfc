import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../src/catalogue.ts'
import { failure, isStagedoorError, StagedoorError } from '../src/errors.ts'

const folder = new URL('../src/', import.meta.url)
const source = (file: string) => readFileSync(new URL(file, folder), 'utf8')
const files = readdirSync(folder)

/** From the entries down: a file imports from lower floors, or from its own. */
const floors = [
  ['script', 'testing', 'button-script'],
  ['testing-fake', 'testing-playwright', 'testing-token-store', 'testing-errors'],
  ['testing-platform', 'testing-server', 'testing-uploads'],
  ['browser', 'node', 'native', 'react', 'button', 'button-element'],
  ['button-view', 'button-style'],
  ['surface'],
  ['profile'],
  ['account'],
  ['store'],
  ['sdk'],
  ['windows', 'node-login', 'server-side'],
  ['agent-login'],
  ['links', 'gate'],
  ['oauth', 'loaded-uploads', 'login', 'redirect', 'redeem'],
  ['later', 'upload', 'no-uploads'],
  ['upload-send', 'upload-result'],
  ['upload-control', 'upload-file', 'upload-record', 'upload-request', 'storage-node'],
  ['uploads'],
  ['watch', 'current-user', 'users', 'tracks', 'fetch'],
  ['call-api'],
  ['context'],
  ['authorized'],
  ['loopback'],
  ['handoff', 'session', 'stored', 'transaction', 'client', 'request', 'answer'],
  ['browser-platform', 'node-platform', 'native-platform', 'loopback-page'],
  ['native-modules'],
  ['native-random', 'async-storage', 'browser-session', 'process-lock'],
  ['token-store', 'pkce', 'platform'],
  ['answers'],
  ['events', 'abort', 'url', 'api', 'loaded-later'],
  ['errors', 'image'],
  ['fields', 'names'],
  ['catalogue'],
]
/** What each of the extras is made of. None of it may bring a part of the core along. */
const extras = [
  'react',
  'button',
  'button-element',
  'button-view',
  'button-style',
  'profile',
  'account',
  'store',
]
const floorOf = (file: string) => floors.findIndex((floor) => floor.includes(file.replace('.ts', '')))

describe('imports', () => {
  test.each(files)('of %s run one way', (file) => {
    expect(floorOf(file), 'has a floor').toBeGreaterThan(-1)
    const imports = [...source(file).matchAll(/(?:from |import\()'(.+?)'/g)].map(([, from = '']) => from)
    for (const from of imports) {
      if (file === 'loopback.ts' && from === 'node:http') continue
      if (file === 'react.ts' && from === 'react') continue
      expect(from).toMatch(/^\.\/[a-z-]+\.ts$/)
      expect(floorOf(from.slice(2)), from).toBeGreaterThanOrEqual(floorOf(file))
    }
  })

  test.each(extras)('of %s bring nothing of the core but types', (file) => {
    const imports = [...source(`${file}.ts`).matchAll(/^import (type )?([^']*) from '\.\/(.+)\.ts'/gm)]
    for (const [line, areTypes, names = '', from = ''] of imports) {
      const isTypes = Boolean(areTypes) || !names.replace(/\btype \w+|[{},\s]/g, '')
      expect(isTypes || extras.includes(from), line).toBe(true)
    }
  })

  test.each(['browser', 'native'])('reach the %s side from its entry alone', (entry) => {
    const users = files.filter((file) => source(file).includes(`from './${entry}-platform.ts'`))
    expect(users).toEqual([`${entry}.ts`])
  })

  test('reach Node’s own side from its entry alone', () => {
    const users = files.filter((file) => /from '\.\/(node-|loopback|server-side)/.test(source(file)))
    expect(users).toEqual(['loopback.ts', 'node-login.ts', 'node.ts'])
  })
})

test('no logic touches a global of a platform', () => {
  const logic = files.filter((file) => !/^(button.*|browser|browser-platform|native)\.ts$/.test(file))
  for (const file of logic) {
    const code = source(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    expect(code, file).not.toMatch(
      /typeof window|\b(window|document|globalThis|localStorage)\b[.[(]|Math\.random/,
    )
    if (file !== 'native-modules.ts') expect(code, file).not.toContain('require(')
  }
})

describe('errors', () => {
  const thrown = files
    .filter((file) => file !== 'catalogue.ts')
    .map(source)
    .join()

  test.each(Object.entries(catalogue))('%s is explained and raised', (code, [kind, hint, outcome]) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
    expect(hint).toMatch(/^\S.{10,75}\.$/)
    expect(thrown).toContain(`'${code}'`)
    const error = failure(code as keyof typeof catalogue, { reason: 'reason', requestId: 'id', cause: 1 })
    expect(error).toMatchObject({ name: `${kind}Error`, code, hint, requestId: 'id', cause: 1 })
    expect(error.message).toBe(`${hint} (reason)`)
    expect([error.retryable, error.cancelled]).toEqual([outcome === 'retryable', outcome === 'cancelled'])
    expect(error.docsUrl).toBe(`docs/errors.md#${code}`)
  })

  test('are told from others, also across copies of the SDK', () => {
    expect(isStagedoorError(new StagedoorError('timeout'))).toBe(true)
    expect(isStagedoorError({ isStagedoorError: true, code: 'timeout' })).toBe(true)
    for (const other of [new Error('x'), null, undefined, 'timeout', {}])
      expect(isStagedoorError(other)).toBe(false)
  })
})

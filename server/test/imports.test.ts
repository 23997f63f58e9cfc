import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { serverLaw } from '../../scripts/import-law.ts'
import { importCircles, importsIn, roomOf, sourceFiles } from '../../scripts/imports.ts'

const root = fileURLToPath(new URL('../src/', import.meta.url))
const files = sourceFiles(root)
const imports = importsIn(root)
const within = imports.filter(({ to }) => files.includes(to))

describe('the import law', () => {
  test.each([...new Set(files.map(roomOf))])('%s imports only what stands below it', (room) => {
    const allowed = serverLaw[room] ?? []
    const broken = within
      .filter(({ from, to }) => roomOf(from) === room && roomOf(to) !== room)
      .filter(({ to }) => !allowed.includes(roomOf(to)))
    expect(
      broken.map(({ from, to }) => `${from} imports ${to}, and ${room} may not: see docs/architecture.md.`),
    ).toEqual([])
  })

  test('knows every room, and no other', () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(serverLaw).sort())
  })

  test('has no circle, types included', () => {
    expect(importCircles(root)).toEqual([])
  })

  test('the store’s contract is all that others take of the store, but for the command line and the start', () => {
    const others = within.filter(
      ({ from, to }) =>
        roomOf(to) === 'store' &&
        !['store', 'cli', 'server.ts'].includes(roomOf(from)) &&
        !to.startsWith('store/contract/'),
    )
    expect(others.map(({ from, to }) => `${from} imports ${to}; only the contract is shared.`)).toEqual([])
  })

  test('the store’s contract is imported as types alone', () => {
    const values = within.filter(({ to, isTypeOnly }) => to === 'store/contract/store.ts' && !isTypeOnly)
    expect(values.map(({ from }) => `${from} imports more than types from the contract.`)).toEqual([])
  })

  test('SQL is behind the store', () => {
    const others = imports.filter(
      ({ from, to }) => roomOf(from) !== 'store' && /^(?:kysely|node:sqlite)$/.test(to),
    )
    expect(others.map(({ from, to }) => `${from} imports ${to}; only the store speaks SQL.`)).toEqual([])
  })

  test('HTTP is behind the edge', () => {
    const others = imports.filter(
      ({ from, to }) =>
        !['http', 'outgoing', 'cli', 'routes.ts'].includes(roomOf(from)) && /^node:https?$/.test(to),
    )
    expect(others.map(({ from, to }) => `${from} imports ${to}; only the edge speaks HTTP.`)).toEqual([])
  })

  test('views take words and answer words', () => {
    // The numbers that words repeat are words as well.
    const isView = (file: string) =>
      file.endsWith('.tsx') || file.startsWith('pages/views/') || file === 'limits.ts'
    const others = within.filter(({ from, to }) => from.endsWith('.tsx') && !isView(to))
    expect(
      others.map(({ from, to }) => `${from} imports ${to}; a view only shows what it is given.`),
    ).toEqual([])
  })
})

describe('the process', () => {
  test('is touched by main.ts alone', () => {
    // Snippets are programs that others run.
    const isOurs = (file: string) => file !== 'main.ts' && !file.startsWith('pages/developers/snippets/')
    const others = files.filter(
      (file) => isOurs(file) && /(?<!-)\bprocess\.|\bconsole\.|from 'node:process'/.test(sourceOf(file)),
    )
    expect(others.map((file) => `${file} touches the process; only main.ts may.`)).toEqual([])
  })

  test('has one source of randomness, which is a strong one', () => {
    const others = files.filter((file) => /\bMath\.random\b/.test(sourceOf(file)))
    expect(others.map((file) => `${file} uses Math.random.`)).toEqual([])
  })

  test('gives the protocol and the accounts their clock', () => {
    const others = files.filter(
      (file) =>
        ['oauth', 'apps', 'accounts', 'pages', 'api', 'store'].includes(roomOf(file)) &&
        /\bDate\.now\b|new Date\(\)/.test(sourceOf(file)),
    )
    expect(others.map((file) => `${file} has a clock of its own.`)).toEqual([])
  })
})

function sourceOf(file: string): string {
  return readFileSync(join(root, file), 'utf8').replace(/\/\*.*?\*\/|^\s*\/\/.*$/gms, '')
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { measure, tableOf } from './measure.ts'

const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const gzip = (file: string) => gzipSync(read(`sdk/dist/${file}`), { level: 9 }).length

/** What a file loads when it is first needed, and not before. */
const lazyCallsBy = (file: string) =>
  [...read(`sdk/dist/${file}`).matchAll(/import\(`\.\/(.+?)`\)/g)].map(([, name = '']) => name)

/** A file and what it imports at once. */
const whole = (file: string) =>
  [
    file,
    ...[...read(`sdk/dist/${file}`).matchAll(/from[`"]\.\/(.+?)[`"]/g)].map(([, name = '']) => name),
  ].reduce((total, name) => total + gzip(name), 0)

/** Every size that a page of the documentation claims, in kB, and what it is. */
const claims: readonly (readonly [page: string, words: RegExp, bytes: () => number])[] = [
  ['docs/sdk.md', /A page loads about ([\d.]+) kB \(gzip\)/, () => gzip('browser.mjs')],
  [
    'docs/sdk.md',
    /load another ([\d.]+) kB/,
    () =>
      lazyCallsBy('browser.mjs')
        .filter((file) => !file.startsWith('window-'))
        .reduce((total, file) => total + gzip(file), 0),
  ],
  [
    'docs/sdk.md',
    /A page loads ([\d.]+) kB \(gzip\) more when the first upload/,
    () =>
      lazyCallsBy('browser.mjs')
        .filter((file) => file.startsWith('upload-'))
        .reduce((total, file) => total + gzip(file), 0),
  ],
  [
    'docs/sdk.md',
    /a page loads ([\d.]+) kB \(gzip\) for it/,
    () =>
      lazyCallsBy('browser.mjs')
        .filter((file) => file.startsWith('window-'))
        .reduce((total, file) => total + gzip(file), 0),
  ],
  ['docs/architecture.md', /The login is ([\d.]+) kB/, () => gzip('browser.mjs')],
  ['docs/sdk.md', /one file of ([\d.]+) kB/, () => gzip('sdk.min.js')],
  ['docs/sdk.md', /React 18 or newer, about ([\d.]+) kB \(gzip\)/, () => whole('react.mjs')],
  ['docs/sdk.md', /file with all of it \(([\d.]+) kB gzip\)/, () => gzip('bundle.mjs')],
  [
    'docs/sdk.md',
    /for ([\d.]+) kB each beside/,
    () => Math.max(...['vue', 'svelte', 'solid', 'angular'].map((name) => gzip(`${name}.mjs`))),
  ],
  ['docs/sdk.md', /beside the ([\d.]+) kB that/, () => whole('svelte.mjs') - gzip('svelte.mjs')],
  ['docs/sdk.md', /in one script \(([\d.]+) kB gzip\)/, () => gzip('button.min.js')],
  ['docs/sdk.md', /modules adds ([\d.]+) kB/, () => whole('button.mjs')],
]

describe('The documentation', () => {
  test.each(claims)('of %s is right that %s', (page, words, bytes) => {
    expect(words.exec(read(page))?.[1]).toBe((bytes() / 1000).toFixed(1))
  })

  test.each(['README.md', 'docs/sdk.md', 'docs/migrating.md'])('claims no other size in %s', (page) => {
    const known = claims.filter(([of]) => of === page)
    expect(read(page).match(/\bkB\b/g) ?? []).toHaveLength(known.length)
  })

  test('compares the sizes as they are', { timeout: 30_000 }, async () => {
    expect(read('bench/README.md')).toContain(tableOf(await measure()))
  })
})

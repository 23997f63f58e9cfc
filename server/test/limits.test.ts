import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  inWords,
  lifetimes,
  longestAudio,
  mostBytes,
  passwordLengthWords,
  sizeInWords,
} from '../src/limits.ts'

const source = join(import.meta.dirname, '../src')

describe('a number in words', () => {
  test.each([
    [30_000, '30 seconds'],
    [60_000, '60 seconds'],
    [5 * 60_000, 'five minutes'],
    [30 * 60_000, '30 minutes'],
    [3_600_000, 'an hour'],
    [6 * 3_600_000, 'six hours'],
    [86_400_000, '24 hours'],
    [90 * 86_400_000, '90 days'],
  ])('%i ms is %s', (milliseconds, words) => {
    expect(inWords(milliseconds)).toBe(words)
  })

  test.each([
    [64 * 1024, '64 kB'],
    [10 * 1024 * 1024, '10 MB'],
    [20 * 1024 ** 3, '20 GB'],
  ])('%i bytes is %s', (bytes, words) => {
    expect(sizeInWords(bytes)).toBe(words)
  })
})

test('what limits.ts says in words is written nowhere else', () => {
  const words = [
    passwordLengthWords,
    sizeInWords(mostBytes.picture),
    sizeInWords(mostBytes.body),
    sizeInWords(mostBytes.archive),
    inWords(longestAudio),
    `live ${inWords(lifetimes.code)}`,
    `for ${inWords(lifetimes.resetLink)}`,
    `for ${inWords(lifetimes.emailLink)}`,
    `over ${inWords(lifetimes.request)}`,
  ]
  const found = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && name !== 'limits.ts')
    .flatMap((name) => {
      const said = readFileSync(join(source, name), 'utf8').replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '')
      return words.filter((each) => said.includes(each)).map((each) => `${name}: ${each}`)
    })
  expect(found).toEqual([])
})

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { pooled } from '../../src/crypto/pooled.ts'

test('bytes of a pool are as many as asked for, and none comes twice', () => {
  const random = pooled(randomBytes)
  const taken = Array.from({ length: 2000 }, () => Buffer.from(random(9)).toString('hex'))
  expect(new Set(taken).size).toBe(2000)
  expect(taken.every((each) => each.length === 18)).toBe(true)
  expect(random(10_000)).toHaveLength(10_000)
})

test('a source is asked for many at once, and each of its bytes is given in order', () => {
  let asked = 0
  const counting = (bytes: number) => {
    asked += 1
    return Buffer.from(Array.from({ length: bytes }, (_, index) => index % 251))
  }
  const random = pooled(counting)
  expect([...random(3), ...random(4)]).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(asked).toBe(1)
})

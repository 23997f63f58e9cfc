import { expect, test } from 'vitest'
import { mostBuckets, TokenBuckets } from '../../src/usage/token-buckets.ts'

test('a hundred thousand users take no more memory than twenty thousand, and whoever called last is still held', () => {
  const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, () => 0)
  const users = Array.from({ length: 100_000 }, (_, user) => `app ${user}`)
  expect(users.filter((user) => buckets.take(user) > 0)).toEqual([])
  expect(buckets.size).toBe(mostBuckets)
  // The oldest are forgotten, and begin anew; the latest are not.
  expect(users.slice(-mostBuckets).filter((user) => buckets.take(user) === 0)).toEqual([])
  expect(buckets.take('app 0')).toBe(0)
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as durations from '../src/durations.ts'
import * as uploads from '../src/uploads/durations.ts'

const d = { ...durations, ...uploads }

test('no wait outlasts what it waits within', () => {
  const within: readonly (readonly [shorter: number, longer: number])[] = [
    // Whoever waits for a lock goes on while the server still answers a used refresh token.
    [d.LOCK_WITHIN + d.WRITES_ARRIVE_WITHIN, d.REFRESH_GRACE / 2],
    // An exchange is tried again while its code can live, and asked for anew while its approval does.
    [d.EXCHANGE_WITHIN, d.CODE_LIFETIME],
    [d.TOKENS_WITHIN, d.CODE_LIFETIME],
    [d.EXCHANGE_WITHIN + d.TOKENS_WITHIN, d.APPROVAL_LIFETIME],
    // The opener waits for all that its callback page does.
    [d.ACKNOWLEDGE_WITHIN + d.LOCK_WITHIN + d.EXCHANGE_WITHIN + d.TOKENS_WITHIN, d.COMPLETES_WITHIN],
    // A callback page has handed its answer over before the opener takes it from the address.
    [d.ACKNOWLEDGE_WITHIN + 2 * d.POLL_EVERY, d.UNHANDLED_WITHIN],
    // A closed popup ends its login within three seconds, whether its page's policy can be read or not.
    [2 * d.CLOSED_GRACE + 2 * d.POLL_EVERY, 3000 + d.POLL_EVERY],
    [d.CLOSED_GRACE, d.SEVERED_GRACE],
    [d.LAST_RETRY, d.LONGEST_RETRY_AFTER],
    [d.APPROVAL_LIFETIME, d.LOGIN_LIFETIME],
    [d.LOGIN_LIFETIME, d.RECORD_LIFETIME],
    [d.LINK_GRACE, d.READY_WITHIN],
    // A piece is tried again, and again after the longest pause, while the server keeps its upload.
    [d.PIECE_WITHIN + 2 * d.LAST_PIECE_RETRY, d.UPLOAD_LIFETIME],
  ]
  for (const [shorter, longer] of within) expect(shorter).toBeLessThan(longer)
})

test('at least two looks at a server come within its grace after an answer was lost', () => {
  // At most: pauses vary by half.
  const second = 1.5 * (d.FIRST_RETRY + 2 * d.FIRST_RETRY)
  expect(second).toBeLessThan(d.REFRESH_GRACE)
})

test('every one of them is a whole number of milliseconds', () => {
  for (const [name, value] of Object.entries(d))
    if (typeof value === 'number') expect(Number.isInteger(value) && value > 0, name).toBe(true)
})

test('no other file of the SDK sets a duration of its own', () => {
  const source = join(import.meta.dirname, '../src')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/.test(file) && !/(?:^|\/)durations\.ts$/.test(file))
    // What tests run is bounded by their runner.
    .filter((file) => !file.startsWith('testing'))
  const own = (file: string) =>
    readFileSync(join(source, file), 'utf8')
      .split('\n')
      .filter((line) => /\d_000\b|\bset(?:Timeout|Interval)\(.*, \d|AbortSignal\.timeout\(\d/.test(line))
      .map((line) => `${file}: ${line.trim()}`)
  expect(files.flatMap(own)).toEqual([])
})

import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { askedToEnd } from '../src/cli/asked-to-end.ts'

/** A process whose signals are emitted here. */
function processWithClock() {
  const process = new EventEmitter()
  const state = { now: 0, again: 0 }
  const asked = askedToEnd(
    process,
    () => state.now,
    () => {
      state.again += 1
    },
  )
  return { process, state, asked }
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('%s asks a process to end', async (signal) => {
  const { process, asked } = processWithClock()
  process.emit(signal)
  await expect(asked).resolves.toBe('asked')
})

test('A request that several processes pass on is one request', () => {
  const { process, state } = processWithClock()
  for (const [signal, at] of [
    ['SIGINT', 0],
    ['SIGINT', 3],
    ['SIGTERM', 900],
  ] as const) {
    state.now = at
    process.emit(signal)
  }
  expect(state.again).toBe(0)
})

test('Whoever asks again later does not want to wait', () => {
  const { process, state } = processWithClock()
  process.emit('SIGTERM')
  state.now = 1001
  process.emit('SIGTERM')
  expect(state.again).toBe(1)
})

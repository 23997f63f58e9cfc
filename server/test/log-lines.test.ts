import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { logLines } from '../src/cli/log-lines.ts'

/** A pipe whose other end reads only when it is told to. */
function pipe() {
  const read: string[] = []
  let next = () => {}
  const out = new Writable({
    decodeStrings: false,
    write(text, _encoding, done) {
      read.push(text)
      next = done
    },
  })
  const lines = logLines(out, () => 5)
  const readOn = () => {
    for (let last = -1; last !== read.length; ) {
      last = read.length
      next()
    }
  }
  return { out, read, lines, readOn }
}

test('lines of the log that nobody reads are left out beyond a bound, and counted once somebody does', () => {
  const { out, read, lines, readOn } = pipe()
  const line = `${'x'.repeat(8191)}\n`
  for (let count = 0; count < 400; count += 1) lines.write(line)
  expect(out.writableLength).toBeLessThan(1.1 * 1024 * 1024)
  readOn()
  const taken = read.length
  expect(taken).toBeLessThan(400)
  lines.write('again\n')
  lines.flush()
  readOn()
  expect(read.at(-1)).toMatch(
    new RegExp(
      `^{"level":40,"time":5,"lines":${400 - taken},"msg":"lines of the log were left out.*}\nagain\n$`,
    ),
  )
})

test('a reader of the log that has gone ends nothing', () => {
  const { out, lines } = pipe()
  out.destroy(new Error('EPIPE'))
  lines.write('alone\n')
  expect(() => lines.flush()).not.toThrow()
})

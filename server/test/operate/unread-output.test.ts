import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { bin } from '@stagedoor/testkit/command'
import { expect, test } from 'vitest'

test('a command whose output nobody reads any more ends without a word, as for head and grep -m1', async () => {
  const child = spawn(process.execPath, [bin, 'serve', '--help'], { stdio: 'pipe' })
  child.stdout.destroy()
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect({ said, code }).toEqual({ said: '', code: 0 })
})

test('a command whose output cannot be kept says so', async () => {
  const child = spawn('sh', ['-c', `exec "$0" "$1" --help > /dev/full`, process.execPath, bin], {
    stdio: 'pipe',
  })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect(said).toMatch(/^The output cannot be written \(ENOSPC.*\)\.\n$/)
  expect(code).toBe(1)
})

test('--version says the version of the package', async () => {
  const child = spawn(process.execPath, [bin, '--version'], { stdio: 'pipe' })
  expect(await text(child.stdout)).toMatch(/^\d+\.\d+\.\d+\n$/)
})

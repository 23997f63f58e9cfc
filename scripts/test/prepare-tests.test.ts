import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test.each([
  ['/nowhere', 'CHROMIUM_PATH is /nowhere, and nothing there can be run.\n'],
  [process.execPath, `CHROMIUM_PATH is ${process.execPath}, which is none that the tests can use.\n`],
])('A chosen Chromium that is none, %s, ends the preparation in one line', (CHROMIUM_PATH, words) => {
  const script = join(import.meta.dirname, '../prepare-tests.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    env: { ...process.env, CHROMIUM_PATH },
  })
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: words })
})

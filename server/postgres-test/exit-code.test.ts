import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'

test('a run that failed ends with its code, though it had a cluster', async () => {
  const cluster = new URL('cluster.ts', import.meta.url).href
  const code = await new Promise((resolve) => {
    const program = `await import(${JSON.stringify(cluster)}); process.exitCode = 3`
    execFile(process.execPath, ['--input-type=module', '--eval', program], (error) => resolve(error?.code))
  })
  expect(code).toBe(3)
})

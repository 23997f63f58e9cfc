import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@stagedoor/testkit/ports'
import type { TestProject } from 'vitest/node'
import type {} from '../../testkit/buckets.ts'

/** Starts an S3-compatible store for a run of tests, and ends it with its data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-s3-'))
  // Of the proxy, of accounts, containers and objects, which answer as it does, and of memcached.
  const ports = await Promise.all(Array.from({ length: 5 }, freePort))
  const script = fileURLToPath(new URL('swift.sh', import.meta.url))
  const swift = spawn(script, [folder, ...ports.map(String)], { stdio: 'ignore' })
  const ended = once(swift, 'exit')
  let isEnded = false
  ended.then(() => {
    isEnded = true
  })
  while (!(await Promise.all(ports.slice(0, 4).map(answers))).every(Boolean)) {
    if (isEnded) throw new Error('Swift did not start: the first lines of swift.sh say what it needs.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  project.provide('s3', `http://127.0.0.1:${ports[0]}`)
  return async () => {
    swift.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  )

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@stagedoor/testkit/ports'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where an S3-compatible store answers. */
    readonly s3: string
  }
}

/** Starts an S3-compatible store for a run of tests, and ends it with its data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-s3-'))
  const port = await freePort()
  const script = fileURLToPath(new URL('swift.sh', import.meta.url))
  const swift = spawn(script, [folder, String(port)], { stdio: 'ignore' })
  const ended = once(swift, 'exit')
  let isEnded = false
  ended.then(() => {
    isEnded = true
  })
  while (!(await answers(port))) {
    if (isEnded) throw new Error('Swift did not start: the first lines of swift.sh say what it needs.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  project.provide('s3', `http://127.0.0.1:${port}`)
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

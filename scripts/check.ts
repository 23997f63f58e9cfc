/**
 * `npm run check`: builds, then looks at all that can be seen without running the tests, as many looks at once as there
 * are cores. Each is a script of package.json, and what it finds is printed once it has ended.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** The longest first, so that none is begun when the others are over. */
const checks = [
  'check:types',
  'check:reference',
  'check:imports',
  'check:package',
  'check:size',
  'check:style',
  'check:api',
  'check:catalogue',
  'check:house',
  'check:lockfile',
]

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a script of package.json; answers what it printed, or null when it found nothing. */
async function findingsOf(script: string): Promise<string | null> {
  const child = spawn('npm', ['run', '--silent', script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await once(child, 'close')
  return code === 0 ? null : (await printed).join('')
}

/** Runs the checks that are left, one after the other; answers those that found something. */
async function runFrom(left: string[]): Promise<readonly string[]> {
  const failed: string[] = []
  for (let script = left.shift(); script !== undefined; script = left.shift()) {
    const from = performance.now()
    const findings = await findingsOf(script)
    const seconds = Math.round((performance.now() - from) / 1000)
    console.log(`${findings === null ? '✓' : '✗'} ${script} ${seconds} s`)
    if (findings === null) continue
    failed.push(script)
    console.error(findings)
  }
  return failed
}

const build = await findingsOf('build')
if (build !== null) {
  console.error(build)
  process.exit(1)
}
const left = [...checks]
const failed = (await Promise.all(Array.from({ length: availableParallelism() }, () => runFrom(left)))).flat()
if (failed.length > 0) {
  console.error(`What is to be mended was found by ${failed.join(', ')}.`)
  process.exitCode = 1
}

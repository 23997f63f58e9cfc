/**
 * `npm start`: builds, then runs the server and the example until it is asked to end, or until one of them ends.
 *
 * Nothing is started through a shell: a shell dies of a signal and leaves what it started behind.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import '../server/bin/end-with-parent.mjs'
import { askedToEnd } from '../server/src/cli/asked-to-end.ts'

const help = `npm start

Builds, then runs the server and the example app. After \`npm start --\`:

  --port PORT          where the server listens (4400)
  --example-port PORT  where the example listens (5177)
  --ephemeral          keep the server's data in memory`

/** Milliseconds until what does not end is killed: more than the server takes for requests under way. */
const longestEnd = 15_000

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'example-port': { type: 'string' },
    ephemeral: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
if (values.help) {
  console.log(help)
  process.exit()
}

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const endWithParent = new URL('../server/bin/end-with-parent.mjs', import.meta.url).href
const tsdown = fileURLToPath(import.meta.resolve('tsdown/run'))
const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')))

const children = new Set<ChildProcess>()
let isEnding = false

/** Runs a program of Node in a folder; answers the code it ends with, 1 when a signal killed it. */
async function run(folder: string, program: string, args: readonly string[], settings = {}): Promise<number> {
  if (isEnding) return 1
  const child = spawn(process.execPath, ['--import', endWithParent, program, ...args], {
    cwd: fromRoot(folder),
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  children.add(child)
  const [code] = await once(child, 'exit')
  children.delete(child)
  return code ?? 1
}

async function buildAndRun(): Promise<number> {
  const steps = [
    ['sdk', tsdown, ['--logLevel', 'warn']],
    ['server', tsdown, ['--logLevel', 'warn']],
    ['server', fromRoot('server/scripts/pack.ts'), []],
  ] as const
  for (const [folder, program, args] of steps) {
    const code = await run(folder, program, args)
    if (code !== 0) return code
  }
  const { port = '4400', 'example-port': examplePort, ephemeral } = values
  const serverEnd = run('.', fromRoot('server/bin/stagedoor.mjs'), [
    ...['dev', '--port', port],
    ...(ephemeral ? ['--ephemeral'] : []),
  ])
  const url = `http://localhost:${port}`
  const early = await Promise.race([serverEnd, answer(url)])
  if (early !== undefined) return early
  const example = examplePort ? ['--port', examplePort] : []
  const endpoint = values.port ? { VITE_API_ENDPOINT: url } : {}
  return Promise.race([
    serverEnd,
    run('examples/web-upload', vite, ['--logLevel', 'warn', ...example], endpoint),
  ])
}

/** Resolves when something answers at an address, or when nothing is waited for any more. */
async function answer(url: string): Promise<void> {
  while (!isEnding && !(await fetch(url).catch(() => null))) await wait(100)
}

const end = (signal: NodeJS.Signals) => {
  for (const child of children) child.kill(signal)
}
const asked = askedToEnd(process, Date.now, () => end('SIGKILL')).then(() => 0)
process.exitCode = await Promise.race([asked, buildAndRun()])
isEnding = true
end('SIGTERM')
setTimeout(() => end('SIGKILL'), longestEnd).unref()
await Promise.all(Array.from(children, (child) => once(child, 'exit')))

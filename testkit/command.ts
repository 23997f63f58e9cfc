import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { run } from '../server/src/cli/run.ts'
import type { Settings } from '../server/src/config.ts'
import { freePort } from './ports.ts'
import { machine, newLogFile } from './server.ts'

/** The command line, as it is built. */
export const bin = fileURLToPath(new URL('../server/bin/stagedoor.mjs', import.meta.url))
/** So that no server outlives a run of the tests that is killed. */
export const endWithParent = ['--import', new URL('../server/bin/end-with-parent.mjs', import.meta.url).href]

/** What a command line came to. */
export interface Result {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const alone = {
  available: 1,
  primary: null,
  fork: () => {
    throw new Error('Commands of a test start no workers')
  },
}

/** Runs a command line inside this process, asked to end from the start. */
export async function command(
  args: readonly string[],
  { settings = {}, input = '' }: { readonly settings?: Settings; readonly input?: string } = {},
): Promise<Result> {
  const lines = { out: '', err: '' }
  const terminal = {
    settings,
    version: '0.0.0',
    out: (line: string) => {
      lines.out += `${line}\n`
    },
    readInput: () => Promise.resolve(input),
    stopped: Promise.resolve('asked' as const),
    processes: alone,
    machine: () => machine(newLogFile('command')),
  }
  const code = await run(args, terminal, (line) => {
    lines.err += `${line}\n`
  })
  return { code, ...lines }
}

/** Runs the built command line as a process of its own, to its end. */
export async function stagedoor(
  args: readonly string[],
  settings: Settings = {},
  input = '',
  program = bin,
): Promise<Result> {
  const child = spawn(process.execPath, [program, ...args], { env: { ...settings }, stdio: 'pipe' })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  child.stdin.end(input)
  const exit = once(child, 'exit')
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await exit
  return { code, out, err }
}

/** A built server that runs. */
export interface Served {
  readonly url: string
  /** The lines it printed before it was ready; the last of them says that it is. */
  readonly lines: readonly string[]
  readonly process: ChildProcess
  /** What it has written to its log. */
  log(): string
  /** Sends it a signal and answers how it ended: its code and the signal that killed it. */
  end(signal: NodeJS.Signals): Promise<readonly [code: number | null, signal: string | null]>
}

/**
 * Starts the built server and waits until it says that it is ready; it ends with the test at the latest.
 * @param openFiles how many files and connections it may have open, where that matters
 */
export async function served(
  args: readonly string[],
  settings: Settings = {},
  { openFiles = 0 }: { readonly openFiles?: number } = {},
): Promise<Served> {
  const port = settings['PORT'] ?? String(await freePort())
  const logFile = newLogFile(`served-${port}`)
  const log = openSync(logFile, 'a')
  const line = [process.execPath, ...endWithParent, bin, ...args, '--json']
  const [command = '', ...rest] =
    openFiles > 0 ? ['sh', '-c', `ulimit -n ${openFiles} && exec "$0" "$@"`, ...line] : line
  const child = spawn(command, rest, {
    env: { HOST: 'localhost', PORT: port, LOG_LEVEL: 'trace', ...settings },
    stdio: ['ignore', 'pipe', log],
  })
  closeSync(log)
  const exit = once(child, 'exit')
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  if (child.stdout === null) throw new Error('Its output is not to be read.')
  const { stdout } = child
  const lines: string[] = []
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      lines.push(line)
      if (line.startsWith('{')) resolve()
    })
    child.once('exit', (code, by) => {
      const last = readFileSync(logFile, 'utf8').trimEnd().split('\n').at(-1)
      reject(new Error(`It ended with ${by ?? `code ${code}`} before it was ready: ${last}`))
    })
  })
  return {
    url: JSON.parse(lines.at(-1) ?? '').url,
    lines,
    process: child,
    log: () => readFileSync(logFile, 'utf8'),
    async end(signal) {
      child.kill(signal)
      const [code, by] = await exit
      return [code, by]
    },
  }
}

/** The settings of an installation in a folder, served on a free port. */
export async function installation(folder: string): Promise<Settings & { readonly PUBLIC_URL: string }> {
  const port = String(await freePort())
  return { DATA_DIR: folder, PORT: port, PUBLIC_URL: `http://localhost:${port}` }
}

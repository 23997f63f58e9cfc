import type { ChildProcess } from 'node:child_process'
import { type Emulator, emulatorAt } from './emulator.ts'

/** An emulator that a test has started, and ends. */
export interface StartedEmulator extends Emulator {
  /** The key of the sample app, which takes any loopback redirect URI. */
  readonly apiKey: string
  /** The sample accounts. */
  readonly users: readonly EmulatorUser[]
  /** Ends it. */
  stop(): Promise<void>
}

/** An account that every emulator has. */
export interface EmulatorUser {
  /** Its number. */
  readonly userId: number
  /** Its handle. */
  readonly handle: string
  /** Its email. */
  readonly email: string
  /** Its password. */
  readonly password: string
}

/** How an emulator is started. */
export interface StartEmulatorOptions {
  /**
   * What runs `stagedoor`, and its first arguments; by default the package `@stagedoor/server` of the folder that the test
   * runs in.
   */
  readonly command?: readonly [program: string, ...args: string[]] | undefined
  /** Where it listens; a free port by default. */
  readonly port?: number | undefined
}

/**
 * Starts `stagedoor dev` in memory, for tests that run in Node; resolves when it answers.
 *
 * @param options How.
 * @throws Error with what it said when it does not start.
 */
export async function startEmulator({ command, port }: StartEmulatorOptions = {}): Promise<StartedEmulator> {
  const { spawn } = await import('node:child_process')
  const { run, cache } = command === undefined ? await ownServer() : { run: command, cache: undefined }
  const [program, ...first] = run
  const at = String(port ?? (await freePort()))
  // The address is passed as well: PUBLIC_URL may be set for the app that is tested.
  const place = ['--port', at, '--public-url', `http://localhost:${at}`]
  const args = [...first, 'dev', '--ephemeral', '--json', ...place]
  // A server that its test leaves behind ends by itself, whatever started it in between.
  const env = { NODE_COMPILE_CACHE: cache, ...process.env, STAGEDOOR_ENDS_WITH: String(process.pid) }
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const { url, apiKey, users } = readFacts(await readyLine(child))
  return {
    ...emulatorAt(url),
    apiKey,
    users,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill()
      }),
  }
}

/** The line in which a server says that it is ready. */
function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let [out, errors] = ['', '']
    child.stdout?.on('data', (part) => {
      out += part
      const line = out.split('\n').find((each) => each.startsWith('{') && each.endsWith('}'))
      if (line !== undefined) resolve(line)
    })
    child.stderr?.on('data', (part) => {
      errors += part
    })
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(`The emulator ended with ${code}: ${errors.trim()}`)))
  })
}

type Facts = Pick<StartedEmulator, 'url' | 'apiKey' | 'users'>

function readFacts(line: string): Facts {
  const facts: unknown = JSON.parse(line)
  if (!isFacts(facts)) throw new Error(`This is no stagedoor dev of this version: ${line}`)
  return facts
}

function isFacts(facts: unknown): facts is Facts {
  if (typeof facts !== 'object' || facts === null) return false
  const of = (name: keyof Facts) => Reflect.get(facts, name)
  return typeof of('url') === 'string' && typeof of('apiKey') === 'string' && Array.isArray(of('users'))
}

interface OwnServer {
  readonly run: readonly [program: string, ...args: string[]]
  /** Where Node keeps what it has compiled, so that the next start is quicker. */
  readonly cache: string
}

/** How the server of the nearest `node_modules` is run. */
async function ownServer(): Promise<OwnServer> {
  const [{ existsSync }, { dirname, join }] = await Promise.all([import('node:fs'), import('node:path')])
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const script = join(folder, 'node_modules/@stagedoor/server/bin/stagedoor.mjs')
    if (existsSync(script))
      return { run: [process.execPath, script], cache: join(folder, 'node_modules/.cache/stagedoor') }
    if (folder === dirname(folder))
      throw new Error(
        'There is no @stagedoor/server in node_modules here. Install it, or say how it runs: startEmulator({ command }).',
      )
  }
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, 'localhost', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}

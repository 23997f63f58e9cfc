import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'

/** What one command line of a terminal came to, as far as it has run. */
export interface Run {
  /** Waits for a line that fits; answers what its first group found. @throws Error when the commands end before */
  until(line: RegExp): Promise<string>
  /** Waits until the commands have ended; answers all that they printed. @throws Error when they failed */
  done(): Promise<string>
  isUnderWay(): boolean
  /** Presses Ctrl+C, and waits for the end. */
  interrupt(): Promise<void>
}

/** Somebody's terminal: an empty folder outside of the repository, and nothing of the repository on its path. */
export interface Terminal {
  readonly folder: string
  /** Pastes commands into it, which stop at the first that fails. */
  paste(commands: string, environment?: Readonly<Record<string, string>>): Run
  /** Ends what still runs, and deletes the folder. */
  close(): Promise<void>
}

/** Opens a terminal whose npm has downloaded nothing yet. */
export function openTerminal(): Terminal {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-walk-'))
  const runs = new Set<Run>()
  return {
    folder,
    paste(commands, environment = {}) {
      const run = start(commands, { ...strangersEnvironment(folder), ...environment }, join(folder))
      runs.add(run)
      return run
    },
    async close() {
      for (const run of runs) await run.interrupt()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** This process' environment without what npm and the repository put into it. */
function strangersEnvironment(folder: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(npm_|NODE_|INIT_CWD)/.test(entry[0]),
  )
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((at) => !at.includes('node_modules'))
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), npm_config_cache: join(folder, '.npm') }
}

function start(commands: string, env: Record<string, string>, cwd: string): Run {
  const child = spawn('bash', ['-e', '-c', commands], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const exit = once(child, 'exit')
  const lines: string[] = []
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on('line', (line) => {
      lines.push(line)
      for (const listener of listeners) listener()
    })
  const isUnderWay = () => child.exitCode === null && child.signalCode === null
  const failure = () =>
    new Error(`“${commands}” ended with ${child.exitCode}:\n${lines.slice(-12).join('\n')}`)
  return {
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.map((line) => wanted.exec(line)).find((match) => match !== null)
          if (found) resolve(found[1] ?? found[0])
        }
        listeners.add(look)
        look()
        exit.then(() => reject(failure()), reject)
      }),
    async done() {
      await exit
      if (child.exitCode !== 0) throw failure()
      return lines.join('\n')
    },
    isUnderWay,
    async interrupt() {
      if (isUnderWay() && child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
      await exit
    },
  }
}

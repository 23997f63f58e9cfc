import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { onTestFinished, vi } from 'vitest'

type Ending = readonly [code: number | null, signal: NodeJS.Signals | null]

/** A command that runs in a process group of its own, as a terminal and a process manager start it. */
export interface Started {
  readonly process: ChildProcess
  /** Signals the process that was started, and no other. */
  signal(signal: NodeJS.Signals): void
  /** Signals every process of the group, as Ctrl-C and systemd do. */
  signalAll(signal: NodeJS.Signals): void
  /** How it ended. */
  readonly ending: Promise<Ending>
  /** Resolves when no process of the group is left. */
  gone(): Promise<void>
}

/** How long a start, a build among it, or an end is waited for: seconds on an idle machine. */
export const longest = { timeout: 100_000, interval: 50 }

/** Starts a command; whatever is left of it is killed after the test. */
export function start(
  [program = '', ...args]: readonly string[],
  cwd: string,
  settings: Readonly<Record<string, string>>,
): Started {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(program, args, {
    cwd,
    env: { PATH, HOME, ...settings },
    detached: true,
    stdio: 'ignore',
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${program} cannot be started.`)
  const ending = once(child, 'exit').then(([code, signal]): Ending => [code, signal])
  const isLeft = () => isAlive(pid)
  onTestFinished(() => {
    if (isLeft()) process.kill(-pid, 'SIGKILL')
  })
  return {
    process: child,
    signal: (signal) => process.kill(pid, signal),
    signalAll: (signal) => process.kill(-pid, signal),
    ending,
    gone: () => vi.waitUntil(() => !isLeft(), longest).then(() => undefined),
  }
}

/**
 * Whether a process of a group runs. One that has ended can be listed for ever where nobody asks how it ended, as in a
 * container; Linux says which those are.
 */
function isAlive(group: number): boolean {
  if (!existsSync('/proc/self/stat')) return canSignal(-group)
  return readdirSync('/proc').some((pid) => {
    const [state, , ofGroup] = statOf(pid)
    return ofGroup === String(group) && state !== 'Z'
  })
}

/** The state, the parent and the group of a process, which follow its name in brackets. */
function statOf(pid: string): readonly string[] {
  try {
    return /^\d+$/.test(pid)
      ? readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ')
      : []
  } catch {
    // It ended in between.
    return []
  }
}

function canSignal(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Waits until something answers at an address. @throws Error when what was started for it ends first */
export async function answers(url: string, started?: Started): Promise<void> {
  const ended = started?.ending.then((ending) => {
    throw new Error(`It ended with ${ending} before it answered.`)
  })
  await Promise.race([vi.waitUntil(() => fetch(url).catch(() => null), longest), ...(ended ? [ended] : [])])
}

/** Takes a port and gives it back. @throws Error when something listens on it */
export async function takePort(port: string): Promise<void> {
  const taker = createServer().listen(Number(port), 'localhost')
  await once(taker, 'listening')
  taker.close()
  await once(taker, 'close')
}

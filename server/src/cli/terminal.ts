import type { Settings } from '../config.ts'
import type { Machine } from '../server.ts'
import type { Processes } from './workers/processes.ts'

/** Why a process ends: somebody asked it to, or an error that nothing caught has left it in an unknown state. */
export type Ending = 'asked' | 'failed'

/** What a command sees of the process it runs in. */
export interface Terminal {
  readonly settings: Settings
  /** The version of this software. */
  readonly version: string
  /** Writes a line to standard output. */
  out(line: string): void
  /** All of standard input, as text. */
  readInput(): Promise<string>
  /** Resolves when the process is to end, and says why. */
  readonly stopped: Promise<Ending>
  /** What may serve with this process, or has started it to do so. */
  readonly processes: Processes
  /** What a server needs of the machine, its log at the given level. */
  machine(logLevel: string): Machine
}

/**
 * What a command comes to whose output cannot be written: whoever read it may have what they wanted, as `head` has.
 * @returns the exit code
 */
export function unwritten(
  error: Error & { readonly code?: string },
  complain: (line: string) => void,
): 0 | 1 {
  if (error.code === 'EPIPE') return 0
  complain(`The output cannot be written (${error.message}).`)
  return 1
}

/** A command that cannot do what it was asked, with words for the person who asked. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

import type { Settings } from '../config.ts'
import type { Machine } from '../server.ts'

/** What a command sees of the process it runs in. */
export interface Terminal {
  readonly settings: Settings
  /** Writes a line to standard output. */
  out(line: string): void
  /** All of standard input, as text. */
  readInput(): Promise<string>
  /** Resolves when the process is asked to end. */
  readonly stopped: Promise<void>
  /** What a server needs of the machine, its log at the given level. */
  machine(logLevel: string): Machine
}

/** A command that cannot do what it was asked, with words for the person who asked. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

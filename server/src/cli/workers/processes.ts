import type { WorkerMessage } from './messages.ts'

/** What a process that starts workers has of one. */
export interface Worker {
  /** What it takes no more, as it has ended, is dropped. */
  send(message: WorkerMessage): void
  on(listener: (message: WorkerMessage) => void): void
  /** How it ended: its code, or the signal that killed it. */
  readonly ended: Promise<number | string>
}

/** What a worker has of the process that started it. */
export interface Primary {
  /** From 1: which of the workers it is. */
  readonly number: number
  send(message: WorkerMessage): void
  on(listener: (message: WorkerMessage) => void): void
}

/** The processes that serve together. */
export interface Processes {
  /** How many the machine runs at once. */
  readonly available: number
  /** Who started this one as a worker; null where nobody did. */
  readonly primary: Primary | null
  /** Starts a process like this one as the worker of a number, on the same port. */
  fork(number: number): Worker
}

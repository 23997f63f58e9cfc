import type { EventEmitter } from 'node:events'

import type { Processes } from './workers/processes.ts'

/** What ask a process to end: a process manager, Ctrl-C, a terminal that is closed. */
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
/** Milliseconds within which the same request arrives more than once: a terminal signals npm and the server, and npm passes it on. */
const repeated = 1000

/**
 * Waits until a process is asked to end.
 * @param source emits the signals
 * @param clock milliseconds
 * @param onAgain is called when it is asked again, by somebody who does not want to wait
 */
export function askedToEnd(source: EventEmitter, clock: () => number, onAgain: () => void): Promise<'asked'> {
  return new Promise((resolve) => {
    let first: number | undefined
    const ask = () => {
      const now = clock()
      first ??= now
      if (now - first > repeated) onAgain()
      resolve('asked')
    }
    for (const signal of signals) source.on(signal, ask)
  })
}

/** Waits until whoever started this process as a worker asks it to end; for ever where nobody did. */
export function askedByPrimary({ primary }: Pick<Processes, 'primary'>): Promise<'asked'> {
  return new Promise((resolve) => primary?.on(({ kind }) => kind === 'end' && resolve('asked')))
}

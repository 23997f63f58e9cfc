/** The signals that ask a process to end: a process manager's, Ctrl-C's, that of a terminal which was closed. */
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const
/** Milliseconds in which one request arrives several times: a terminal signals npm and what npm started, and npm passes it on. */
const repeated = 1000

/**
 * Resolves when a signal asks this process to end.
 * @param onAgain is called on every signal of somebody who does not want to wait
 */
export function askedToEnd(onAgain: () => void): Promise<'asked'> {
  return new Promise((resolve) => {
    let first: number | undefined
    const ask = () => {
      const now = performance.now()
      first ??= now
      if (now - first > repeated) onAgain()
      resolve('asked')
    }
    for (const signal of signals) process.on(signal, ask)
  })
}

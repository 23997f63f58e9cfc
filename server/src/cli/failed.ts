import type { EventEmitter } from 'node:events'
import type { Logger } from 'pino'

/** Milliseconds in which a process that failed ends well, or otherwise. */
const endWithin = 10_000

/**
 * Resolves when an error was thrown that nothing caught: nobody knows what it left undone, so the process is to end, and
 * whoever started it starts another.
 * @param source emits what nothing caught
 * @param end ends the process at once: on a second such error, or when it does not end by itself
 */
export function failed(source: EventEmitter, log: Logger, end: () => void): Promise<'failed'> {
  return new Promise((resolve) => {
    let isFirst = true
    const fail = (error: unknown) => {
      log.fatal({ err: error }, 'an error that nothing caught: the server ends')
      if (!isFirst) return end()
      isFirst = false
      setTimeout(end, endWithin).unref()
      resolve('failed')
    }
    source.on('uncaughtException', fail)
    source.on('unhandledRejection', fail)
  })
}

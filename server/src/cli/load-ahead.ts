import type { Logger } from 'pino'
import type { Running } from '../server.ts'

/** Milliseconds after its start in which a server has its first requests to answer. */
const startingMs = 1000

/**
 * Loads what a server did not need to start, soon after it has: an upgrade may replace the files it would be loaded from, and
 * nobody who comes later has to wait for it.
 */
export function loadAhead(running: Pick<Running, 'load'>, log: Logger): void {
  const load = () =>
    running.load().catch((error: unknown) => log.error({ err: error }, 'a part of the server is missing'))
  setTimeout(load, startingMs).unref()
}

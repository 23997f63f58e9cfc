/** What a server has to do with its connections before it may close them. */
export interface Traffic {
  /** Notes that a request has begun, or was answered. */
  note(): void
  /** Whether the server is about to stop: it is ready for nobody, and every answer closes its connection. */
  readonly isDraining: boolean
  /**
   * From now on every answer closes its connection. Resolves once there was nothing to do for a moment, or when waiting
   * longer helps nobody: a connection that is still open then is idle, or busy with one request to be finished.
   */
  drain(): Promise<void>
}

/** Milliseconds without a request or an answer after which the open connections count as idle. */
const quietMs = 1000
/** The longest wait for that: whoever still sends by then opens new connections all the time. */
const drainMs = 3000
const lookEveryMs = 20

/** Follows the requests of a server. */
export function followTraffic(): Traffic {
  let lastAt = Number.NEGATIVE_INFINITY
  let draining: Promise<void> | undefined

  async function drained(): Promise<void> {
    const until = performance.now() + drainMs
    const isQuiet = () => performance.now() - lastAt >= quietMs
    while (!isQuiet() && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }

  return {
    note: () => {
      lastAt = performance.now()
    },
    get isDraining() {
      return draining !== undefined
    },
    drain: () => {
      draining ??= drained()
      return draining
    },
  }
}

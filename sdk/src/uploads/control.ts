import { failure, isStagedoorError } from '../errors/errors.ts'
import type { Platform } from '../platform/platform.ts'
import { FIRST_PIECE_RETRY, LAST_PIECE_RETRY } from './durations.ts'

/** How often a server that answers may fail in a row. */
const MOST_FAILURES = 10

/** The hand on an upload while it runs. */
export interface UploadControl {
  /** Resolves when the upload may go on; rejects once it is aborted. */
  turn(): Promise<void>
  /** Waits some milliseconds, at most until the network may be back or the upload is resumed. */
  rest(milliseconds: number): Promise<void>
  /** Runs a request that a pause, an abort and a network that comes back end early. */
  interruptible<T>(call: (signal: AbortSignal | null) => Promise<T>): Promise<T>
  /**
   * Does a step of the upload until it is done, with growing delays: without end while nobody answers, some times where a
   * server does. Rejects at once with what another attempt would not change.
   */
  persist<T>(step: () => Promise<T>): Promise<T>
  /** Begins to count failures anew: something was achieved. */
  achieve(): void
  pause(): void
  resume(): void
  abort(cause?: unknown): void
  /** Rejects when the upload is aborted. */
  readonly aborted: Promise<never>
}

export function uploadControlOf({ on, randomBytes }: Platform): UploadControl {
  let isPaused = false
  let attempts = 0
  let failures = 0
  let isAborted = false
  const waiting = new Set<() => void>()
  let interrupt = () => {}
  let reject = (_error: unknown) => {}
  const aborted = new Promise<never>((_resolve, rejectIt) => {
    reject = rejectIt
  })
  aborted.catch(() => {})

  const wake = () => {
    for (const go of [...waiting]) go()
  }

  async function rest(milliseconds?: number): Promise<void> {
    let stop = () => {}
    await new Promise<void>((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds)
      const leave = on('online', resolve)
      waiting.add(resolve)
      stop = () => {
        clearTimeout(timer)
        leave()
        waiting.delete(resolve)
      }
    })
    stop()
  }

  async function turn(): Promise<void> {
    while (isPaused && !isAborted) await rest()
    if (isAborted) await aborted
  }

  /** How long to wait after an attempt failed; throws the error where another would fail as well. */
  function delayAfter(error: unknown): number {
    if (!isStagedoorError(error) || !error.retryable || error.code === 'storage_unavailable') throw error
    if (error.code !== 'unreachable' && error.code !== 'timeout') failures += 1
    if (failures >= MOST_FAILURES) throw error
    const [jitter = 0] = randomBytes(1)
    const delay = Math.min(LAST_PIECE_RETRY, FIRST_PIECE_RETRY * 2 ** attempts) * (0.5 + jitter / 510)
    attempts += 1
    return delay
  }

  return {
    turn,
    rest,
    interruptible: async (call) => {
      // What was to end it may have come while its bytes were read.
      if (isPaused || isAborted) throw failure('unreachable')
      // A bare React Native engine has none: there the request ends by itself.
      const controller = typeof AbortController === 'function' ? new AbortController() : undefined
      interrupt = () => controller?.abort()
      // The connection of before a loss can stand for minutes without carrying anything.
      const leave = on('online', interrupt)
      try {
        return await call(controller?.signal ?? null)
      } finally {
        leave()
        interrupt = () => {}
      }
    },
    persist: async (step) => {
      for (;;) {
        await turn()
        try {
          return await step()
        } catch (error) {
          if (isAborted) await aborted
          const delay = delayAfter(error)
          if (!isPaused) await rest(delay)
        }
      }
    },
    achieve: () => {
      attempts = 0
      failures = 0
    },
    pause: () => {
      isPaused = true
      interrupt()
    },
    resume: () => {
      isPaused = false
      wake()
    },
    abort: (cause) => {
      isAborted = true
      reject(failure('upload_aborted', { cause }))
      interrupt()
      wake()
    },
    aborted,
  }
}

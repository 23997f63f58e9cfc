import type { UploadDeps } from '../deps.ts'
import type { Transcoder } from './ffmpeg.ts'
import { doJob, leaseMs } from './job.ts'
import type { Fault } from './rejected-file.ts'

/** The work on whole uploads, one at a time. */
export interface Processing {
  /** Says that there is work. */
  wake(): void
  /** Ends the job under way and gives it back. */
  stop(): Promise<void>
}

/** Milliseconds between two looks for work that another process left. */
const lookEvery = 2_000
const attempts = 5
/** Milliseconds for which a node that had to give a job back leaves all to others. */
const restMs = 10_000
const givenUp: Fault = 'given_up'

export function startProcessing(deps: UploadDeps, transcoder: PromiseLike<Transcoder | null>): Processing {
  const stopping = new AbortController()
  let isAwake = true
  let restsUntil = Number.NEGATIVE_INFINITY
  let working = Promise.resolve()

  async function work(): Promise<void> {
    while (isAwake && !stopping.signal.aborted && performance.now() >= restsUntil) {
      isAwake = false
      const now = deps.clock()
      const job = await deps.store.claimJob(now, now + leaseMs, attempts, givenUp, deps.node)
      if (job === undefined) continue
      isAwake = true
      const ending = await deps.trace('process upload', { 'stagedoor.attempt': job.attempt }, async () =>
        doJob(job, await transcoder, stopping.signal, deps),
      )
      if (ending === 'given back') restsUntil = performance.now() + restMs
    }
  }

  function wake(): void {
    isAwake = true
    working = working.then(work).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'processing stopped')
    })
  }

  const looking = setInterval(wake, lookEvery)
  wake()
  return {
    wake,
    stop: async () => {
      clearInterval(looking)
      stopping.abort()
      await working
    },
  }
}

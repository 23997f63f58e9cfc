import type { UploadDeps } from '../deps.ts'
import type { Transcoder } from './ffmpeg.ts'
import { doJob, leaseMs } from './job.ts'

/** The work on whole uploads, one at a time. */
export interface Processing {
  /** Says that there is work. */
  poke(): void
  /** Ends the job under way and gives it back. */
  stop(): Promise<void>
}

/** Milliseconds between two looks for work that another process left. */
const lookEvery = 2_000
const attempts = 5
const givenUp = 'The file could not be processed. Send it again.'

export function startProcessing(deps: UploadDeps, transcoder: Promise<Transcoder | null>): Processing {
  const stopping = new AbortController()
  let isPoked = true
  let working = Promise.resolve()

  async function work(): Promise<void> {
    while (isPoked && !stopping.signal.aborted) {
      isPoked = false
      const now = deps.clock()
      const job = await deps.store.claimJob(now, now + leaseMs, attempts, givenUp, deps.node)
      if (job === undefined) continue
      isPoked = true
      await doJob(job, await transcoder, stopping.signal, deps)
    }
  }

  function poke(): void {
    isPoked = true
    working = working.then(work).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'processing stopped')
    })
  }

  const looking = setInterval(poke, lookEvery)
  poke()
  return {
    poke,
    stop: async () => {
      clearInterval(looking)
      stopping.abort()
      await working
    },
  }
}

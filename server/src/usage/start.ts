import type { Logger } from 'pino'
import type { Reply, Request } from '../http/message.ts'
import type { PushDeps } from '../oauth/pushed-request.ts'
import type { SealedRequests } from '../oauth/sealed-request.ts'
import type { FlowStep, Instant, Store } from '../store/contract/store.ts'
import { Tally } from './counters.ts'
import { followNodes } from './follow-nodes.ts'
import { knownApps } from './known-apps.ts'
import { LiveLog } from './live-log.ts'
import { type Admit, type ApiCall, meterCall } from './meter-call.ts'
import { type PlanRules, Plans } from './rate-limit.ts'
import { watchFlow } from './record-login.ts'
import { type Note, Recorder } from './recorder.ts'
import type { Watched } from './recording-store.ts'

/** What developers see of their apps: recorded where requests are answered, stored every few seconds. */
export interface Usage {
  /** Answers a request of a login and notes what it came to; `answer` gets what to use for it. */
  watchFlow(
    step: FlowStep,
    request: Request,
    store: Store,
    answer: (watched: Watched) => Reply | Promise<Reply>,
  ): Promise<Reply>
  /** Answers a call of the API within its app's plan, and counts it. */
  meterCall<R>(call: ApiCall, answer: (admit: Admit) => Promise<R>): Promise<R>
  readonly live: LiveLog
  readonly plans: Plans
  /** Stores what has happened until now. What cannot be stored is kept for the next time. */
  flush(): Promise<void>
  /** Stores what was counted, and counts no more. */
  stop(): Promise<void>
}

/** Milliseconds of counts that a crash may lose. */
const flushEvery = 5000
/** Events that the flow log of one app keeps. */
export const keptEvents = 5000

/** Starts recording. @param isShared whether other nodes record in the same database */
export function openUsage(
  rules: PlanRules,
  deps: {
    readonly store: Store
    readonly clock: () => Instant
    readonly log: Logger
    readonly requests: SealedRequests
    readonly sealer: PushDeps['sealer']
    /** In development: who else is told of what happens. */
    readonly note?: Note | undefined
  },
  isShared: boolean = false,
): Usage {
  const { store, clock, log } = deps
  const tally = new Tally()
  const live = new LiveLog()
  const plans = new Plans(rules, deps, isShared)
  const watching = {
    requests: deps.requests,
    sealer: deps.sealer,
    recorder: new Recorder({ tally, live, clock, note: deps.note }),
    knownApps: knownApps(deps),
  }
  const metering = { tally, live, plans, clock, knownApps: watching.knownApps }
  let writing: Promise<void> = Promise.resolve()

  async function write(): Promise<void> {
    const parts = tally.take()
    for (const [index, part] of parts.entries()) {
      try {
        await store.recordUsage(part, keptEvents)
      } catch (error) {
        for (const unwritten of parts.slice(index)) tally.putBack(unwritten)
        log.warn({ err: error }, 'recording usage failed')
        return
      }
    }
    await plans.flush().catch((error: unknown) => log.warn({ err: error }, 'storing shares failed'))
  }

  function flush(): Promise<void> {
    writing = writing.then(write)
    return writing
  }

  const flushing = setInterval(flush, flushEvery)
  const unfollow = isShared ? followNodes(live, store) : undefined
  return {
    watchFlow: (step, request, store, answer) => watchFlow(step, request, answer, { ...watching, store }),
    meterCall: (call, answer) => meterCall(call, answer, metering),
    live,
    plans,
    flush,
    stop() {
      clearInterval(flushing)
      unfollow?.()
      return flush()
    },
  }
}

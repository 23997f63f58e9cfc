import type {
  FlowEvent,
  FlowOutcome,
  FlowStep,
  Instant,
  Milestone,
  Reason,
  SentRequest,
  UsageMetric,
} from '../store/contract/store.ts'
import type { Tally } from './counters.ts'
import type { LiveLog } from './live-log.ts'

/** What a refusal tells the developer. */
export interface Refusal {
  readonly code: string
  readonly reason: Reason
}

/** Something that a request came to in the login of an app. */
export interface Happening {
  readonly step: FlowStep
  readonly requestId: string
  readonly metric: UsageMetric
  readonly milestones: readonly Milestone[]
  /** Where the step alone does not say it. */
  readonly reason?: Reason
  /** Who is active by it. */
  readonly userId?: number
  /** What it was asked with, as anybody may see it. */
  readonly sent?: SentRequest | null
}

/** Is told of everything that happens in the logins of apps. */
export type Note = (apiKey: string, event: FlowEvent) => void

/** Notes what happens in apps: in the log, among the counts, on the checklist. An app known by name alone has none. */
export class Recorder {
  readonly #tally: Tally
  readonly #live: LiveLog
  readonly #clock: () => Instant
  readonly #note: Note | undefined

  constructor(deps: {
    readonly tally: Tally
    readonly live: LiveLog
    readonly clock: () => Instant
    readonly note?: Note | undefined
  }) {
    this.#note = deps.note
    this.#tally = deps.tally
    this.#live = deps.live
    this.#clock = deps.clock
  }

  /** Notes a step that was done. */
  done(
    apiKey: string | null,
    { step, requestId, metric, milestones, reason, userId, sent = null }: Happening,
  ): void {
    if (apiKey === null) return
    const at = this.#clock()
    this.#tally.count(apiKey, at, metric)
    if (userId !== undefined) this.#tally.see(apiKey, at, userId)
    for (const milestone of milestones) this.#tally.reach(apiKey, at, milestone)
    this.#log(apiKey, { at, step, outcome: 'done', code: null, reason: reason ?? null, requestId, sent })
  }

  /** Notes a step that the server refused, or that the person cancelled. */
  ended(apiKey: string, { step, outcome, requestId, sent, code, reason }: Refusal & EndedStep): void {
    const at = this.#clock()
    if (outcome === 'cancelled') this.#tally.count(apiKey, at, 'cancelled')
    else this.#tally.count(apiKey, at, 'error', code)
    this.#log(apiKey, { at, step, outcome, code, reason, requestId, sent })
  }

  #log(apiKey: string, event: FlowEvent): void {
    this.#tally.log(apiKey, event)
    this.#note?.(apiKey, event)
    this.#live.changed(apiKey)
  }
}

interface EndedStep {
  readonly step: FlowStep
  readonly outcome: Exclude<FlowOutcome, 'done'>
  readonly requestId: string
  readonly sent: SentRequest | null
}

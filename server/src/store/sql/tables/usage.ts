import type { GeneratedAlways } from 'kysely'
import type { FlowOutcome, FlowStep, Instant, Milestone, UsageMetric } from '../../contract/store.ts'

/** One thing that happened in a login through an app, as its developer sees it; it names no user. */
export interface FlowEvents {
  id: GeneratedAlways<number>
  api_key: string
  at: Instant
  step: FlowStep
  outcome: FlowOutcome
  /** Of a refusal: its error code. */
  code: string | null
  /** A code with its values, as JSON; in old rows the words. */
  reason: string | null
  request_id: string
  /** The request as it may be shown, as JSON. */
  sent: string | null
}

/** How often something happened in an app in one hour. */
export interface UsageCounts {
  api_key: string
  /** When the hour began. */
  hour: Instant
  metric: UsageMetric
  /** The route of a call, the code of an error; empty for the rest. */
  label: string
  count: number
}

/** When a user was last active in an app: what active users are counted by. */
export interface ActiveUsers {
  api_key: string
  user_id: number
  /** When the last hour and the last day of theirs began. */
  hour: Instant
  day: Instant
}

/** When an app first did what its checklist asks for. */
export interface AppMilestones {
  api_key: string
  name: Milestone
  at: Instant
}

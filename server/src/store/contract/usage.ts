import type { Instant } from './types.ts'

/** The steps of a login as their developer knows them. */
export type FlowStep = 'authorize' | 'consent' | 'token' | 'refresh' | 'revoke'

/** `cancelled`: the person said no. `refused`: the server did, and says why. */
export type FlowOutcome = 'done' | 'refused' | 'cancelled'

export type ReasonValue = string | number | boolean

/** Why something came out as it did: a code, and the values that its words are made of when somebody reads them. */
export interface Reason {
  /** Of what was kept before there were codes: the words themselves. */
  readonly code: string
  readonly values: readonly ReasonValue[]
}

/** A request as it may be shown: nothing in it is secret or names a person. */
export interface SentRequest {
  /** Its method and path. */
  readonly route: string
  readonly parameters: Readonly<Record<string, string>>
}

/** One thing that happened in a login through an app. It holds no user, no address and no credential. */
export interface FlowEvent {
  readonly at: Instant
  readonly step: FlowStep
  readonly outcome: FlowOutcome
  /** Of a refusal: its error code. */
  readonly code: string | null
  readonly reason: Reason | null
  readonly requestId: string
  /** Null where what was sent says nothing. */
  readonly sent: SentRequest | null
}

export interface StoredFlowEvent extends FlowEvent {
  /** Grows with time. */
  readonly id: number
}

/**
 * What is counted. `call` is by an access token of the app; `named_call` by whoever names the app without proof.
 * `active_hour` and `active_day` are users, each counted once an hour or a day.
 */
export type UsageMetric =
  | 'authorized'
  | 'allowed'
  | 'cancelled'
  | 'exchanged'
  | 'refreshed'
  | 'revoked'
  | 'call'
  | 'named_call'
  | 'error'
  | 'active_hour'
  | 'active_day'

/** What an app has done for the first time. */
export type Milestone = 'authorize' | 'state' | 'pkce' | 'consent' | 'token' | 'call' | 'refresh' | 'revoke'

export interface UsageCount {
  /** When the hour began. */
  readonly hour: Instant
  readonly metric: UsageMetric
  /** The route of a call, the code of an error; empty for the rest. */
  readonly label: string
  readonly count: number
}

/** What has happened in one app since the last time it was recorded. */
export interface AppUsage {
  readonly apiKey: string
  readonly counts: readonly UsageCount[]
  /** Who was active, and when the hour began in which they were. */
  readonly users: readonly { readonly userId: number; readonly hour: Instant }[]
  /** Oldest first. */
  readonly events: readonly FlowEvent[]
  readonly milestones: readonly { readonly name: Milestone; readonly at: Instant }[]
}

/** Which part of an app's flow log is wanted, by whom. */
export interface FlowLogPage {
  readonly apiKey: string
  /** Null for an app that nobody owns, whose log is the operator's. */
  readonly ownerId: number | null
  readonly since: Instant
  /** Null for every outcome. */
  readonly outcome: FlowOutcome | null
  /** Only what is older than the event of this id. */
  readonly before: number
  readonly limit: number
}

/** Which time of an app's usage is wanted, by whom. */
export interface UsageReport {
  readonly apiKey: string
  readonly ownerId: number
  readonly since: Instant
  /** Milliseconds that are summed up, counted from the epoch: hours or days. */
  readonly bucket: number
}

export interface Usage {
  readonly counts: readonly {
    /** When the bucket began. */
    readonly from: Instant
    readonly metric: UsageMetric
    readonly label: string
    readonly count: number
  }[]
  /** Users who were active at any time since. */
  readonly activeUsers: number
}

/** What the developers of apps see of them. Whatever is for a developer is bound to the owner of a live app. */
export interface UsageStore {
  /** Adds what has happened in an app, unless it is unknown or deleted, and keeps its newest `keptEvents` events. */
  recordUsage(usage: AppUsage, keptEvents: number): Promise<void>
  /** Newest first; undefined for an app that is not this owner's. */
  listFlowEvents(page: FlowLogPage): Promise<readonly StoredFlowEvent[] | undefined>
  /** Undefined for an app that is not this owner's. */
  readUsage(report: UsageReport): Promise<Usage | undefined>
  /** How many calls the access tokens of an app have made since. */
  countCalls(apiKey: string, since: Instant): Promise<number>
  /** What an app of this owner has done, and when first; undefined for an app that is not this owner's. */
  listMilestones(apiKey: string, ownerId: number): Promise<ReadonlyMap<Milestone, Instant> | undefined>
}

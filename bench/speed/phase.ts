import type { Filled } from '../growth/fill.ts'
import type { Pair } from './clients.ts'
import type { Answer } from './connection.ts'
import type { Client, Cost } from './drive.ts'
import type { ServerProcess } from './processes.ts'
import type { Song } from './song.ts'
import type { Installed } from './stagedoor.ts'
import type { Subject } from './subjects.ts'

/** A server in the run, with the logins that its phases leave to later ones. */
export interface Contestant {
  readonly subject: Subject
  readonly pairs: Pair[]
  /** What ours alone has. */
  readonly ours: Ours | null
}

export interface Ours {
  readonly installed: Installed
  readonly song: Song
  /** Adds live logins, each with a token that is told. */
  fill(logins: number): Promise<Filled>
}

/** How a phase is measured. */
export interface Timing {
  /** Milliseconds of each round. */
  readonly milliseconds: number
  /** Rounds that count. */
  readonly rounds: number
  /** Rounds before them, which warm a server up: what an operator pays for is one that has run for a while. */
  readonly warmUps: number
}

/** One thing that servers are asked for, by turns. */
export interface Phase {
  readonly name: string
  /** Whether each request can be made once only, so that a round ends with them and not with its time. */
  readonly isOnce?: true
  /** What it is measured beside, besides other servers that have it. */
  readonly beside: readonly Yardstick[]
  /** Prepares a server; undefined where it has nothing of the kind. */
  prepare(contestant: Contestant, timing: Timing): Promise<Round | undefined>
}

/** Makes the clients of one round. */
export type Round = () => Promise<readonly Client[]>

/** A request of ours, and its answer. */
export interface Sample {
  readonly request: Buffer
  readonly answer: Answer
  /** How many connections ask. */
  readonly clients: number
}

/** What takes its turn in a phase. */
export interface Entrant {
  readonly name: string
  round(milliseconds: number): Promise<Cost>
  end(): Promise<void>
}

/** Servers with nothing around them. */
export const bareNames = ['bare Fastify', 'bare node:http'] as const
export type BareName = (typeof bareNames)[number]

/** All that takes part in a run. */
export interface Field {
  /** Ours first. */
  readonly contestants: readonly Contestant[]
  readonly bare: Readonly<Record<BareName, ServerProcess>>
}

/** Starts what a phase is measured beside. */
export type Yardstick = (
  sample: Sample,
  beside: { readonly ours: Contestant; readonly bare: Field['bare'] },
) => Promise<Entrant>

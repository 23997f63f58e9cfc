import { median } from '../median.ts'
import type { Cost } from './drive.ts'
import type { FirstPaint } from './first-paint.ts'
import type { Memory } from './processes.ts'
import type { StartTimes } from './single.ts'
import type { Scaled } from './workers.ts'

/** The rounds of each phase, of each server in it. */
export type Rounds = ReadonlyMap<string, ReadonlyMap<string, readonly Cost[]>>

/** All that a run has measured. */
export interface Results {
  readonly rounds: Rounds
  /** Once every login phase was over. */
  readonly memory: Memory & { readonly refreshes: number }
  readonly page: { readonly bytes: number; readonly firstPaint: FirstPaint | null }
  readonly starts: readonly StartTimes[]
  /** Null where it was not measured. */
  readonly workers: readonly Scaled[] | null
}

/** A figure of a server in a phase. */
export interface Of {
  readonly phase: string
  readonly server: string
  readonly figure?: keyof Cost
}

/** The median of the ratios of each round; undefined where one of the two was not measured. */
export function ratioOf(rounds: Rounds, one: Of, other: Of): number | undefined {
  const [all, those] = [one, other].map(({ phase, server }) => rounds.get(phase)?.get(server))
  if (all === undefined || those === undefined) return undefined
  const ratios = all.flatMap((cost, round) => {
    const beside = those[round]
    return beside ? [cost[one.figure ?? 'cpu'] / beside[other.figure ?? 'cpu']] : []
  })
  return Math.round(median(ratios) * 1000) / 1000
}

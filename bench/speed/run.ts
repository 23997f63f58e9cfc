import { startField } from './field.ts'
import { firstPaint } from './first-paint.ts'
import { type Goal, goalsOf } from './goals.ts'
import { pageWeight } from './page-weight.ts'
import type { Timing } from './phase.ts'
import { randomProfile } from './phases/profile.ts'
import type { Results } from './results.ts'
import { runPhases } from './run-phases.ts'
import { startTimes } from './single.ts'
import { scale } from './workers.ts'

/** What a run measures. */
export interface Asked {
  readonly timing: Timing
  /** How many tokens are asked for at random. */
  readonly tokens: number
  /** Whether other authorization servers are left out. */
  readonly isAlone: boolean
  /** The URL of a PostgreSQL, without a database, that ours is measured on as well. */
  readonly postgres: string | undefined
  /** How many processes serve one port there, in turn; none where that is not measured. */
  readonly workers: readonly number[]
}

/** Measures everything. @param tell is told what is measured next */
export async function run(
  { timing, tokens, isAlone, postgres, workers }: Asked,
  tell: (words: string) => void,
): Promise<{ readonly results: Results; readonly goals: readonly Goal[] }> {
  tell('starting servers')
  const { end, ...field } = await startField(isAlone, postgres)
  try {
    const ours = field.contestants[0]?.ours?.installed
    if (ours === undefined) throw new Error('None of them is ours.')
    const measured = await runPhases(field, timing, tokens, tell)
    tell('the page, starts and workers')
    const results: Results = {
      ...measured,
      page: {
        bytes: await pageWeight(ours),
        firstPaint: await firstPaint(ours, field.bare['bare Fastify'], timing.rounds),
      },
      starts: await startTimes(timing.rounds),
      workers: postgres && workers.length > 0 ? await scale(postgres, workers, timing) : null,
    }
    return { results, goals: goalsOf(results, randomProfile(tokens).name) }
  } finally {
    await end()
  }
}

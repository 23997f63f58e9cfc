import { startField } from './field.ts'
import { firstPaint } from './first-paint.ts'
import { type Goal, goalsOf } from './goals.ts'
import { measure } from './measure.ts'
import { pageWeight } from './page-weight.ts'
import type { Timing } from './phase.ts'
import { randomProfile } from './phases/profile.ts'
import { laterPhases, loginPhases } from './phases.ts'
import type { Results } from './results.ts'
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
  const rounds = new Map<string, Awaited<ReturnType<typeof measure>>>()
  const measureAll = async (phases: typeof loginPhases) => {
    for (const phase of phases) {
      tell(phase.name)
      rounds.set(phase.name, await measure(phase, field, timing))
    }
  }
  try {
    const [own] = field.contestants
    const ours = own?.ours?.installed
    if (ours === undefined) throw new Error('None of them is ours.')
    await measureAll(loginPhases)
    const refreshes = ['refresh', 'refresh, one connection']
      .flatMap((phase) => rounds.get(phase)?.get(own?.subject.name ?? '') ?? [])
      .reduce((sum, { requests }) => sum + requests, 0)
    const memory = { ...ours.server.memory(), refreshes }
    await measureAll(laterPhases(tokens))
    tell('the page, starts and workers')
    const results: Results = {
      ...{ rounds, memory },
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

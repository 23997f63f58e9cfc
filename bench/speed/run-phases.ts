import { measure } from './measure.ts'
import type { Field, Phase, Timing } from './phase.ts'
import { laterPhases, loginPhases } from './phases.ts'
import type { Results } from './results.ts'

/**
 * Measures every phase, one after the other.
 * @param tokens how many are asked for at random
 * @param tell is told which comes next
 */
export async function runPhases(
  field: Field,
  timing: Timing,
  tokens: number,
  tell: (words: string) => void,
): Promise<Pick<Results, 'rounds' | 'memory'>> {
  const rounds = new Map<string, Awaited<ReturnType<typeof measure>>>()
  const runAll = async (phases: readonly Phase[]) => {
    for (const phase of phases) {
      tell(phase.name)
      rounds.set(phase.name, await measure(phase, field, timing))
    }
  }
  const [ours] = field.contestants
  if (ours === undefined) throw new Error('Nobody is measured.')
  const { name, server } = ours.subject
  await runAll(loginPhases)
  const refreshes = ['refresh', 'refresh, one connection']
    .flatMap((phase) => rounds.get(phase)?.get(name) ?? [])
    .reduce((sum, { requests }) => sum + requests, 0)
  const memory = { ...server.memory(), refreshes }
  await runAll(laterPhases(tokens))
  return { rounds, memory }
}

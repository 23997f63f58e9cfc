import { Connection } from './connection.ts'
import { type Cost, drive } from './drive.ts'
import type { Contestant, Entrant, Field, Phase, Round, Sample, Timing } from './phase.ts'

/**
 * Measures one phase at every server that has it: they take turns in each round, so that what else the machine does meets all
 * alike, and go in the other direction in every second one.
 * @returns the rounds of each server, by its name
 */
export async function measure(
  phase: Phase,
  { contestants, bare }: Field,
  timing: Timing,
): Promise<ReadonlyMap<string, readonly Cost[]>> {
  const { milliseconds, rounds, warmUps } = timing
  const entrants: Entrant[] = []
  let sample: Sample | undefined
  for (const contestant of contestants) {
    const round = await phase.prepare(contestant, timing)
    if (round === undefined) continue
    sample ??= await sampleOf(contestant, round)
    entrants.push(entrantOf(contestant, round, phase.isOnce ? longestMs : milliseconds))
  }
  const [ours] = contestants
  if (sample === undefined || ours === undefined) throw new Error(`Nobody has ${phase.name}.`)
  try {
    for (const beside of phase.beside) entrants.push(await beside(sample, { ours, bare }))
    const costs = new Map<string, Cost[]>(entrants.map(({ name }) => [name, []]))
    for (let round = -warmUps; round < rounds; round += 1)
      for (const entrant of round % 2 === 0 ? entrants : entrants.toReversed()) {
        const cost = await entrant.round(milliseconds)
        if (round >= 0) costs.get(entrant.name)?.push(cost)
      }
    return costs
  } finally {
    for (const entrant of entrants) await entrant.end()
  }
}

async function sampleOf({ subject }: Contestant, round: Round): Promise<Sample> {
  const clients = await round()
  const request = clients[0]?.next()
  if (request === undefined) throw new Error('Nothing is asked.')
  const connection = new Connection(subject.server.port)
  const answer = await connection.ask(request)
  clients[0]?.take(answer)
  await connection.end()
  return { request, answer, clients: clients.length }
}

/** Of a round that ends with its requests. */
const longestMs = 60_000

const entrantOf = ({ subject }: Contestant, round: Round, milliseconds: number): Entrant => ({
  name: subject.name,
  round: async () => drive(subject.server, await round(), milliseconds),
  end: async () => undefined,
})

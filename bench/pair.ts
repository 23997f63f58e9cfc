/**
 * What a change gains: this checkout's build beside another's, in turns, with a bare Fastify route between them.
 * `npm run pair -w bench -- --before FOLDER [--rounds 7] [--milliseconds 1500] [--phases profile,refresh,exchange]`
 * With TMPDIR on a file system in memory, no round waits for a disk.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { median } from './median.ts'
import { type Client, drive } from './speed/drive.ts'
import { asking, codesAtOnce, exchanging, getting, inAll, type Pair, refreshing } from './speed/phases.ts'
import { start, thisCheckout } from './speed/processes.ts'
import { ours, type Subject } from './speed/subjects.ts'

const { values } = parseArgs({
  options: {
    before: { type: 'string' },
    milliseconds: { type: 'string', default: '1500' },
    rounds: { type: 'string', default: '7' },
    connections: { type: 'string', default: '32' },
    phases: { type: 'string', default: 'profile,refresh,exchange' },
  },
})
const [ms, rounds, connections] = [values.milliseconds, values.rounds, values.connections].map(Number)
if (values.before === undefined || !ms || !rounds || !connections)
  throw new Error('It needs --before with the folder of another checkout, and figures that are numbers.')
const clients = (client: (index: number) => Client): Client[] =>
  Array.from({ length: connections }, (_, index) => client(index))

interface Measured {
  readonly subject: Subject
  readonly pairs: Pair[]
  readonly accesses: string[]
  readonly logins: { refresh: string }[]
}

/** One round of a phase at one server: its CPU for a request, in microseconds. */
const phases: Readonly<Record<string, (measured: Measured) => Promise<number>>> = {
  async profile({ subject, accesses }) {
    const of = (index: number) => getting(subject, subject.prepared.profilePath, accesses.slice(-1), index)
    return (await drive(subject.server, clients(of), ms)).cpu
  },
  async refresh({ subject, accesses, logins }) {
    const of = (index: number) => refreshing(subject, logins[index] ?? { refresh: '' }, accesses, index)
    return (await drive(subject.server, clients(of), ms)).cpu
  },
  async exchange({ subject, pairs }) {
    const codes = await subject.codes(codesAtOnce)
    const of = (index: number) => exchanging(subject, codes, pairs, index)
    return (await drive(subject.server, clients(of), 60_000)).cpu
  },
}

async function prepared(checkout: string): Promise<Measured> {
  const subject = await ours({}, checkout)
  const pairs: Pair[] = []
  const codes = await subject.codes(connections ?? 0)
  await drive(
    subject.server,
    clients((index) => exchanging(subject, codes, pairs, index)),
    60_000,
  )
  return {
    subject,
    pairs,
    accesses: pairs.map(({ access }) => access),
    logins: pairs.map(({ refresh }) => ({ refresh })),
  }
}

const bare = await start('bare Fastify')
await bare.serve()
const form = new URLSearchParams({ refresh_token: 'x'.repeat(200) }).toString()
const route = (phase: string) =>
  phase === 'profile' ? asking('GET /v1/me') : asking('POST /v1/oauth/token', form)
await drive(
  bare,
  clients(() => route('refresh')),
  ms,
)
const sides = [await prepared(resolve(values.before)), await prepared(thisCheckout)]
try {
  for (const phase of values.phases.split(',')) {
    const run = phases[phase]
    if (run === undefined) throw new Error(`There is no phase ${phase}.`)
    const all: { before: number; after: number; bare: number }[] = []
    // The first round of each warms it up.
    for (let round = 0; round <= rounds; round += 1) {
      const cost = { before: 0, after: 0, bare: 0 }
      // Who comes first changes, as the one after may profit from it.
      for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
        const side = sides[index]
        if (side !== undefined) cost[index === 0 ? 'before' : 'after'] = await run(side)
      }
      const asked = clients(() => route(phase))
      cost.bare = (
        phase === 'exchange'
          ? await drive(bare, inAll(codesAtOnce, asked), 60_000)
          : await drive(bare, asked, ms)
      ).cpu
      if (round > 0) all.push(cost)
    }
    const ratio = (of: 'before' | 'after', to: 'before' | 'bare') =>
      median(all.map((cost) => cost[of] / cost[to])).toFixed(3)
    console.log(
      `${phase}: ${median(all.map(({ before }) => before))} → ${median(all.map(({ after }) => after))} µs, ` +
        `${ratio('after', 'before')} of before; ${ratio('before', 'bare')} → ${ratio('after', 'bare')} of a bare route (${median(all.map((cost) => cost.bare))} µs)`,
    )
  }
} finally {
  await bare.end()
  for (const { subject } of sides) await subject.server.end()
}

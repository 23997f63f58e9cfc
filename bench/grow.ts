/**
 * What a login costs on a database that has grown, beside a small one that takes turns with it.
 * `npm run grow -w bench -- [--logins 100000,1000000,3000000] [--seconds 150] [--milliseconds 400] [--rounds 5] [--write]
 * [--postgres postgres://user:password@localhost]`, which makes two databases there and deletes them.
 */
import { parseArgs } from 'node:util'
import { type Growing, onPostgres, onSqlite } from './growth/engines.ts'
import { type Compared, type Grown, report, write } from './growth/report.ts'
import { median } from './median.ts'
import { clients, connections, exchanging, getting, type Pair, refreshing } from './speed/clients.ts'
import { type Client, type Cost, drive, medianOf } from './speed/drive.ts'

const { values } = parseArgs({
  options: {
    logins: { type: 'string', default: '100000,1000000,3000000' },
    seconds: { type: 'string', default: '150' },
    milliseconds: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
    postgres: { type: 'string' },
  },
})
const [milliseconds, rounds, seconds] = [values.milliseconds, values.rounds, values.seconds].map(Number)
const sizes = values.logins.split(',').map(Number)
if (!milliseconds || !rounds || !seconds || !sizes.every((size) => size > 0))
  throw new Error('A figure is no number.')
const timing = { milliseconds, rounds }
const deadline = performance.now() + seconds * 1000
/** How many tokens are asked for at random, more than a server remembers: the small one has no others. */
const asked = 40_000

/** One round of every phase on one server. */
async function round({ subject }: Growing, known: readonly string[]): Promise<ReadonlyMap<string, Cost>> {
  const pairs: Pair[] = []
  const accesses: string[] = []
  const logins = await subject.logins(connections * 3)
  const costOf = (client: (index: number) => Client, time: number): Promise<Cost> =>
    drive(subject.server, clients(client), time)
  const exchange = await costOf((index) => exchanging(subject, logins, pairs, index), 60_000)
  const refresh = await costOf(
    (index) => refreshing(subject, { refresh: pairs[index]?.refresh ?? '' }, accesses, index),
    timing.milliseconds,
  )
  const random = await costOf(
    (index) => getting(subject, subject.prepared.profilePath, known, index),
    timing.milliseconds,
  )
  return new Map([
    ['exchange', exchange],
    ['refresh', refresh],
    ['profile by random tokens', random],
  ])
}

/** The two servers by turns, so that what else the machine does meets both. */
async function compare(grown: Growing, known: readonly string[], small: Growing, few: readonly string[]) {
  const all: { grown: ReadonlyMap<string, Cost>; small: ReadonlyMap<string, Cost> }[] = []
  for (let n = 0; n < timing.rounds; n += 1)
    all.push({ grown: await round(grown, known), small: await round(small, few) })
  return Array.from(all[0]?.grown.keys() ?? [], (phase): Compared => {
    const pairs = all.flatMap((both) => {
      const [one, other] = [both.grown.get(phase), both.small.get(phase)]
      return one && other ? [{ grown: one, small: other }] : []
    })
    const ratioOf = (figure: 'cpu' | 'p50' | 'p99') =>
      median(pairs.map((pair) => pair.grown[figure] / pair.small[figure]))
    return {
      phase,
      grown: together(pairs.map((pair) => pair.grown)),
      ratio: { cpu: ratioOf('cpu'), p50: ratioOf('p50'), p99: ratioOf('p99') },
    }
  })
}

/** All rounds as one: a short one alone has too few of the clock's ticks. */
function together(rounds: readonly Cost[]): Cost {
  const requests = rounds.reduce((sum, cost) => sum + cost.requests, 0)
  const cpu = rounds.reduce((sum, cost) => sum + cost.cpu * cost.requests, 0)
  return { ...medianOf(rounds), requests, cpu: Math.round(cpu / requests) }
}

const { postgres } = values
const start = (name: string) => (postgres === undefined ? onSqlite() : onPostgres(postgres, name))
const [grown, small] = [await start('grown'), await start('small')]
try {
  const { known: few } = await small.fill(asked, 1, deadline)
  const done: Grown[] = []
  let logins = 0
  for (const size of sizes) {
    const more = await grown.fill(size - logins, Math.ceil((size - logins) / asked), deadline)
    if (more.logins === 0) break
    logins += more.logins
    const bytes = await grown.size()
    const phases = await compare(grown, more.known, small, few)
    done.push({ logins, megabytes: Math.round(bytes / 1e6), phases })
    if (logins < size) break
  }
  console.log(report(done))
  if (values.write) write(done, postgres === undefined ? 'sqlite' : 'postgres')
} finally {
  await grown.end()
  await small.end()
}

/**
 * What a login costs on a database that has grown, beside a small one that takes turns with it.
 * `npm run grow -w bench -- [--logins 100000,1000000,3000000] [--seconds 150] [--milliseconds 400] [--rounds 5] [--write]`
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fill } from './growth/fill.ts'
import { type Compared, type Grown, report, write } from './growth/report.ts'
import { type Client, type Cost, drive, medianOf } from './speed/drive.ts'
import { exchanging, getting, type Pair, refreshing } from './speed/phases.ts'
import { ours, type Subject } from './speed/subjects.ts'

const { values } = parseArgs({
  options: {
    logins: { type: 'string', default: '100000,1000000,3000000' },
    seconds: { type: 'string', default: '150' },
    milliseconds: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
})
const [milliseconds, rounds, seconds] = [values.milliseconds, values.rounds, values.seconds].map(Number)
const sizes = values.logins.split(',').map(Number)
if (!milliseconds || !rounds || !seconds || !sizes.every((size) => size > 0))
  throw new Error('A figure is no number.')
const timing = { milliseconds, rounds }
const deadline = performance.now() + seconds * 1000
const connections = 32
/** How many tokens are asked for at random, more than a server remembers: the small one has no others. */
const asked = 40_000
const clients = (client: (index: number) => Client): Client[] =>
  Array.from({ length: connections }, (_, index) => client(index))

/** One round of every phase on one server. */
async function round(subject: Subject, known: readonly string[]): Promise<ReadonlyMap<string, Cost>> {
  const { server } = subject
  const pairs: Pair[] = []
  const accesses: string[] = []
  const codes = await subject.codes(connections * 3)
  const exchange = await drive(
    server,
    clients((index) => exchanging(subject, codes, pairs, index)),
    60_000,
  )
  const refresh = await drive(
    server,
    clients((index) => refreshing(subject, { refresh: pairs[index]?.refresh ?? '' }, accesses, index)),
    timing.milliseconds,
  )
  const random = await drive(
    server,
    clients((index) => getting(subject, subject.prepared.profilePath, known, index * 1259)),
    timing.milliseconds,
  )
  return new Map([
    ['exchange', exchange],
    ['refresh', refresh],
    ['profile by random tokens', random],
  ])
}

/** The two servers by turns, so that what else the machine does meets both. */
async function compare(grown: Subject, known: readonly string[], small: Subject, few: readonly string[]) {
  const all: { grown: ReadonlyMap<string, Cost>; small: ReadonlyMap<string, Cost> }[] = []
  for (let n = 0; n < timing.rounds; n += 1)
    all.push({ grown: await round(grown, known), small: await round(small, few) })
  const costOf = (side: 'grown' | 'small', phase: string) =>
    together(all.flatMap((both) => both[side].get(phase) ?? []))
  return Array.from(all[0]?.grown.keys() ?? [], (phase): Compared => {
    return { phase, grown: costOf('grown', phase), small: costOf('small', phase) }
  })
}

/** All rounds as one: a short one alone has too few of the clock's ticks. */
function together(rounds: readonly Cost[]): Cost {
  const requests = rounds.reduce((sum, cost) => sum + cost.requests, 0)
  const cpu = rounds.reduce((sum, cost) => sum + cost.cpu * cost.requests, 0)
  return { ...medianOf(rounds), requests, cpu: Math.round(cpu / requests) }
}

const [grown, small] = [await ours(), await ours()]
try {
  const { known: few } = await fill(small.server.folder, asked, 1, deadline)
  const done: Grown[] = []
  let logins = 0
  for (const size of sizes) {
    const more = await fill(grown.server.folder, size - logins, Math.ceil((size - logins) / asked), deadline)
    if (more.logins === 0) break
    logins += more.logins
    const bytes = statSync(join(grown.server.folder, 'stagedoor.db')).size
    const phases = await compare(grown, more.known, small, few)
    done.push({ logins, megabytes: Math.round(bytes / 1e6), phases })
    if (logins < size) break
  }
  console.log(report(done))
  if (values.write) write(done)
} finally {
  await grown.server.end()
  await small.server.end()
}

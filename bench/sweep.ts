/**
 * What a sweep of many overdue rows does to a steady load, beside a server that has nothing to sweep and takes turns with it.
 * `npm run sweep -w bench -- [--rows 5000000] [--rounds 9] [--milliseconds 3000] [--write]
 * [--postgres postgres://user:password@localhost]`, which makes two databases there and deletes them.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { between } from './between.ts'
import { onPostgres, onSqlite } from './growth/engines.ts'
import { median } from './median.ts'
import { exchanging, getting, type Pair, refreshing } from './speed/clients.ts'
import { type Cost, drive } from './speed/drive.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '5000000' },
    rounds: { type: 'string', default: '9' },
    milliseconds: { type: 'string', default: '3000' },
    write: { type: 'boolean', default: false },
    postgres: { type: 'string' },
  },
})
const [rows, rounds, milliseconds] = [values.rows, values.rounds, values.milliseconds].map(Number)
if (!rows || !rounds || !milliseconds) throw new Error('A figure is no number.')
const [refreshers, readers, logins] = [4, 2, 40_000]
/** Milliseconds until the sweeper, which looks every five seconds, is at work. */
const begun = 6_000

const { postgres } = values

async function open(name: string) {
  const growing = postgres === undefined ? await onSqlite() : await onPostgres(postgres, name)
  const { subject } = growing
  const { known } = await growing.fill(logins, 40, performance.now() + 60_000)
  const pairs: Pair[] = []
  const first = await subject.logins(refreshers)
  await drive(subject.server, [exchanging(subject, first, pairs, 0)], 30_000)
  const clients = [
    ...pairs.map(({ refresh }, index) => refreshing(subject, { refresh }, [], index)),
    ...Array.from({ length: readers }, (_, index) =>
      getting(subject, subject.prepared.profilePath, known, refreshers + index),
    ),
  ]
  return {
    ...growing,
    round: (): Promise<Cost> => drive(subject.server, clients, milliseconds ?? 0),
    signal: (name: 'SIGSTOP' | 'SIGCONT') => process.kill(subject.server.pid, name),
  }
}

const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time))

const [sweeping, idle] = [await open('sweeping'), await open('idle')]
sweeping.signal('SIGSTOP')
const overdue = await sweeping.addOverdue(rows)
try {
  sweeping.signal('SIGCONT')
  await pause(begun)
  const pairs: { with: Cost; without: Cost }[] = []
  while (pairs.length < rounds) {
    sweeping.signal('SIGCONT')
    const during = await sweeping.round()
    sweeping.signal('SIGSTOP')
    pairs.push({ with: during, without: await idle.round() })
  }
  const left = await overdue.left()
  if (left === 0) throw new Error('The sweep was over before the rounds were.')
  const row = (figure: 'p50' | 'p99') => {
    const [one, other] = [
      median(pairs.map((pair) => pair.with[figure])),
      median(pairs.map((pair) => pair.without[figure])),
    ]
    return `| ${figure}, µs | ${one} | ${other} | ${median(pairs.map((pair) => pair.with[figure] / pair.without[figure])).toFixed(2)} |`
  }
  const table = `${rows.toLocaleString('en-GB')} overdue rows, of which ${(rows - left).toLocaleString('en-GB')} went meanwhile; ${refreshers} clients that refresh and ${readers} that read without pause, ${rounds} rounds of ${milliseconds / 1000} s of each by turns.

| | with the sweep | without | ratio in the median round |
| --- | --: | --: | --: |
${row('p50')}
${row('p99')}`
  console.log(table)
  if (values.write) {
    const page = new URL('../docs/scaling.md', import.meta.url)
    const mark = postgres === undefined ? 'sweep' : 'sweep on PostgreSQL'
    writeFileSync(page, between(readFileSync(page, 'utf8'), mark, table))
  }
} finally {
  sweeping.signal('SIGCONT')
  await overdue.close()
  await sweeping.end()
  await idle.end()
}

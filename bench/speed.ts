/**
 * What a login, a profile and everything around them cost here and on the servers beside it, in turns on one machine.
 * `npm run bench -- [--rounds 5] [--milliseconds 400] [--tokens 100000] [--alone] [--write]`, where `--alone` leaves other
 * authorization servers out, or `-- --postgres postgres://user:password@localhost [--workers 1,2,4]`, which measures ours on
 * SQLite and there. `npm run bench:guard` fails when a ratio has become worse than recorded.
 */
import { parseArgs } from 'node:util'
import { chartOf } from './speed/chart.ts'
import { facts, loadNow } from './speed/facts.ts'
import { record, worse } from './speed/guard.ts'
import { prepare } from './speed/prepare.ts'
import { report } from './speed/report.ts'
import { run } from './speed/run.ts'
import { draw, write } from './speed/write.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    milliseconds: { type: 'string', default: '400' },
    tokens: { type: 'string', default: '100000' },
    alone: { type: 'boolean', default: false },
    postgres: { type: 'string' },
    workers: { type: 'string' },
    write: { type: 'boolean', default: false },
    guard: { type: 'boolean', default: false },
  },
})
const [rounds = 0, milliseconds = 0, tokens = 0] = [values.rounds, values.milliseconds, values.tokens].map(
  Number,
)
const workers = (values.workers ?? '').split(',').filter(Boolean).map(Number)
if (![rounds, milliseconds, tokens, ...workers].every((figure) => figure > 0))
  throw new Error('A figure is no number.')
const { postgres } = values
if (workers.length > 0 && postgres === undefined) throw new Error('Several workers need --postgres.')
const isAlone = values.alone || postgres !== undefined
const tell = (words: string) => console.error(words)

await prepare(isAlone, tell)
const load = loadNow()
const { results, goals } = await run(
  { timing: { milliseconds, rounds, warmUps: 2 }, tokens, isAlone, postgres, workers },
  tell,
)
const told = facts(isAlone, load)
const text = report(results, goals, told)
console.log(text)
if (values.write) {
  write(postgres === undefined ? 'figures' : 'figures on PostgreSQL', text)
  if (!isAlone) {
    draw(chartOf(results.rounds, told))
    record(goals)
  }
}
if (values.guard) {
  const changes = worse(goals)
  for (const change of changes) console.error(change)
  process.exitCode = changes.length === 0 ? 0 : 1
}

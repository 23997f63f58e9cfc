import { type Recorded, readRecorded } from '../growth/report.ts'
import { type Measured, readMeasured } from './measured.ts'
import { simulate } from './simulate.ts'

/** What is assumed of those who use it. */
const people = {
  total: 100e6,
  /** Apps that one has logged in at, and not out of again. */
  logins: 5,
  /** What part of them does something on a day. */
  active: 0.2,
  /** Logins of one in a month. */
  newLogins: 1,
  /** What an active one does on a day. */
  refreshes: 3,
  calls: 100,
  /** How much more of it happens in the busiest hour. */
  peak: 3,
}
/** How much of a core or of a database is planned to be at work at the peak. */
const planned = 0.6
const daySeconds = 86_400
/** Cores of the primary, and how long a packet is on its way to it, in milliseconds. */
const cores = 64
const trip = 0.25
/** Checks a second that come to one node. */
const checksOfNode = 1_000
const remembered = 5_000
const repeated = 0.9

const round = (value: number, digits = 2) => Number(value.toPrecision(digits)).toLocaleString('en-GB')
const share = (part: number) => `${Math.round(part * 100)} %`

interface Load {
  readonly what: string
  readonly perSecond: number
  readonly cost: { readonly node: number; readonly database: number }
}

function loadsOf({ exchange, refresh, check }: Measured): readonly Load[] {
  const { total, active, newLogins, refreshes, calls, peak } = people
  const daily = (count: number) => (total * active * count * peak) / daySeconds
  return [
    { what: 'codes exchanged', perSecond: (total * newLogins * peak) / 30 / daySeconds, cost: exchange },
    { what: 'refreshes', perSecond: daily(refreshes), cost: refresh },
    { what: 'checks of a token', perSecond: daily(calls), cost: check },
  ]
}

/** The arithmetic of docs/scaling.md as Markdown. */
export function modelTable(measured: Measured = readMeasured(), grown: Recorded = readRecorded()): string {
  const loads = loadsOf(measured)
  const coresOf = (side: 'node' | 'database') =>
    loads.reduce((sum, { perSecond, cost }) => sum + (perSecond * cost[side]) / 1e6, 0) / planned
  const logins = people.total * people.logins
  const { total, active, peak } = people
  return [
    `${round(total)} people, ${people.logins} live logins each: ${round(logins)} logins, which are ${round(2 * logins)} live tokens. ` +
      `${share(active)} of them are active on a day, with ${people.refreshes} refreshes and ${people.calls} calls; everybody logs in ` +
      `${people.newLogins === 1 ? 'once' : `${people.newLogins} times`} a month; the busiest hour has ${peak} times the mean.`,
    '',
    `What a request costs was measured on ${measured.machine}, while much else ran there.`,
    '',
    '| in the busiest hour | a second | cores of nodes | cores of the primary |',
    '| --- | --: | --: | --: |',
    ...loads.map(
      ({ what, perSecond, cost }) =>
        `| ${what} | ${round(perSecond)} | ${round((perSecond * cost.node) / 1e6)} | ${round((perSecond * cost.database) / 1e6)} |`,
    ),
    `| all, ${share(planned)} of each core at work | | ${round(coresOf('node'))} | ${round(coresOf('database'))} |`,
    '',
    `A live login takes ${round(grown.bytesPerLogin, 3)} bytes with its tokens, indexes and its part of a person, as SQLite keeps ${round(grown.logins, 3)} of them ` +
      `(\`npm run grow -w bench\`; PostgreSQL takes 1.3 times as much): ${round((logins * grown.bytesPerLogin) / 1e12)} TB for all.`,
  ].join('\n')
}

/** What the simulation says, as Markdown. */
export function simulationTable(measured: Measured = readMeasured()): string {
  const cost = measured.check.database / 1000
  const rows = [2, 5, 10, 20, 50, 100, 200, 400].map((nodes) => {
    const always = { nodes, checks: checksOfNode, cores, cost, trip, repeated }
    const asks = simulate({ ...always, remembered: 0 })
    const believes = simulate({ ...always, remembered })
    const ms = (value: number) => (Number.isFinite(value) ? round(value) : '–')
    const cells = ({ load, slowCheck, revokedHalf, revokedMost }: typeof asks) => [
      share(load),
      ms(slowCheck),
      ms(revokedHalf),
      ms(revokedMost),
    ]
    return `| ${[nodes, ...cells(asks), ...cells(believes)].join(' | ')} |`
  })
  return [
    `Each node is asked ${round(checksOfNode)} times a second; the primary has ${cores} cores, ${trip} ms away; a check costs it ${measured.check.database} µs of CPU.`,
    '',
    '| nodes | load of the primary | slowest 1 % of checks, ms | revoked everywhere, half, ms | 99 %, ms | the same if a node believed for ' +
      `${remembered / 1000} s (${share(repeated)} of checks repeat): load | slowest 1 %, ms | revoked, half, ms | 99 %, ms |`,
    '| --: | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...rows,
  ].join('\n')
}

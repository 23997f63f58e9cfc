import { type Cost, medianOf } from './drive.ts'
import { type Goal, isMet } from './goals.ts'
import type { Results, Rounds } from './results.ts'
import type { Scaled } from './workers.ts'

const thousands = (count: number) => Math.round(count).toLocaleString('en-GB')

/** What each request took, as a table in Markdown. */
export function phaseTable(rounds: Rounds): string {
  const lines = Array.from(rounds, ([phase, servers]) =>
    Array.from(servers, ([server, costs]) => lineOf(phase, server, medianOf(costs))),
  )
  return [
    '| phase | server | requests a second | CPU µs | p50 µs | p99 µs | p99.9 µs |',
    '| --- | --- | --: | --: | --: | --: | --: |',
    ...lines.flat(),
  ].join('\n')
}

function lineOf(phase: string, server: string, { perSecond, cpu, database, p50, p99, p999 }: Cost): string {
  const used =
    database > 0 ? `${thousands(cpu)}, of them ${thousands(database)} of PostgreSQL` : thousands(cpu)
  return `| ${[phase, server, thousands(perSecond), used, ...[p50, p99, p999].map(thousands)].join(' | ')} |`
}

/** What was to be shown, as a table in Markdown. */
export const goalTable = (goals: readonly Goal[]): string =>
  [
    '| what | measured | goal | |',
    '| --- | --: | --: | --- |',
    ...goals.map((goal) => {
      const limit = goal.most === null ? least(goal) : `≤ ${amount(goal.most, goal)}`
      const measured = goal.value === undefined ? 'not measured' : amount(goal.value, goal)
      return `| ${[goal.name, measured, limit, limit === '' || goal.value === undefined ? '' : isMet(goal) ? 'met' : '**not met**'].join(' | ')} |`
    }),
  ].join('\n')

const least = (goal: Goal) => (goal.least === null ? '' : `≥ ${amount(goal.least, goal)}`)

function amount(value: number, { unit }: Goal): string {
  if (unit === '') return value < 10 ? value.toFixed(value < 1 ? 3 : 2) : value.toFixed(1)
  return `${unit === 'kB' ? value.toFixed(1) : Math.round(value)} ${unit}`
}

/** What processes on one port come to, as a table in Markdown. */
export const workerTable = (all: readonly Scaled[]): string =>
  [
    '| workers | requests a second at `/v1/me` | to one | CPU µs of a request | of them PostgreSQL |',
    '| --: | --: | --: | --: | --: |',
    ...all.map(
      ({ workers, cost, ratio }) =>
        `| ${[workers, thousands(cost.perSecond), ratio.toFixed(2), thousands(cost.cpu), thousands(cost.database)].join(' | ')} |`,
    ),
  ].join('\n')

/** All of a run in Markdown. @param facts of the machine, the day and the versions */
export function report({ rounds, workers }: Results, goals: readonly Goal[], facts: string): string {
  const parts = [
    facts,
    phaseTable(rounds),
    goalTable(goals),
    ...(workers === null ? [] : [workerTable(workers)]),
  ]
  return parts.join('\n\n')
}

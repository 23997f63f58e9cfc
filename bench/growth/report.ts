import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { between } from '../between.ts'
import type { Cost } from '../speed/drive.ts'

/** What a phase cost on the installation that has grown, and how many times that of the small one it was in the median round. */
export interface Compared {
  readonly phase: string
  readonly grown: Cost
  readonly ratio: Readonly<Record<'cpu' | 'p50' | 'p99', number>>
}

/** An installation of some size. */
export interface Grown {
  readonly logins: number
  readonly megabytes: number
  readonly phases: readonly Compared[]
}

/** What the model of docs/scaling.md takes from the last run. */
export interface Recorded {
  readonly logins: number
  readonly bytesPerLogin: number
}

const recorded = new URL('recorded.json', import.meta.url)
const page = new URL('../../docs/scaling.md', import.meta.url)
const times = (figure: number, ratio: number) => `${figure} (${ratio.toFixed(2)})`
const thousands = (count: number) => count.toLocaleString('en-GB')

/** The figures as Markdown: each beside how many times that of the small installation it is. */
export function report(sizes: readonly Grown[]): string {
  return [
    '| live logins | database, MB | phase | CPU µs | p50 µs | p99 µs |',
    '| --: | --: | --- | --: | --: | --: |',
    ...sizes.flatMap(({ logins, megabytes, phases }) =>
      phases.map(
        ({ phase, grown, ratio }) =>
          `| ${thousands(logins)} | ${megabytes} | ${phase} | ${times(grown.cpu, ratio.cpu)} | ${times(grown.p50, ratio.p50)} | ${times(grown.p99, ratio.p99)} |`,
      ),
    ),
  ].join('\n')
}

/** Writes the figures into the documentation, and what one login takes on SQLite where the model looks for it. */
export function write(sizes: readonly Grown[], engine: 'sqlite' | 'postgres'): void {
  const largest = sizes.at(-1)
  if (largest === undefined) throw new Error('Nothing was measured.')
  const { logins, megabytes } = largest
  const kept: Recorded = { logins, bytesPerLogin: Math.round((megabytes * 1e6) / logins) }
  if (engine === 'sqlite') writeFileSync(recorded, `${JSON.stringify(kept, null, 2)}\n`)
  const machine = `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, on which ${Math.round(loadavg()[0] ?? 0)} processes wanted to run at the end.`
  const mark = engine === 'sqlite' ? 'growth' : 'growth on PostgreSQL'
  writeFileSync(page, between(readFileSync(page, 'utf8'), mark, `${machine}\n\n${report(sizes)}`))
}

export const readRecorded = (): Recorded => JSON.parse(readFileSync(recorded, 'utf8'))

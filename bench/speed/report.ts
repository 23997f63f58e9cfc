import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Cost } from './drive.ts'
import type { Memory } from './processes.ts'

export interface Figures {
  /** By `phase · server`. */
  readonly rows: ReadonlyMap<string, Cost>
  readonly syncMicroseconds: number
  readonly memory: Memory
  readonly startMilliseconds: number
  /** How many tokens the profile was asked for with. */
  readonly tokens: number
}

/** A ratio of two rows' figures, and what it is to be at most. */
interface Ratio {
  readonly name: string
  readonly of: string
  readonly to: string
  readonly figure: keyof Cost
  readonly goal: number
}

const ratios: readonly Ratio[] = [
  {
    name: 'refresh to a bare Fastify route',
    of: 'refresh · Stagedoor',
    to: 'POST · bare Fastify',
    figure: 'cpu',
    goal: 3.5,
  },
  {
    name: 'exchange to a bare Fastify route',
    of: 'exchange · Stagedoor',
    to: 'POST, a few · bare Fastify',
    figure: 'cpu',
    goal: 3,
  },
  {
    name: 'profile to a bare Fastify route',
    of: 'profile · Stagedoor',
    to: 'GET · bare Fastify',
    figure: 'cpu',
    goal: 2.2,
  },
  {
    name: 'profile by many tokens to a bare Fastify route',
    of: 'profile, many tokens · Stagedoor',
    to: 'GET · bare Fastify',
    figure: 'cpu',
    goal: 6,
  },
  {
    name: 'refresh to oidc-provider',
    of: 'refresh · Stagedoor',
    to: 'refresh · oidc-provider',
    figure: 'cpu',
    goal: 1 / 6,
  },
  {
    name: 'exchange to oidc-provider',
    of: 'exchange · Stagedoor',
    to: 'exchange · oidc-provider',
    figure: 'cpu',
    goal: 1 / 6,
  },
  {
    name: 'profile to oidc-provider',
    of: 'profile · Stagedoor',
    to: 'profile · oidc-provider',
    figure: 'cpu',
    goal: 1,
  },
  {
    name: 'profile to OpenAuth',
    of: 'profile · Stagedoor',
    to: 'profile · OpenAuth',
    figure: 'cpu',
    goal: 1,
  },
  {
    name: 'refresh to OpenAuth',
    of: 'refresh · Stagedoor',
    to: 'refresh · OpenAuth',
    figure: 'cpu',
    goal: 1,
  },
  {
    name: 'refresh to Better Auth',
    of: 'refresh · Stagedoor',
    to: 'refresh · Better Auth',
    figure: 'cpu',
    goal: 1,
  },
]

const recorded = new URL('recorded.json', import.meta.url)
const page = new URL('../../docs/speed.md', import.meta.url)
/** How much a ratio may grow before it is no noise of a busy machine. */
const noise = 1.4

const measuredOf = ({ rows }: Figures, { of, to, figure }: Ratio): number =>
  Math.round(((rows.get(of)?.[figure] ?? Number.NaN) / (rows.get(to)?.[figure] ?? Number.NaN)) * 1000) / 1000

/** The figures as Markdown. */
export function report(figures: Figures): string {
  const line = ([row, { perSecond, cpu, p50, p99 }]: [string, Cost]) => {
    const [phase, server] = row.split(' · ')
    return `| ${phase} | ${server} | ${perSecond} | ${cpu} | ${p50} | ${p99} |`
  }
  const byPhase = [...figures.rows].sort(([one], [other]) => one.split(' · ')[0]?.localeCompare(other) ?? 0)
  return [
    '| phase | server | requests a second | server CPU µs | p50 µs | p99 µs |',
    '| --- | --- | --: | --: | --: | --: |',
    ...byPhase.map(line),
    '',
    '| CPU of one request | ratio | goal |',
    '| --- | --: | --: |',
    ...ratios.map(
      (ratio) =>
        `| ${ratio.name} | ${measuredOf(figures, ratio)} | ≤ ${Math.round(ratio.goal * 1000) / 1000} |`,
    ),
    '',
    `The disk keeps a page in ${figures.syncMicroseconds} µs; \`serve\` used ${figures.startMilliseconds} ms of CPU until its first answer; ` +
      `${figures.memory.resident} MB were in memory at the end, ${figures.memory.own} of them its own and not of a file; “many tokens” were up to ${figures.tokens}.`,
  ].join('\n')
}

/** Writes the figures into the documentation, and their ratios where the guard looks for them. */
export function write(figures: Figures): void {
  const kept = Object.fromEntries(ratios.map((ratio) => [ratio.name, measuredOf(figures, ratio)]))
  writeFileSync(recorded, `${JSON.stringify(kept, null, 2)}\n`)
  const words = readFileSync(page, 'utf8')
  const [before] = words.split('<!-- figures -->')
  const machine = `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}.`
  writeFileSync(page, `${before}<!-- figures -->\n\n${machine}\n\n${report(figures)}\n`)
}

/** Whether no ratio has grown beyond noise since it was recorded; says which have. */
export function compare(figures: Figures): boolean {
  const kept: Record<string, number> = JSON.parse(readFileSync(recorded, 'utf8'))
  const grown = ratios.filter((ratio) => !(measuredOf(figures, ratio) <= (kept[ratio.name] ?? 0) * noise))
  for (const ratio of grown)
    console.error(`${ratio.name}: ${measuredOf(figures, ratio)}, recorded ${kept[ratio.name] ?? 'nothing'}`)
  return grown.length === 0
}

import { median } from '../median.ts'
import { type Of, type Results, ratioOf } from './results.ts'

/** What a run shows, and what it is to show. */
export interface Goal {
  readonly name: string
  /** Undefined where it was not measured. */
  readonly value: number | undefined
  readonly unit: '' | 'ms' | 'MB' | 'kB'
  /** Null for what is only told. */
  readonly most: number | null
  readonly least: number | null
  /** Whether it is a ratio of CPU, which a disk and other programs change least: with these a later run is compared. */
  readonly isOfCpu: boolean
}

export const isMet = ({ value, most, least }: Goal): boolean =>
  value !== undefined && (most === null || value <= most) && (least === null || value >= least)

const ours = 'Stagedoor'
const fastify = 'bare Fastify'
const sixth = 0.167
/** CPU in milliseconds that a Fastify's start took on the machine that the goals of a start were set on. */
const fastifyStart = 150
const durable = ['oidc-provider', 'OpenAuth', 'Better Auth'] as const
const shared = [
  'exchange',
  'refresh',
  'refresh, one connection',
  'profile',
  'authorize',
  'sign-in',
  'revoke',
] as const

/** Every line that a run can say something of. @param random the phase of tokens at random */
export function goalsOf({ rounds, memory, page, starts, workers }: Results, random: string): readonly Goal[] {
  const between = (one: Of, other: Of) => ratioOf(rounds, one, other)
  const paired = (
    name: string,
    value: number | undefined,
    limit: { most?: number; least?: number },
  ): Goal => ({
    ...{ name, value, unit: '', isOfCpu: false },
    ...{ most: limit.most ?? null, least: limit.least ?? null },
  })
  const cpu = (phase: string, server: string, most: number): Goal => ({
    ...paired(`${phase}: CPU to ${server}`, between({ phase, server: ours }, { phase, server }), { most }),
    isOfCpu: true,
  })
  const throughput = (phase: string, server: string, least: number): Goal => {
    const figure = 'perSecond'
    const value = between({ phase, server: ours, figure }, { phase, server, figure })
    return paired(`${phase}: requests a second to ${server}`, value, { least })
  }
  // Where a sixth of its CPU is asked for, less than all of it is no goal of its own.
  const ahead = (phase: string, server: (typeof durable)[number]): readonly Goal[] => [
    ...(server === 'oidc-provider' && (phase === 'refresh' || phase === 'exchange')
      ? []
      : [cpu(phase, server, 1)]),
    throughput(phase, server, 1),
  ]
  const single = (
    name: string,
    value: number | undefined,
    unit: Goal['unit'],
    most: number | null,
  ): Goal => ({
    ...{ name, value, unit, most, least: null, isOfCpu: false },
  })
  const own = (phase: string): Of => ({ phase, server: ours })
  const refresh = own('refresh')
  return [
    cpu('profile', fastify, 2.2),
    throughput('profile', fastify, 0.45),
    cpu(random, fastify, 6),
    cpu('refresh', 'oidc-provider', sixth),
    cpu('refresh', fastify, 3.5),
    throughput('refresh', 'oidc-provider, in memory', 5),
    cpu('exchange', 'oidc-provider', sixth),
    cpu('exchange', fastify, 3),
    ...durable.flatMap((server) =>
      shared.filter((phase) => rounds.get(phase)?.has(server)).flatMap((phase) => ahead(phase, server)),
    ),
    single('authorize page, with all that it loads', page.bytes / 1000, 'kB', 15),
    cpu('authorize page', fastify, 1.5),
    single('authorize page: first contentful paint in Chromium', page.firstPaint?.page, 'ms', 100),
    single('a page of one word: first contentful paint in Chromium', page.firstPaint?.word, 'ms', null),
    paired(
      'sign-in: part of its CPU that is argon2',
      between({ phase: 'sign-in', server: 'argon2 alone' }, own('sign-in')),
      {},
    ),
    paired('refresh: p99 to p50', between({ ...refresh, figure: 'p99' }, { ...refresh, figure: 'p50' }), {
      most: 4,
    }),
    paired(
      'refresh, one connection: p50 to the disk’s fsync',
      between(
        { ...own('refresh, one connection'), figure: 'p50' },
        { phase: 'refresh, one connection', server: 'fsync of a page', figure: 'p50' },
      ),
      { most: 2 },
    ),
    single(`memory after ${memory.refreshes.toLocaleString('en-GB')} refreshes`, memory.resident, 'MB', 130),
    single('memory that is its own and not of a file', memory.own, 'MB', 130),
    single('CPU of `serve` to its first answer', median(starts.map(({ serve }) => serve)), 'ms', 250),
    single(
      'CPU of `dev` to its first answer, with its samples',
      median(starts.map(({ dev }) => dev)),
      'ms',
      400,
    ),
    paired(
      'start of `serve`: CPU to a Fastify’s',
      median(starts.map(({ serve, fastify }) => serve / fastify)),
      {
        most: 250 / fastifyStart,
      },
    ),
    paired('start of `dev`: CPU to a Fastify’s', median(starts.map(({ dev, fastify }) => dev / fastify)), {
      most: 400 / fastifyStart,
    }),
    paired('two workers: requests a second to one', workers?.find(({ workers }) => workers === 2)?.ratio, {
      least: 1.7,
    }),
  ]
}

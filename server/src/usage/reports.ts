import type { Instant, Usage } from '../store/contract/store.ts'
import type { Cell } from './csv.ts'

const hour = 3_600_000
const day = 24 * hour

/** A span of time that usage is shown over: so many hours or days (UTC), the one under way included. */
export interface Period {
  readonly name: '24h' | '7d' | '30d'
  readonly words: string
  readonly bucket: number
  readonly buckets: number
}

/** What is shown unless another is asked for. */
export const lastDay: Period = { name: '24h', words: '24 hours', bucket: hour, buckets: 24 }

export const lastWeek: Period = { name: '7d', words: '7 days', bucket: day, buckets: 7 }

export const periods: readonly Period[] = [
  lastDay,
  lastWeek,
  { name: '30d', words: '30 days', bucket: day, buckets: 30 },
]

/** When a period that ends now began. */
export const sinceOf = ({ bucket, buckets }: Period, now: Instant): Instant =>
  now - (now % bucket) - (buckets - 1) * bucket

/** A chart of an app's usage, with the table that it is drawn of. */
export interface Chart {
  readonly name: 'logins' | 'funnel' | 'active-users' | 'calls' | 'errors'
  readonly title: string
  /** What it shows, in a sentence. */
  readonly summary: string
  /** Bars side by side in time, or one below the other. */
  readonly layout: 'time' | 'list'
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  readonly bars: readonly { readonly label: string; readonly value: number }[]
}

/** Draws up the charts of a period. */
export function chartsOf(usage: Usage, period: Period, now: Instant): readonly Chart[] {
  const sum = sumsOf(usage)
  const froms = Array.from({ length: period.buckets }, (_, at) => sinceOf(period, now) + at * period.bucket)
  const inTime = (metric: Metric, column: string) => {
    const values = froms.map((from) => ({ from, value: sum({ metric, from }) }))
    return {
      layout: 'time' as const,
      columns: ['from', column],
      rows: values.map(({ from, value }) => [new Date(from).toISOString(), value]),
      bars: values.map(({ from, value }) => ({ label: wordsOf(from, period), value })),
    }
  }
  const [authorized, allowed, exchanged] = [
    sum({ metric: 'authorized' }),
    sum({ metric: 'allowed' }),
    sum({ metric: 'exchanged' }),
  ]
  const active = period.bucket === hour ? 'active_hour' : 'active_day'
  return [
    {
      name: 'logins',
      title: 'Logins',
      summary: `${counted(exchanged, 'login was', 'logins were')} completed: a code was exchanged for tokens.`,
      ...inTime('exchanged', 'logins'),
    },
    {
      name: 'funnel',
      title: 'From request to tokens',
      summary:
        authorized === 0
          ? 'Nobody was sent to log in.'
          : `${share(exchanged, authorized)} of the logins that were begun ended with tokens.`,
      layout: 'list',
      ...listed(
        ['step', 'count'],
        [
          ['Sent to log in', authorized],
          ['Allowed', allowed],
          ['Exchanged for tokens', exchanged],
        ],
      ),
    },
    {
      name: 'active-users',
      title: 'Active users',
      summary: `${counted(usage.activeUsers, 'user', 'different users')} logged in, or had the app call the API for them.`,
      ...inTime(active, 'active_users'),
    },
    callsOf(usage, sum),
    errorsOf(usage, sum),
  ]
}

type Metric = Usage['counts'][number]['metric']
interface Wanted {
  readonly metric: Metric
  readonly from?: Instant
  readonly label?: string
}

const sumsOf =
  ({ counts }: Usage) =>
  (wanted: Wanted): number =>
    counts
      .filter(({ metric }) => metric === wanted.metric)
      .filter(({ from }) => wanted.from === undefined || from === wanted.from)
      .filter(({ label }) => wanted.label === undefined || label === wanted.label)
      .reduce((total, { count }) => total + count, 0)

const labelsOf = ({ counts }: Usage, ...metrics: readonly Metric[]): readonly string[] => [
  ...new Set(counts.filter(({ metric }) => metrics.includes(metric)).map(({ label }) => label)),
]

function callsOf(usage: Usage, sum: (wanted: Wanted) => number): Chart {
  const routes = labelsOf(usage, 'call', 'named_call')
    .map((label) => ({
      label,
      proven: sum({ metric: 'call', label }),
      named: sum({ metric: 'named_call', label }),
    }))
    .map((route) => ({ ...route, value: route.proven + route.named }))
    .toSorted((one, other) => other.value - one.value || one.label.localeCompare(other.label))
  const total = routes.reduce((calls, { value }) => calls + value, 0)
  return {
    name: 'calls',
    title: 'API calls by route',
    summary: `${counted(total, 'call was', 'calls were')} answered.`,
    layout: 'list',
    columns: ['route', 'with_access_token', 'without'],
    rows: routes.map(({ label, proven, named }) => [label, proven, named]),
    bars: routes.map(({ label, value }) => ({ label, value })),
  }
}

function errorsOf(usage: Usage, sum: (wanted: Wanted) => number): Chart {
  const codes = labelsOf(usage, 'error')
    .map((label): [string, number] => [label, sum({ metric: 'error', label })])
    .toSorted(([one, many], [other, more]) => more - many || one.localeCompare(other))
  const total = codes.reduce((errors, [, count]) => errors + count, 0)
  return {
    name: 'errors',
    title: 'Errors by code',
    summary: `${counted(total, 'request was', 'requests were')} refused.`,
    layout: 'list',
    ...listed(['code', 'count'], codes),
  }
}

const listed = (columns: readonly string[], rows: readonly (readonly [string, number])[]) => ({
  columns,
  rows,
  bars: rows.map(([label, value]) => ({ label, value })),
})

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

const share = (part: number, whole: number): string => `${Math.min(100, Math.round((100 * part) / whole))} %`

function wordsOf(from: Instant, { bucket }: Period): string {
  const [date = '', time = ''] = new Date(from).toISOString().split('T')
  return bucket === hour ? `${time.slice(0, 5)}` : date
}

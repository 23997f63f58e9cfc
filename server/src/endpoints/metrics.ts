import type { Reply } from '../http/message.ts'
import type { Instant, Store } from '../store/contract/store.ts'

/** Milliseconds for which one look at the store answers everybody. */
const freshMs = 10_000
/** The rows of a table that are counted at most. */
const most = 10_000

/** Tells how this server does, for Prometheus (its text format, version 0.0.4): nothing of anybody's, and nothing secret. */
export function metrics({
  store,
  clock,
}: {
  readonly store: Pick<Store, 'countOverdue'>
  readonly clock: () => Instant
}): () => Promise<Reply> {
  let looked = Number.NEGATIVE_INFINITY
  let look: ReturnType<Store['countOverdue']> = Promise.resolve({})
  return async () => {
    if (performance.now() - looked >= freshMs) {
      looked = performance.now()
      look = store.countOverdue(clock(), most)
    }
    const overdue = Object.entries(await look)
    const { rss } = process.memoryUsage()
    const { user, system } = process.cpuUsage()
    const body = [
      ...described(
        'stagedoor_overdue_rows',
        'gauge',
        'Rows that should have been swept by now, up to 10000 a table.',
      ),
      ...overdue.map(([table, rows]) => `stagedoor_overdue_rows{table="${table}"} ${rows}`),
      ...described('process_resident_memory_bytes', 'gauge', 'Memory that the process holds.'),
      `process_resident_memory_bytes ${rss}`,
      ...described('process_cpu_seconds_total', 'counter', 'Processor time that the process has used.'),
      `process_cpu_seconds_total ${(user + system) / 1e6}`,
      '',
    ].join('\n')
    return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body }
  }
}

const described = (name: string, type: 'gauge' | 'counter', help: string): readonly string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
]

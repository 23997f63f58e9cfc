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
    const body = [
      '# HELP stagedoor_overdue_rows Rows that should have been swept by now, counted up to 10000 a table.',
      '# TYPE stagedoor_overdue_rows gauge',
      ...overdue.map(([table, rows]) => `stagedoor_overdue_rows{table="${table}"} ${rows}`),
      '',
    ].join('\n')
    return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body }
  }
}

import type { Reply } from '../http/message.ts'
import { gauge } from '../metrics/instruments.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Instant, Store } from '../store/contract/store.ts'

/** Milliseconds for which one look at the store answers everybody. */
const freshMs = 10_000
/** The rows of a table that are counted at most. */
const most = 10_000

/** Tells how this server does, for Prometheus (its text format, version 0.0.4): nothing of anybody's, and nothing secret. */
export function metricsEndpoint({
  store,
  clock,
  metrics,
}: {
  readonly store: Pick<Store, 'countOverdue' | 'countJobs' | 'countMails'>
  readonly clock: () => Instant
  readonly metrics: Metrics
}): () => Promise<Reply> {
  let looked = Number.NEGATIVE_INFINITY
  let look = Promise.resolve<readonly string[]>([])

  async function ofStore(): Promise<readonly string[]> {
    const [overdue, jobs, mails] = await Promise.all([
      store.countOverdue(clock(), most),
      store.countJobs(),
      store.countMails(),
    ])
    return [
      gauge(
        'stagedoor_overdue_rows',
        `Rows that should have been swept by now, counted up to ${most} a table.`,
        () => Object.entries(overdue).map(([table, rows]) => [{ table }, rows] as const),
      ),
      gauge('stagedoor_mails_waiting', 'Mails that wait to be sent, or sent again.', () => [[{}, mails]]),
      gauge('stagedoor_uploads_waiting', 'Uploads that wait to be processed, or are under way.', () => [
        [{}, jobs],
      ]),
    ].flatMap((each) => each.lines())
  }

  return async () => {
    if (performance.now() - looked >= freshMs) {
      looked = performance.now()
      look = ofStore()
    }
    const body = `${[...(await look), await metrics.text()].join('\n')}\n`
    return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body }
  }
}

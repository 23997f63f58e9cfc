import type { Instant, SweptUploads } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, type Verb } from '../transaction.ts'
import { takeFiles } from './upload-files.ts'

const selectExpired = statement((p: Placeholder<{ now: Instant; limit: number }>) =>
  query
    .selectFrom('uploads')
    .select('id')
    .where('expires_at', '<=', p('now'))
    .where('claimed_at', 'is', null)
    .where((is) => is.or([is('status', '<>', 'busy'), is('lease_until', '<=', p('now'))]))
    .limit(p('limit')),
)

const deleteRow = statement((p: Placeholder<{ id: string }>) =>
  query.deleteFrom('uploads').where('id', '=', p('id')),
)

/** Deletes uploads that have expired unclaimed; one that is being processed is left until that ends. */
export function* sweepUploads(now: Instant, limit: number): Verb<SweptUploads> {
  const rows = yield* all(selectExpired, { now, limit })
  const unreferenced: string[] = []
  for (const { id } of rows) {
    unreferenced.push(...(yield* takeFiles(id)))
    yield* change(deleteRow, { id })
  }
  return { ids: rows.map(({ id }) => id), unreferenced }
}

import type { Bounds, Sweep } from '../due.ts'
import { type Placeholder, query, statement } from '../statement.ts'

/** Milliseconds for which the developer of an app sees what it was told. */
const kept = 14 * 86_400_000

const remove = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('outbox')
    .where('id', 'in', (from) =>
      from.selectFrom('outbox').select('id').where('created_at', '<=', p('before')).limit(p('limit')),
    ),
)

export const outboxSweep: Sweep = { table: 'outbox', due: 'created_at', kept, remove }

import { lifetimes } from '../../../limits.ts'
import type { Bounds, Sweep } from '../due.ts'
import { type Placeholder, query, statement } from '../statement.ts'

const day = 86_400_000
/** Milliseconds for which counts are kept: the longest month, and the hours around it. */
const countsKept = 32 * day

const deleteEvents = statement((p: Placeholder<Bounds>) =>
  query
    .deleteFrom('flow_events')
    .where('id', 'in', (from) =>
      from.selectFrom('flow_events').select('id').where('at', '<=', p('before')).limit(p('limit')),
    ),
)

const deleteCounts = statement((p: Placeholder<Bounds>) =>
  query.deleteFrom('usage_counts').where(
    ({ refTuple }) => refTuple('api_key', 'hour', 'metric', 'label'),
    'in',
    (from) =>
      from
        .selectFrom('usage_counts')
        .select(['api_key', 'hour', 'metric', 'label'])
        .where('hour', '<=', p('before'))
        .limit(p('limit'))
        .$asTuple('api_key', 'hour', 'metric', 'label'),
  ),
)

const deleteActiveUsers = statement((p: Placeholder<Bounds>) =>
  query.deleteFrom('active_users').where(
    ({ refTuple }) => refTuple('api_key', 'user_id'),
    'in',
    (from) =>
      from
        .selectFrom('active_users')
        .select(['api_key', 'user_id'])
        .where('hour', '<=', p('before'))
        .limit(p('limit'))
        .$asTuple('api_key', 'user_id'),
  ),
)

/** What is too old for any page of a developer. */
export const usageSweeps: readonly Sweep[] = [
  { table: 'flow_events', due: 'at', kept: lifetimes.flowLog, remove: deleteEvents },
  { table: 'usage_counts', due: 'hour', kept: countsKept, remove: deleteCounts },
  { table: 'active_users', due: 'hour', kept: countsKept, remove: deleteActiveUsers },
]

import type { Instant, Milestone, Usage, UsageReport } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, one, type Verb } from '../transaction.ts'

type Owned = { apiKey: string; ownerId: number }

const ownApp = (p: Placeholder<Owned>) =>
  query
    .selectFrom('apps')
    .where('apps.api_key', '=', p('apiKey'))
    .where('apps.owner_id', '=', p('ownerId'))
    .where('apps.deleted_at', 'is', null)

// One row of the app alone when nothing was counted in it, and none when it is not this owner's.
const sumCounts = statement((p: Placeholder<Owned & { since: Instant; bucket: number }>) =>
  ownApp(p)
    .leftJoin('usage_counts', (join) =>
      join.onRef('usage_counts.api_key', '=', 'apps.api_key').on('usage_counts.hour', '>=', p('since')),
    )
    .select((is) => [
      is('hour', '-', is('hour', '%', p('bucket'))).as('from'),
      'metric',
      'label',
      is.fn.sum<number | null>('count').as('count'),
    ])
    .groupBy(['from', 'metric', 'label']),
)

const countActiveUsers = statement((p: Placeholder<Owned & { since: Instant }>) =>
  ownApp(p)
    .innerJoin('active_users', 'active_users.api_key', 'apps.api_key')
    .select((is) => is.fn.countAll<number>().as('users'))
    .where('active_users.hour', '>=', p('since')),
)

const sumCalls = statement((p: Placeholder<{ apiKey: string; since: Instant }>) =>
  query
    .selectFrom('usage_counts')
    .select((is) => is.fn.sum<number | null>('count').as('calls'))
    .where('api_key', '=', p('apiKey'))
    .where('hour', '>=', p('since'))
    .where('metric', '=', 'call'),
)

const selectMilestones = statement((p: Placeholder<Owned>) =>
  ownApp(p)
    .leftJoin('app_milestones', 'app_milestones.api_key', 'apps.api_key')
    .select(['app_milestones.name', 'app_milestones.at']),
)

/** What was counted in an app; undefined for an app that is not this owner's. */
export function* readUsage({ apiKey, ownerId, since, bucket }: UsageReport): Verb<Usage | undefined> {
  const rows = yield* all(sumCounts, { apiKey, ownerId, since, bucket })
  if (rows.length === 0) return undefined
  const active = yield* one(countActiveUsers, { apiKey, ownerId, since })
  return {
    counts: rows.flatMap(({ from, metric, label, count }) =>
      from === null || metric === null || label === null || count === null
        ? []
        : [{ from, metric, label, count }],
    ),
    activeUsers: active?.users ?? 0,
  }
}

/** How many calls the access tokens of an app have made since. */
export function* countCalls(apiKey: string, since: Instant): Verb<number> {
  return (yield* one(sumCalls, { apiKey, since }))?.calls ?? 0
}

/** What an app has done, and when first; undefined for an app that is not this owner's. */
export function* listMilestones(
  apiKey: string,
  ownerId: number,
): Verb<ReadonlyMap<Milestone, Instant> | undefined> {
  const rows = yield* all(selectMilestones, { apiKey, ownerId })
  if (rows.length === 0) return undefined
  return new Map(rows.flatMap(({ name, at }) => (name === null || at === null ? [] : [[name, at] as const])))
}

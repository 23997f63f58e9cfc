import type {
  AppUsage,
  FlowOutcome,
  FlowStep,
  Instant,
  Milestone,
  UsageMetric,
} from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, type Verb } from '../transaction.ts'
import { toReasonColumn } from './reason.ts'
import { toSentColumn } from './sent-request.ts'

const dayLength = 86_400_000

/** What is recorded is selected from the app's own row, so that nothing is of an app that is not there. */
const liveApp = (p: Placeholder<{ apiKey: string }>) =>
  query.selectFrom('apps').where('apps.api_key', '=', p('apiKey')).where('deleted_at', 'is', null)

const addCount = statement(
  (p: Placeholder<{ apiKey: string; hour: Instant; metric: UsageMetric; label: string; count: number }>) =>
    query
      .insertInto('usage_counts')
      .columns(['api_key', 'hour', 'metric', 'label', 'count'])
      .expression(
        liveApp(p).select([
          'apps.api_key',
          p('hour').as('hour'),
          p('metric').as('metric'),
          p('label').as('label'),
          p('count').as('count'),
        ]),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['api_key', 'hour', 'metric', 'label'])
          .doUpdateSet((is) => ({ count: is('usage_counts.count', '+', is.ref('excluded.count')) })),
      ),
)

type Sighting = { apiKey: string; userId: number; hour: Instant; day: Instant }

const insertActiveUser = statement((p: Placeholder<Sighting>) =>
  query
    .insertInto('active_users')
    .columns(['api_key', 'user_id', 'hour', 'day'])
    .expression(
      liveApp(p).select([
        'apps.api_key',
        p('userId').as('user_id'),
        p('hour').as('hour'),
        p('day').as('day'),
      ]),
    )
    .onConflict((conflict) => conflict.columns(['api_key', 'user_id']).doNothing()),
)

const activeUser = (p: Placeholder<Sighting>) =>
  query.updateTable('active_users').where('api_key', '=', p('apiKey')).where('user_id', '=', p('userId'))

const moveHour = statement((p: Placeholder<Sighting>) =>
  activeUser(p)
    .set({ hour: p('hour') })
    .where('hour', '<', p('hour')),
)

const moveDay = statement((p: Placeholder<Sighting>) =>
  activeUser(p)
    .set({ day: p('day') })
    .where('day', '<', p('day')),
)

const insertEvent = statement(
  (
    p: Placeholder<{
      apiKey: string
      at: Instant
      step: FlowStep
      outcome: FlowOutcome
      code: string | null
      reason: string | null
      requestId: string
      sent: string | null
    }>,
  ) =>
    query
      .insertInto('flow_events')
      .columns(['api_key', 'at', 'step', 'outcome', 'code', 'reason', 'request_id', 'sent'])
      .expression(
        liveApp(p).select([
          'apps.api_key',
          p('at').as('at'),
          p('step').as('step'),
          p('outcome').as('outcome'),
          p('code').as('code'),
          p('reason').as('reason'),
          p('requestId').as('request_id'),
          p('sent').as('sent'),
        ]),
      ),
)

const deleteSurplus = statement((p: Placeholder<{ apiKey: string; kept: number }>) =>
  query
    .deleteFrom('flow_events')
    .where('api_key', '=', p('apiKey'))
    .where('id', '<=', (from) =>
      from
        .selectFrom('flow_events')
        .select('id')
        .where('api_key', '=', p('apiKey'))
        .orderBy('id', 'desc')
        .limit(1)
        .offset(p('kept')),
    ),
)

const insertMilestone = statement((p: Placeholder<{ apiKey: string; name: Milestone; at: Instant }>) =>
  query
    .insertInto('app_milestones')
    .columns(['api_key', 'name', 'at'])
    .expression(liveApp(p).select(['apps.api_key', p('name').as('name'), p('at').as('at')]))
    .onConflict((conflict) => conflict.columns(['api_key', 'name']).doNothing()),
)

/** Adds what has happened in an app, unless it is unknown or deleted. */
export function* recordUsage(usage: AppUsage, keptEvents: number): Verb<void> {
  const { apiKey } = usage
  for (const count of usage.counts) yield* change(addCount, { apiKey, ...count })
  for (const { userId, hour } of usage.users) yield* seeUser(apiKey, userId, hour)
  for (const event of usage.events) {
    const { reason, sent } = event
    yield* change(insertEvent, {
      ...{ apiKey, ...event },
      ...{ reason: toReasonColumn(reason), sent: toSentColumn(sent) },
    })
  }
  if (usage.events.length > 0) yield* change(deleteSurplus, { apiKey, kept: keptEvents })
  for (const milestone of usage.milestones) yield* change(insertMilestone, { apiKey, ...milestone })
}

// Each of the statements that move a user on changes a row once, and whichever does so counts them.
function* seeUser(apiKey: string, userId: number, hour: Instant): Verb<void> {
  const day = hour - (hour % dayLength)
  const sighting = { apiKey, userId, hour, day }
  const isNew = (yield* change(insertActiveUser, sighting)) > 0
  const count = { apiKey, label: '', count: 1 }
  if (isNew || (yield* change(moveHour, sighting)) > 0)
    yield* change(addCount, { ...count, hour, metric: 'active_hour' as const })
  if (isNew || (yield* change(moveDay, sighting)) > 0)
    yield* change(addCount, { ...count, hour, metric: 'active_day' as const })
}

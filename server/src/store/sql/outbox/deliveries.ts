import type { Attempt, ClaimedDelivery, Delivery, WebhookEvent } from '../../contract/outbox.ts'
import type { Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { isOwn } from './webhooks.ts'

const columns = [
  ...(['outbox.id', 'event', 'user_id', 'outbox.created_at', 'attempts'] as const),
  ...(['due_at', 'delivered_at', 'status', 'fault'] as const),
] as const

const selectOf = statement((p: Placeholder<{ apiKey: string; limit: number }>) =>
  query
    .selectFrom('outbox')
    .select(columns)
    .where('api_key', '=', p('apiKey'))
    .orderBy('outbox.id', 'desc')
    .limit(p('limit')),
)

const insertTest = statement((p: Placeholder<{ apiKey: string; event: WebhookEvent; now: Instant }>) =>
  query
    .insertInto('outbox')
    .columns(['api_key', 'event', 'created_at', 'due_at'])
    .expression(
      query
        .selectFrom('webhooks')
        .select(['api_key', p('event').as('event'), p('now').as('created_at'), p('now').as('due_at')])
        .where('api_key', '=', p('apiKey')),
    ),
)

const queueAgain = statement((p: Placeholder<{ apiKey: string; id: number; now: Instant }>) =>
  query
    .updateTable('outbox')
    .set((set) => ({ due_at: p('now'), attempts: set.lit(0), delivered_at: set.lit(null) }))
    .where('id', '=', p('id'))
    .where('api_key', '=', p('apiKey'))
    .where('due_at', 'is', null),
)

const selectDue = statement((p: Placeholder<{ now: Instant }>) =>
  query
    .selectFrom('outbox')
    .innerJoin('apps', 'apps.api_key', 'outbox.api_key')
    .leftJoin('webhooks', 'webhooks.api_key', 'outbox.api_key')
    .select(columns)
    .select(['outbox.api_key', 'sid', 'url', 'sealed_secret', 'logout_uri'])
    .where('due_at', 'is not', null)
    .where('due_at', '<=', p('now'))
    .orderBy('due_at')
    .limit(1),
)

const take = statement((p: Placeholder<{ id: number; attempts: number; leaseUntil: Instant }>) =>
  query
    .updateTable('outbox')
    .set((set) => ({ due_at: p('leaseUntil'), attempts: set('attempts', '+', set.lit(1)) }))
    .where('id', '=', p('id'))
    .where('attempts', '=', p('attempts')),
)

const settle = statement((p: Placeholder<Pick<Attempt, keyof Attempt>>) =>
  query
    .updateTable('outbox')
    .set({
      due_at: p('dueAt'),
      delivered_at: p('deliveredAt'),
      status: p('status'),
      fault: p('fault'),
    })
    .where('id', '=', p('id'))
    .where('attempts', '=', p('attempt'))
    .where('due_at', 'is not', null),
)

/** The messages to an app, the newest first. */
export function* listDeliveries(apiKey: string, limit: number): Verb<readonly Delivery[]> {
  return (yield* all(selectOf, { apiKey, limit })).map(toDelivery)
}

/** Queues a test. */
export function* queueTest(apiKey: string, ownerId: number, now: Instant): Verb<boolean> {
  return (yield* isOwn(apiKey, ownerId)) && (yield* change(insertTest, { apiKey, event: 'test', now })) > 0
}

/** Queues a message again. */
export function* replayDelivery(apiKey: string, ownerId: number, id: number, now: Instant): Verb<boolean> {
  return (yield* isOwn(apiKey, ownerId)) && (yield* change(queueAgain, { apiKey, id, now })) > 0
}

/** Takes the message that is due first. */
export function* claimDelivery(now: Instant, leaseUntil: Instant): Verb<ClaimedDelivery | undefined> {
  const row = yield* one(selectDue, { now })
  if (row === undefined) return undefined
  if ((yield* change(take, { id: row.id, attempts: row.attempts, leaseUntil })) === 0) return undefined
  const delivery = toDelivery({ ...row, attempts: row.attempts + 1, due_at: leaseUntil })
  const { api_key: apiKey, sid, url, sealed_secret: sealedSecret, logout_uri: logoutUri } = row
  const webhook = url === null || sealedSecret === null ? null : { url, sealedSecret }
  return { ...delivery, apiKey, sid, webhook, logoutUri }
}

/** Notes what an attempt came to. */
export function* settleDelivery(attempt: Attempt): Verb<boolean> {
  return (yield* change(settle, { ...attempt })) > 0
}

interface Row {
  readonly id: number
  readonly event: Delivery['event']
  readonly user_id: number | null
  readonly created_at: Instant
  readonly attempts: number
  readonly due_at: Instant | null
  readonly delivered_at: Instant | null
  readonly status: number | null
  readonly fault: string | null
}

const toDelivery = (row: Row): Delivery => ({
  id: row.id,
  event: row.event,
  userId: row.user_id,
  createdAt: row.created_at,
  attempts: row.attempts,
  dueAt: row.due_at,
  deliveredAt: row.delivered_at,
  status: row.status,
  fault: row.fault,
})

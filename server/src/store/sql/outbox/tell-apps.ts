import type { SessionEnd, WebhookEvent } from '../../contract/outbox.ts'
import type { Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, type Verb } from '../transaction.ts'

type Told = {
  event: WebhookEvent
  userId: number | null
  apiKey: string | null
  before: Instant | null
  now: Instant
}

const insert = statement((p: Placeholder<Told>) =>
  query
    .insertInto('outbox')
    .columns(['api_key', 'event', 'user_id', 'created_at', 'due_at'])
    .expression(
      query
        .selectFrom('families')
        .innerJoin('webhooks', 'webhooks.api_key', 'families.api_key')
        .select(['families.api_key', p('event').as('event'), 'families.user_id'])
        .select([p('now').as('created_at'), p('now').as('due_at')])
        .where('revoked_at', 'is', null)
        .where('families.expires_at', '>', p('now'))
        .where((is) => is.or([is('families.user_id', '=', p('userId')), is(p('userId'), 'is', null)]))
        .where((is) => is.or([is('families.api_key', '=', p('apiKey')), is(p('apiKey'), 'is', null)]))
        .where((is) => is.or([is('families.created_at', '<', p('before')), is(p('before'), 'is', null)]))
        .groupBy(['families.api_key', 'families.user_id']),
    ),
)

const insertLogouts = statement(
  (p: Placeholder<Omit<Told, 'event'> & { event: 'logout'; sid: string | null }>) =>
    query
      .insertInto('outbox')
      .columns(['api_key', 'event', 'user_id', 'sid', 'created_at', 'due_at'])
      .expression(
        query
          .selectFrom('families')
          .innerJoin('apps', 'apps.api_key', 'families.api_key')
          .select(['families.api_key', p('event').as('event'), 'families.user_id', 'families.sid'])
          .select([p('now').as('created_at'), p('now').as('due_at')])
          .where('apps.logout_uri', 'is not', null)
          .where('families.sid', 'is not', null)
          .where('revoked_at', 'is', null)
          .where('families.expires_at', '>', p('now'))
          .where((is) => is.or([is('families.sid', '=', p('sid')), is(p('sid'), 'is', null)]))
          .where((is) => is.or([is('families.user_id', '=', p('userId')), is(p('userId'), 'is', null)]))
          .where((is) => is.or([is('families.api_key', '=', p('apiKey')), is(p('apiKey'), 'is', null)]))
          .where((is) => is.or([is('families.created_at', '<', p('before')), is(p('before'), 'is', null)]))
          .groupBy(['families.api_key', 'families.user_id', 'families.sid']),
      ),
)

/** Queues to every app that somebody was logged in to in a session that the session has ended. */
export function* tellOfLogout({ sid, now }: SessionEnd): Verb<void> {
  yield* change(insertLogouts, { event: 'logout', userId: null, apiKey: null, before: null, sid, now })
}

/**
 * Queues a message to every app that has a webhook and access to whom it is about: part of the transaction of what it tells, so
 * that neither is there without the other. What ends access tells of it before it does.
 */
export function* tellApps(
  event: WebhookEvent,
  of: { readonly userId?: number | null; readonly apiKey?: string | null; readonly before?: Instant | null },
  now: Instant,
): Verb<void> {
  const told = { userId: null, apiKey: null, before: null, ...of, now }
  yield* change(insert, { event, ...told })
  // Whose access has ended is logged in to the app no more.
  if (event !== 'profile.changed') yield* change(insertLogouts, { event: 'logout', ...told, sid: null })
}

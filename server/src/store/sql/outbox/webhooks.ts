import type { Webhook } from '../../contract/outbox.ts'
import type { Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'

type OfOwner = { apiKey: string; ownerId: number }

const selectOwn = statement((p: Placeholder<OfOwner>) =>
  query
    .selectFrom('apps')
    .select('api_key')
    .where('api_key', '=', p('apiKey'))
    .where('owner_id', '=', p('ownerId'))
    .where('deleted_at', 'is', null),
)

const upsert = statement(
  (p: Placeholder<{ apiKey: string; url: string; sealedSecret: Uint8Array; now: Instant }>) =>
    query
      .insertInto('webhooks')
      .values({
        api_key: p('apiKey'),
        url: p('url'),
        sealed_secret: p('sealedSecret'),
        created_at: p('now'),
      })
      .onConflict((conflict) =>
        conflict.column('api_key').doUpdateSet({ url: p('url'), sealed_secret: p('sealedSecret') }),
      ),
)

const setUrl = statement((p: Placeholder<{ apiKey: string; url: string }>) =>
  query
    .updateTable('webhooks')
    .set({ url: p('url') })
    .where('api_key', '=', p('apiKey')),
)

const remove = statement((p: Placeholder<{ apiKey: string }>) =>
  query.deleteFrom('webhooks').where('api_key', '=', p('apiKey')),
)

const removeQueued = statement((p: Placeholder<{ apiKey: string }>) =>
  query.deleteFrom('outbox').where('api_key', '=', p('apiKey')).where('due_at', 'is not', null),
)

const select = statement((p: Placeholder<{ apiKey: string }>) =>
  query.selectFrom('webhooks').select(['url', 'sealed_secret']).where('api_key', '=', p('apiKey')),
)

const selectLogoutUri = statement((p: Placeholder<{ apiKey: string }>) =>
  query.selectFrom('apps').select('logout_uri').where('api_key', '=', p('apiKey')),
)

const updateLogoutUri = statement((p: Placeholder<OfOwner & { uri: string | null }>) =>
  query
    .updateTable('apps')
    .set({ logout_uri: p('uri') })
    .where('api_key', '=', p('apiKey'))
    .where('owner_id', '=', p('ownerId'))
    .where('deleted_at', 'is', null),
)

/** Where an app is told that a session has ended. */
export function* findLogoutUri(apiKey: string): Verb<string | null> {
  return (yield* one(selectLogoutUri, { apiKey }))?.logout_uri ?? null
}

/** Sets where an app of this owner is told that a session has ended; null for nowhere. */
export function* setLogoutUri(apiKey: string, ownerId: number, uri: string | null): Verb<boolean> {
  return (yield* change(updateLogoutUri, { apiKey, ownerId, uri })) > 0
}

/** Whether an app is this owner's. */
export function* isOwn(apiKey: string, ownerId: number): Verb<boolean> {
  return (yield* one(selectOwn, { apiKey, ownerId })) !== undefined
}

/** Sets where an app of this owner is told what becomes of its people, with another secret. */
export function* setWebhook(apiKey: string, ownerId: number, webhook: Webhook, now: Instant): Verb<boolean> {
  if (!(yield* isOwn(apiKey, ownerId))) return false
  return (yield* change(upsert, { apiKey, ...webhook, now })) > 0
}

/** Sends an app's messages to another address from now on, signed with the same secret. */
export function* moveWebhook(apiKey: string, ownerId: number, url: string): Verb<boolean> {
  return (yield* isOwn(apiKey, ownerId)) && (yield* change(setUrl, { apiKey, url })) > 0
}

/** Removes an app's webhook with the messages that wait to be sent. */
export function* deleteWebhook(apiKey: string, ownerId: number): Verb<boolean> {
  if (!(yield* isOwn(apiKey, ownerId))) return false
  yield* change(removeQueued, { apiKey })
  return (yield* change(remove, { apiKey })) > 0
}

/** Where an app is told. */
export function* findWebhook(apiKey: string): Verb<Webhook | undefined> {
  const row = yield* one(select, { apiKey })
  return row && { url: row.url, sealedSecret: row.sealed_secret }
}

import type { Expression } from 'kysely'
import type { App, AppCreation, Instant, NewApp } from '../../contract/store.ts'
import { revokeFamiliesOfApp } from '../oauth/tokens.ts'
import { tellApps } from '../outbox/tell-apps.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import type { Flag } from '../tables/flag.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { release } from '../uploads/releases.ts'
import { type FactValues, factColumns, toFacts } from './facts.ts'
import { deleteRedirectUris, endWhatIsUnderWay, insertRedirectUri } from './redirect-uris.ts'

const withName = (nameKey: Expression<string>) =>
  query.selectFrom('apps').select('api_key').where('name_key', '=', nameKey).where('deleted_at', 'is', null)

const countOf = (ownerId: Expression<number | null>) =>
  query
    .selectFrom('apps')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('owner_id', '=', ownerId)
    .where('deleted_at', 'is', null)

/** Writes a row only if the name is free and the owner has fewer than `limit`. */
const insertApp = statement(
  (
    p: Placeholder<
      Pick<NewApp, 'apiKey' | 'name' | 'nameKey' | 'description' | 'ownerId' | 'now'> &
        FactValues & { limit: number }
    >,
  ) =>
    query
      .insertInto('apps')
      .columns([
        'api_key',
        'name',
        'name_key',
        'description',
        'owner_id',
        'created_at',
        'updated_at',
        'client_uri',
        'tos_uri',
        'policy_uri',
        'contact',
      ])
      .expression(
        query
          .selectNoFrom([
            p('apiKey').as('api_key'),
            p('name').as('name'),
            p('nameKey').as('name_key'),
            p('description').as('description'),
            p('ownerId').as('owner_id'),
            p('now').as('created_at'),
            p('now').as('updated_at'),
            p('clientUri').as('client_uri'),
            p('tosUri').as('tos_uri'),
            p('policyUri').as('policy_uri'),
            p('contact').as('contact'),
          ])
          .where((is) => is.not(is.exists(withName(p('nameKey')))))
          .where((is) => is(countOf(p('ownerId')), '<', p('limit'))),
      ),
)

/** One row an app and redirect URI, so that both are of one moment. */
const liveApps = query
  .selectFrom('apps')
  .leftJoin('redirect_uris', 'redirect_uris.api_key', 'apps.api_key')
  .select([
    'apps.api_key',
    'name',
    'description',
    'logo',
    'owner_id',
    'created_at',
    'suspended_at',
    'uri',
    'document_address',
    'binds_tokens',
    ...factColumns,
  ])
  .where('deleted_at', 'is', null)
  .orderBy('created_at')
  .orderBy('apps.api_key')
  .orderBy('position')

const selectApp = statement((p: Placeholder<{ apiKey: string }>) =>
  liveApps.where('apps.api_key', '=', p('apiKey')),
)

const selectApps = statement(() => liveApps)

const selectAppsOf = statement((p: Placeholder<{ ownerId: number }>) =>
  liveApps.where('owner_id', '=', p('ownerId')),
)

const selectNamed = statement((p: Placeholder<{ nameKey: string }>) => withName(p('nameKey')).limit(1))

const selectNamedApp = statement((p: Placeholder<{ nameKey: string }>) =>
  liveApps.where('name_key', '=', p('nameKey')),
)

const setDeleted = statement((p: Placeholder<{ apiKey: string; now: Instant }>) =>
  query
    .updateTable('apps')
    .set({ deleted_at: p('now'), updated_at: p('now') })
    .where('api_key', '=', p('apiKey'))
    .where('deleted_at', 'is', null)
    .returning('logo'),
)

const setDeletedByOwner = statement((p: Placeholder<{ apiKey: string; ownerId: number; now: Instant }>) =>
  query
    .updateTable('apps')
    .set({ deleted_at: p('now'), updated_at: p('now') })
    .where('api_key', '=', p('apiKey'))
    .where('owner_id', '=', p('ownerId'))
    .where('deleted_at', 'is', null)
    .returning('logo'),
)

const deleteGrants = statement((p: Placeholder<{ apiKey: string }>) =>
  query.deleteFrom('grants').where('api_key', '=', p('apiKey')),
)

/** Adds an app with its redirect URIs, each once, unless its name is taken or its owner has `limit` apps. */
export function* createApp(newApp: NewApp, limit: number): Verb<AppCreation> {
  const { redirectUris: given, facts, ...row } = newApp
  if ((yield* change(insertApp, { ...row, ...facts, limit })) === 0) {
    const [by] = toApps(yield* all(selectNamedApp, { nameKey: row.nameKey }))
    return by === undefined ? { outcome: 'too_many' } : { outcome: 'taken', by }
  }
  const { apiKey, name, description, ownerId, now: createdAt } = row
  const redirectUris = [...new Set(given)]
  for (const [position, uri] of redirectUris.entries()) {
    yield* change(insertRedirectUri, { apiKey, uri, position })
  }
  const app = {
    apiKey,
    name,
    description,
    logo: null,
    ownerId,
    redirectUris,
    createdAt,
    suspendedAt: null,
    documentAddress: null,
    bindsTokens: false,
    facts,
  }
  return { outcome: 'created', app }
}

/** An app that is not deleted. */
export function* findApp(apiKey: string): Verb<App | undefined> {
  return toApps(yield* all(selectApp, { apiKey }))[0]
}

/** Whether an app that is not deleted has this folded name. */
export function* isAppNameTaken(nameKey: string): Verb<boolean> {
  return (yield* one(selectNamed, { nameKey })) !== undefined
}

/** Every app that is not deleted, oldest first. */
export function* listApps(): Verb<readonly App[]> {
  return toApps(yield* all(selectApps, {}))
}

/** Every app of an owner that is not deleted, oldest first. */
export function* listAppsOf(ownerId: number): Verb<readonly App[]> {
  return toApps(yield* all(selectAppsOf, { ownerId }))
}

/** Deletes an app and all that was issued to it. */
export function* deleteApp(apiKey: string, now: Instant): Verb<boolean> {
  return yield* endWhatHangsOn(yield* one(setDeleted, { apiKey, now }), apiKey, now)
}

/** Deletes an app of this owner and all that was issued to it. */
export function* deleteAppOf(ownerId: number, apiKey: string, now: Instant): Verb<boolean> {
  return yield* endWhatHangsOn(yield* one(setDeletedByOwner, { apiKey, ownerId, now }), apiKey, now)
}

function* endWhatHangsOn(
  deleted: { readonly logo: string | null } | undefined,
  apiKey: string,
  now: Instant,
): Verb<boolean> {
  if (deleted === undefined) return false
  yield* endWhatIsUnderWay(apiKey, now)
  yield* tellApps('access.ended', { apiKey }, now)
  yield* change(revokeFamiliesOfApp, { apiKey, now })
  yield* change(deleteGrants, { apiKey })
  yield* change(deleteRedirectUris, { apiKey })
  yield* release([deleted.logo], now)
  return true
}

interface AppRow {
  api_key: string
  name: string
  description: string | null
  logo: string | null
  owner_id: number | null
  created_at: Instant
  suspended_at: Instant | null
  document_address: string | null
  binds_tokens: Flag
  client_uri: string | null
  tos_uri: string | null
  policy_uri: string | null
  contact: string | null
  uri: string | null
}

function toApps(rows: readonly AppRow[]): App[] {
  const apps = new Map<string, App & { redirectUris: string[] }>()
  for (const row of rows) {
    const app = apps.get(row.api_key) ?? {
      apiKey: row.api_key,
      name: row.name,
      description: row.description,
      logo: row.logo,
      ownerId: row.owner_id,
      redirectUris: [],
      createdAt: row.created_at,
      suspendedAt: row.suspended_at,
      documentAddress: row.document_address,
      bindsTokens: row.binds_tokens === 1,
      facts: toFacts(row),
    }
    if (row.uri !== null) app.redirectUris.push(row.uri)
    apps.set(row.api_key, app)
  }
  return [...apps.values()]
}

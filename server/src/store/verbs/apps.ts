import { type Placeholder, query, statement } from '../statement.ts'
import type { App, Instant, NewApp } from '../store.ts'
import { all, change, one, type Verb } from '../verb.ts'
import { deleteRedirectUris, endWhatIsUnderWay, insertRedirectUri } from './redirect-uris.ts'
import { revokeFamiliesOfApp } from './tokens.ts'

const insertApp = statement(
  (p: Placeholder<{ apiKey: string; name: string; nameKey: string; ownerId: number | null; now: Instant }>) =>
    query.insertInto('apps').values({
      api_key: p('apiKey'),
      name: p('name'),
      name_key: p('nameKey'),
      owner_id: p('ownerId'),
      created_at: p('now'),
      updated_at: p('now'),
    }),
)

/** One row an app and redirect URI, so that both are of one moment. */
const liveApps = query
  .selectFrom('apps')
  .leftJoin('redirect_uris', 'redirect_uris.api_key', 'apps.api_key')
  .select(['apps.api_key', 'name', 'owner_id', 'created_at', 'uri'])
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

const selectNamed = statement((p: Placeholder<{ nameKey: string }>) =>
  query
    .selectFrom('apps')
    .select('api_key')
    .where('name_key', '=', p('nameKey'))
    .where('deleted_at', 'is', null)
    .limit(1),
)

const setDeleted = statement((p: Placeholder<{ apiKey: string; now: Instant }>) =>
  query
    .updateTable('apps')
    .set({ deleted_at: p('now'), updated_at: p('now') })
    .where('api_key', '=', p('apiKey'))
    .where('deleted_at', 'is', null),
)

const deleteGrants = statement((p: Placeholder<{ apiKey: string }>) =>
  query.deleteFrom('grants').where('api_key', '=', p('apiKey')),
)

/** Adds an app with its redirect URIs, each once. */
export function* createApp(app: NewApp): Verb<App> {
  const { apiKey, name, nameKey, ownerId, now } = app
  const redirectUris = [...new Set(app.redirectUris)]
  yield* change(insertApp, { apiKey, name, nameKey, ownerId, now })
  for (const [position, uri] of redirectUris.entries()) {
    yield* change(insertRedirectUri, { apiKey, uri, position })
  }
  return { apiKey, name, ownerId, redirectUris, createdAt: now }
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
  if ((yield* change(setDeleted, { apiKey, now })) === 0) return false
  yield* endWhatIsUnderWay(apiKey)
  yield* change(revokeFamiliesOfApp, { apiKey, now })
  yield* change(deleteGrants, { apiKey })
  yield* change(deleteRedirectUris, { apiKey })
  return true
}

interface AppRow {
  api_key: string
  name: string
  owner_id: number | null
  created_at: Instant
  uri: string | null
}

function toApps(rows: readonly AppRow[]): App[] {
  const apps = new Map<string, App & { redirectUris: string[] }>()
  for (const row of rows) {
    const app = apps.get(row.api_key) ?? {
      apiKey: row.api_key,
      name: row.name,
      ownerId: row.owner_id,
      redirectUris: [],
      createdAt: row.created_at,
    }
    if (row.uri !== null) app.redirectUris.push(row.uri)
    apps.set(row.api_key, app)
  }
  return [...apps.values()]
}

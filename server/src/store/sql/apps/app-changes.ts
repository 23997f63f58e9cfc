import type { AppChanges, Instant, RedirectUriChanges } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { all, change, one, type Verb } from '../transaction.ts'
import { claim, findSources, type Wish } from '../uploads/claims.ts'
import { release } from '../uploads/releases.ts'
import { changeFacts, factColumns } from './facts.ts'
import { dropRedirectUri, endWhatIsUnderWay, insertRedirectUri, selectRedirectUris } from './redirect-uris.ts'

const touchOwnApp = statement((p: Placeholder<{ apiKey: string; ownerId: number; now: Instant }>) =>
  query
    .updateTable('apps')
    .set({ updated_at: p('now') })
    .where('api_key', '=', p('apiKey'))
    .where('owner_id', '=', p('ownerId'))
    .where('deleted_at', 'is', null)
    .returning(['logo', ...factColumns]),
)

const setName = statement((p: Placeholder<{ apiKey: string; text: string; key: string }>) =>
  query
    .updateTable('apps')
    .set({ name: p('text'), name_key: p('key') })
    .where('api_key', '=', p('apiKey'))
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('apps as others')
            .select('others.api_key')
            .where('others.name_key', '=', p('key'))
            .where('others.api_key', '<>', p('apiKey'))
            .where('others.deleted_at', 'is', null),
        ),
      ),
    ),
)

const setDescription = statement((p: Placeholder<{ apiKey: string; description: string | null }>) =>
  query
    .updateTable('apps')
    .set({ description: p('description') })
    .where('api_key', '=', p('apiKey')),
)

const setBindsTokens = statement((p: Placeholder<{ apiKey: string; bindsTokens: 0 | 1 }>) =>
  query
    .updateTable('apps')
    .set({ binds_tokens: p('bindsTokens') })
    .where('api_key', '=', p('apiKey')),
)

const setLogo = statement((p: Placeholder<{ apiKey: string; logo: string | null }>) =>
  query
    .updateTable('apps')
    .set({ logo: p('logo') })
    .where('api_key', '=', p('apiKey')),
)

/** Changes an app of this owner. */
export function* updateApp(
  apiKey: string,
  ownerId: number,
  { name, description, logo, bindsTokens, facts, redirectUris }: AppChanges,
  now: Instant,
): Verb<'updated' | 'unknown' | 'taken' | 'full' | 'no_logo'> {
  // Writing the app's row first makes concurrent changes of one app wait for each other.
  const row = yield* one(touchOwnApp, { apiKey, ownerId, now })
  if (row === undefined) return 'unknown'
  const wishes: readonly Wish<'logo'>[] = logo ? [{ field: 'logo', cid: logo }] : []
  const found = yield* findSources(wishes, ownerId, now)
  if ('faults' in found) return 'no_logo'
  const plan = redirectUris && (yield* planOf(apiKey, redirectUris))
  // Nothing is written before everything that may refuse has been asked.
  if (plan === 'full') return 'full'
  if (name !== undefined && (yield* change(setName, { apiKey, ...name })) === 0) return 'taken'
  if (description !== undefined) yield* change(setDescription, { apiKey, description })
  if (bindsTokens !== undefined) yield* change(setBindsTokens, { apiKey, bindsTokens: bindsTokens ? 1 : 0 })
  if (facts !== undefined) yield* changeFacts(apiKey, row, facts)
  if (logo !== undefined) {
    yield* claim(found.sources, ownerId, now)
    yield* change(setLogo, { apiKey, logo })
    yield* release([row.logo], now)
  }
  if (plan !== undefined) yield* carryOut(apiKey, plan, now)
  return 'updated'
}

interface Plan {
  readonly add: readonly string[]
  readonly remove: readonly string[]
  /** Where the first one added stands. */
  readonly position: number
}

function* planOf(apiKey: string, changes: RedirectUriChanges): Verb<Plan | 'full'> {
  const rows = yield* all(selectRedirectUris, { apiKey })
  const present = rows.map(({ uri }) => uri)
  const add = [...new Set(changes.add)].filter((uri) => !present.includes(uri))
  const remove = present.filter(
    (uri) => !changes.add.includes(uri) && (changes.remove === 'others' || changes.remove.includes(uri)),
  )
  if (add.length > 0 && present.length - remove.length + add.length > changes.limit) return 'full'
  return { add, remove, position: (rows.at(-1)?.position ?? -1) + 1 }
}

function* carryOut(apiKey: string, { add, remove, position }: Plan, now: Instant): Verb<void> {
  for (const uri of remove) yield* dropRedirectUri(apiKey, uri)
  if (remove.length > 0) yield* endWhatIsUnderWay(apiKey, now)
  for (const [index, uri] of add.entries())
    yield* change(insertRedirectUri, { apiKey, uri, position: position + index })
}

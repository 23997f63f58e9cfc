import type { MusicImport } from '../../contract/imports.ts'
import type { Schema } from '../schema.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, one, type Verb } from '../transaction.ts'

type Kind = Schema['imported_items']['kind']

/** Where a person's music comes from. */
export type From = Pick<MusicImport, 'userId' | 'server' | 'isSameServer'>

type Key = { userId: number; server: string; kind: Kind; sourceId: number }

const selectItem = statement((p: Placeholder<Key>) =>
  query
    .selectFrom('imported_items')
    .select('item_id')
    .where('user_id', '=', p('userId'))
    .where('server', '=', p('server'))
    .where('kind', '=', p('kind'))
    .where('source_id', '=', p('sourceId')),
)

const upsertItem = statement((p: Placeholder<Key & { itemId: number }>) =>
  query
    .insertInto('imported_items')
    .values({
      user_id: p('userId'),
      server: p('server'),
      kind: p('kind'),
      source_id: p('sourceId'),
      item_id: p('itemId'),
    })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'server', 'kind', 'source_id']).doUpdateSet({ item_id: p('itemId') }),
    ),
)

const selectLive = (table: 'tracks' | 'playlists') =>
  statement((p: Placeholder<{ id: number }>) =>
    query
      .selectFrom(table)
      .innerJoin('users', 'users.id', `${table}.user_id`)
      .select(`${table}.user_id`)
      .where(`${table}.id`, '=', p('id'))
      .where(`${table}.deleted_at`, 'is', null)
      .where('users.disabled_at', 'is', null),
  )

const live = { track: selectLive('tracks'), playlist: selectLive('playlists') } as const

const selectSaved = statement((p: Placeholder<{ userId: number; trackId: number }>) =>
  query
    .selectFrom('favorites')
    .select('track_id')
    .where('user_id', '=', p('userId'))
    .where('track_id', '=', p('trackId')),
)

/**
 * What something of another server is here, if it is still there: what was imported of it, or on the same server itself.
 * @param ownerId whose it must be; anybody's where none is named
 */
export function* findItem(
  kind: Kind,
  sourceId: number,
  { userId, server, isSameServer }: From,
  ownerId?: number,
): Verb<number | undefined> {
  const imported = yield* one(selectItem, { userId, server, kind, sourceId })
  for (const id of [imported?.item_id, isSameServer ? sourceId : undefined]) {
    const row = id === undefined ? undefined : yield* one(live[kind], { id })
    if (row !== undefined && (ownerId === undefined || row.user_id === ownerId)) return id
  }
  return undefined
}

/** Remembers what something of another server is here. */
export function* rememberItem(
  kind: Kind,
  sourceId: number,
  itemId: number,
  { userId, server }: From,
): Verb<void> {
  yield* change(upsertItem, { userId, server, kind, sourceId, itemId })
}

/** Which of these tracks are here. */
export function* findImportedTracks(from: From, sourceIds: readonly number[]): Verb<readonly number[]> {
  const here: number[] = []
  for (const sourceId of sourceIds)
    if ((yield* findItem('track', sourceId, from, from.userId)) !== undefined) here.push(sourceId)
  return here
}

/** Whether a track is in a library. */
export function* hasSaved(userId: number, trackId: number): Verb<boolean> {
  return (yield* one(selectSaved, { userId, trackId })) !== undefined
}

const deleteItems = statement((p: Placeholder<{ userId: number }>) =>
  query.deleteFrom('imported_items').where('user_id', '=', p('userId')),
)

const deleteStatus = statement((p: Placeholder<{ userId: number }>) =>
  query.deleteFrom('imports').where('user_id', '=', p('userId')),
)

/** Forgets what a user brought along, whose account is deleted. */
export function* forgetImports(userId: number): Verb<void> {
  yield* change(deleteItems, { userId })
  yield* change(deleteStatus, { userId })
}

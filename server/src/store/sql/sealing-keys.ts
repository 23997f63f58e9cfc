import type { Instant, SealingKey } from '../contract/store.ts'
import { type Placeholder, query, statement } from './statement.ts'
import { all, change, type Verb } from './transaction.ts'

const selectKeys = statement(() =>
  query.selectFrom('sealing_keys').select(['id', 'secret', 'created_at']).orderBy('created_at', 'desc'),
)

const insertKey = statement((p: Placeholder<{ id: number; secret: Uint8Array; createdAt: Instant }>) =>
  query.insertInto('sealing_keys').values({ id: p('id'), secret: p('secret'), created_at: p('createdAt') }),
)

const deleteKeys = statement((p: Placeholder<{ before: Instant }>) =>
  query.deleteFrom('sealing_keys').where('created_at', '<', p('before')),
)

/** The keys of this server, with a fresh one where the newest is too old, and without those that are. */
export function* sealingKeys(
  fresh: SealingKey,
  renewBefore: Instant,
  endBefore: Instant,
): Verb<readonly SealingKey[]> {
  const rows = yield* all(selectKeys, {})
  const newest = rows[0]
  if (newest === undefined || newest.created_at < renewBefore) yield* change(insertKey, { ...fresh })
  yield* change(deleteKeys, { before: endBefore })
  return (yield* all(selectKeys, {})).map((row) => ({
    id: row.id,
    secret: row.secret,
    createdAt: row.created_at,
  }))
}

import type { Instant, SigningAlgorithm, SigningKey } from '../contract/store.ts'
import { type Placeholder, query, statement } from './statement.ts'
import { all, change, type Verb } from './transaction.ts'

const selectKeys = statement(() =>
  query
    .selectFrom('signing_keys')
    .select(['kid', 'algorithm', 'public_jwk as publicJwk', 'sealed', 'created_at as createdAt'])
    .orderBy('created_at', 'desc')
    .orderBy('kid', 'asc'),
)

const insertKey = statement(
  (
    p: Placeholder<{
      kid: string
      algorithm: SigningAlgorithm
      publicJwk: string
      sealed: Uint8Array
      createdAt: Instant
    }>,
  ) =>
    query.insertInto('signing_keys').values({
      kid: p('kid'),
      algorithm: p('algorithm'),
      public_jwk: p('publicJwk'),
      sealed: p('sealed'),
      created_at: p('createdAt'),
    }),
)

const deleteKey = statement((p: Placeholder<{ kid: string }>) =>
  query.deleteFrom('signing_keys').where('kid', '=', p('kid')),
)

/** Every key, the newest first. */
export function* listSigningKeys(): Verb<readonly SigningKey[]> {
  return yield* all(selectKeys, {})
}

/** Adds a key unless one of its algorithm is as young as that. */
export function* addSigningKey(key: SigningKey, since: Instant): Verb<readonly SigningKey[]> {
  const keys = yield* all(selectKeys, {})
  if (keys.some(({ algorithm, createdAt }) => algorithm === key.algorithm && createdAt >= since)) return keys
  yield* change(insertKey, { ...key })
  return yield* all(selectKeys, {})
}

/** Deletes keys by their ids. */
export function* deleteSigningKeys(kids: readonly string[]): Verb<void> {
  for (const kid of kids) yield* change(deleteKey, { kid })
}

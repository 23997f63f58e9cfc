import { KeyReused } from '../contract/errors.ts'
import type { Digest, Instant, Once } from '../contract/store.ts'
import { type Placeholder, query, statement } from './statement.ts'
import { change, one, type Verb } from './transaction.ts'

/** Milliseconds for which a change that was made is known by its key. */
const remembered = 24 * 60 * 60 * 1000

/** The verbs that make something, and can be told to make it once. */
export const creations: readonly string[] = [
  'createTrack',
  'createPlaylist',
  'createComment',
  'createApp',
  'addToPlaylist',
]

type Key = { userId: number; digest: Digest }

const selectKey = statement((p: Placeholder<Key & { now: Instant }>) =>
  query
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'result'])
    .where('user_id', '=', p('userId'))
    .where('digest', '=', p('digest'))
    .where('expires_at', '>', p('now')),
)

const upsertKey = statement(
  (p: Placeholder<Key & { fingerprint: Digest; result: string; expiresAt: Instant }>) =>
    query
      .insertInto('idempotency_keys')
      .values({
        user_id: p('userId'),
        digest: p('digest'),
        fingerprint: p('fingerprint'),
        result: p('result'),
        expires_at: p('expiresAt'),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['user_id', 'digest'])
          .doUpdateSet({ fingerprint: p('fingerprint'), result: p('result'), expires_at: p('expiresAt') }),
      ),
)

/** Does a verb unless its key was used: then it answers what it came to. Both are of one transaction. @throws KeyReused */
export function* withKey(verb: Verb<unknown>, { userId, digest, fingerprint, now }: Once): Verb<unknown> {
  const before = yield* one(selectKey, { userId, digest, now })
  if (before !== undefined) {
    if (Buffer.compare(before.fingerprint, fingerprint) !== 0) throw new KeyReused()
    return JSON.parse(before.result)
  }
  const result = yield* verb
  // What was refused can be put right and sent again.
  if (isMade(result))
    yield* change(upsertKey, {
      userId,
      digest,
      fingerprint,
      result: JSON.stringify(result),
      expiresAt: now + remembered,
    })
  return result
}

// Something new has an outcome of its own, and what something else has more of is changed.
const isMade = (result: unknown): boolean =>
  result === 'changed' ||
  (typeof result === 'object' && result !== null && 'outcome' in result && result.outcome === 'created')

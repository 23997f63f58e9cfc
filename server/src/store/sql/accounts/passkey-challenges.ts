import type { PasskeyChallenge } from '../../contract/passkeys.ts'
import type { Digest, Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, type Verb } from '../transaction.ts'

const insertChallenge = statement(
  (p: Placeholder<{ digest: Digest; browser: Digest; userId: number | null; expiresAt: Instant }>) =>
    query.insertInto('passkey_challenges').values({
      digest: p('digest'),
      browser: p('browser'),
      user_id: p('userId'),
      expires_at: p('expiresAt'),
    }),
)

const deleteChallenge = statement(
  (p: Placeholder<{ digest: Digest; browser: Digest; userId: number | null; now: Instant }>) =>
    query
      .deleteFrom('passkey_challenges')
      .where('digest', '=', p('digest'))
      .where('browser', '=', p('browser'))
      .where('user_id', 'is not distinct from', p('userId'))
      .where('expires_at', '>', p('now')),
)

/** Keeps a challenge until it is taken or expires. */
export function* createChallenge({ digest, browser, userId, expiresAt }: PasskeyChallenge): Verb<void> {
  yield* change(insertChallenge, { digest, browser, userId, expiresAt })
}

/** Ends a challenge of this browser and user; once. */
export function* takeChallenge(
  { digest, browser, userId }: Omit<PasskeyChallenge, 'expiresAt'>,
  now: Instant,
): Verb<boolean> {
  return (yield* change(deleteChallenge, { digest, browser, userId, now })) > 0
}

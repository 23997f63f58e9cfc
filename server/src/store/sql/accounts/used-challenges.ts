import type { UsedChallenge } from '../../contract/passkeys.ts'
import type { Digest, Instant } from '../../contract/store.ts'
import { type Placeholder, query, statement } from '../statement.ts'
import { change, type Verb } from '../transaction.ts'

const insertChallenge = statement((p: Placeholder<{ digest: Digest; expiresAt: Instant }>) =>
  query
    .insertInto('used_challenges')
    .values({ digest: p('digest'), expires_at: p('expiresAt') })
    .onConflict((conflict) => conflict.column('digest').doNothing()),
)

/** Uses up a challenge that was signed. */
export function* useChallenge({ digest, expiresAt }: UsedChallenge): Verb<boolean> {
  return (yield* change(insertChallenge, { digest, expiresAt })) > 0
}

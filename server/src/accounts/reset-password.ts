import { mint } from '../crypto/secret.ts'
import type { Post } from '../mail/queue.ts'
import { resetLetter } from '../mail/templates.ts'
import type { SessionDeps } from './session.ts'
import { loginOf } from './sign-in.ts'

export interface MailDeps extends SessionDeps {
  readonly post: Post
  readonly brand: string
}

/** How long a link to a new password works, in milliseconds. */
const lifetime = 30 * 60_000
/** How many links may be asked for in an hour, and for how long one that was sent stands for the next, in milliseconds. */
export const mailBounds = { atMost: 3, hour: 60 * 60_000, repeated: 60_000 }

/**
 * Sends a link to a new password to whoever has this handle or e-mail. What it comes to shows neither in what it
 * answers nor in its time.
 * @param linkTo the address of the link that holds a token
 */
export function sendReset(
  typed: string,
  linkTo: (token: string) => string,
  { store, clock, random, post, brand }: MailDeps,
): void {
  post.later(async () => {
    const user = (await store.findCredentials(loginOf(typed)))?.user
    if (user === undefined || user.disabledAt !== null) return []
    const now = clock()
    const token = mint('reset', random)
    const link = { digest: token.digest, userId: user.id, createdAt: now, expiresAt: now + lifetime }
    const isMade = await store.createReset(link, boundsAt(now))
    return isMade ? [resetLetter({ brand, handle: user.handle, to: user.email }, linkTo(token.text))] : []
  })
}

/** What bounds the links that are asked for now. */
export const boundsAt = (now: number) => ({
  since: now - mailBounds.hour,
  atMost: mailBounds.atMost,
  repeatSince: now - mailBounds.repeated,
})

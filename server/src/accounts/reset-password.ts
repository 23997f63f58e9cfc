import { mint } from '../crypto/secret.ts'
import { lifetimes, mailLinks } from '../limits.ts'
import type { Mail } from '../mail/mailer.ts'
import type { MailQueue } from '../mail/queue.ts'
import { confirmFirstMail, disabledMail, resetMail } from '../mail/templates.ts'
import type { Instant, MailBounds, User } from '../store/contract/store.ts'
import type { SessionDeps } from './session.ts'
import { loginOf } from './sign-in.ts'

export interface MailDeps extends SessionDeps {
  readonly mailQueue: MailQueue
  readonly brand: string
  readonly issuer: string
}

/**
 * Sends a link to a new password to whoever has this handle or e-mail. What it comes to shows neither in what it
 * answers nor in its time.
 * @param linkTo the address of the link that holds a token
 */
export function sendReset(typed: string, linkTo: (token: string) => string, deps: MailDeps): void {
  deps.mailQueue.enqueue(async () => {
    const found = await deps.store.findCredentials(loginOf(typed))
    const mails = await Promise.all(found.map(({ user }) => mailFor(user, linkTo, deps)))
    return mails.flat()
  })
}

// An address that is not confirmed proves nothing: whoever reads its mail confirms it first.
async function mailFor(
  user: User,
  linkTo: (token: string) => string,
  { store, clock, random, brand, issuer }: MailDeps,
): Promise<readonly Mail[]> {
  const account = { brand, handle: user.handle, to: user.email }
  const now = clock()
  const isConfirmed = user.emailStatus === 'confirmed'
  const token = mint(isConfirmed ? 'reset' : 'email', random)
  const link = { digest: token.digest, userId: user.id, createdAt: now }
  if (user.emailStatus === 'lost') return []
  if (isConfirmed) {
    const reset = { ...link, expiresAt: now + lifetimes.resetLink }
    if (!(await store.createReset(reset, boundsAt(now)))) return []
    return [user.disabledAt === null ? resetMail(account, linkTo(token.text)) : disabledMail(account, issuer)]
  }
  const change = { ...link, expiresAt: now + lifetimes.emailLink, email: user.email }
  if (user.disabledAt !== null || (await store.createEmailChange(change, boundsAt(now))) !== 'created')
    return []
  return [confirmFirstMail(account, `${issuer}/confirm-email?token=${token.text}`)]
}

/** What bounds the links that are asked for now. */
export const boundsAt = (now: Instant): MailBounds => ({
  since: now - 60 * 60_000,
  atMost: mailLinks.anHour,
  repeatSince: now - mailLinks.repeatedMs,
})

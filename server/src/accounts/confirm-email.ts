import { mint } from '../crypto/secret.ts'
import { lifetimes } from '../limits.ts'
import type { Mail } from '../mail/mailer.ts'
import { addressInUseMail, addressTakenMail, changeMail, signUpMail } from '../mail/templates.ts'
import { changeAskedNotice } from '../mail/templates-notices.ts'
import type { User } from '../store/contract/store.ts'
import { boundsAt, type MailDeps } from './reset-password.ts'

/** What came of asking: `repeated` when a link to the address was just sent, `bounded` when none may be sent now. */
export type Asked = 'created' | 'repeated' | 'bounded'

/**
 * Sends a link by which an account proves the address it named. Where another account has confirmed it, the mail says
 * so instead; who asks is not told.
 */
export const confirmOwnEmail = (user: User, deps: MailDeps): Promise<Asked> =>
  ask(user, user.email, deps, (owner, link) => {
    const account = { brand: deps.brand, to: user.email }
    return owner === undefined
      ? [signUpMail({ ...account, handle: user.handle }, link)]
      : [addressTakenMail({ ...account, handle: owner.handle }, deps.issuer)]
  })

/**
 * Asks a new address to prove itself, and tells the one of before. An address of another account is told so; who asks
 * is not.
 */
export const changeEmail = (user: User, email: string, deps: MailDeps): Promise<Asked> =>
  ask(user, email, deps, (owner, link) => {
    const { brand, issuer } = deps
    const { handle } = user
    return [
      owner === undefined
        ? changeMail({ brand, handle, to: email }, link)
        : addressInUseMail({ brand, handle: owner.handle, to: email }, issuer),
      ...(user.emailStatus === 'confirmed'
        ? [changeAskedNotice({ brand, handle, to: user.email }, issuer)]
        : []),
    ]
  })

async function ask(
  user: User,
  email: string,
  { store, clock, random, mailQueue, issuer }: MailDeps,
  write: (owner: User | undefined, link: string) => readonly Mail[],
): Promise<Asked> {
  const now = clock()
  const token = mint('email', random)
  const expiresAt = now + lifetimes.emailLink
  const link = { digest: token.digest, userId: user.id, createdAt: now, expiresAt, email }
  const outcome = await store.createEmailChange(link, boundsAt(now))
  if (outcome !== 'created') return outcome
  mailQueue.enqueue(async () => {
    const owner = await store.findEmailOwner(email)
    return write(owner?.id === user.id ? undefined : owner, `${issuer}/confirm-email?token=${token.text}`)
  })
  return outcome
}

import { mint } from '../crypto/secret.ts'
import { addressInUseLetter, changeAskedNotice, confirmationLetter } from '../mail/templates.ts'
import type { User } from '../store/contract/store.ts'
import { boundsAt, type MailDeps } from './reset-password.ts'

/** How long a link that proves an address works, in milliseconds. */
const lifetime = 24 * 60 * 60_000

/**
 * Asks a new address to prove itself, and tells the one of before. An address of another account is told so; who asks
 * is not.
 * @param publicUrl this server's origin
 * @param linkTo the address of the link that holds a token
 */
export async function askForEmail(
  user: User,
  email: string,
  publicUrl: string,
  linkTo: (token: string) => string,
  { store, clock, random, post, brand }: MailDeps,
): Promise<'created' | 'repeated' | 'bounded'> {
  const now = clock()
  const token = mint('email', random)
  const link = { digest: token.digest, userId: user.id, createdAt: now, expiresAt: now + lifetime, email }
  const outcome = await store.createEmailChange(link, boundsAt(now))
  if (outcome !== 'created') return outcome
  post.later(async () => {
    const holder = (await store.findCredentials(email))?.user
    const { handle } = user
    const isFree = holder === undefined || holder.id === user.id
    return [
      isFree
        ? confirmationLetter({ brand, handle, to: email }, linkTo(token.text))
        : addressInUseLetter({ brand, to: email }, publicUrl),
      changeAskedNotice({ brand, handle, to: user.email }, publicUrl),
    ]
  })
  return outcome
}

import { sameDigest } from '../../crypto/secret.ts'
import type { Reply } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { pageOf, renderMember } from '../render.ts'
import { type Member, memberPage } from '../session/member.ts'
import { isFreshlyProven } from '../session/reauthenticate.ts'
import type { EmailWords } from '../views/account/email-section.tsx'
import { type PasswordChoices, type SecurityMistakes, securityPage } from '../views/account/security.tsx'
import type { AccountDeps } from './account-deps.ts'
import { recentActivity } from './activity.ts'
import { whatWasDone } from './done.ts'

/** What a form of the page held when it was refused, and why it was. */
interface Refused {
  readonly mistakes?: SecurityMistakes
  readonly chosen?: PasswordChoices
  readonly asked?: Pick<EmailWords, 'typed' | 'mistakes'>
  readonly isProven?: boolean
}

/** `GET /account/security`: the password, passkeys, the email, and where one is signed in. */
export const showSecurity = memberPage<AccountDeps>((member, request, deps) => {
  const isProven = readForm(request.query).get('proven') !== undefined && isFreshlyProven(member, deps)
  return securityForm(200, member, { isProven }, whatWasDone(request), deps)
})

/** The page with what is wrong on it. */
export async function securityForm(
  status: number,
  { session, csrf, cookies }: Member,
  {
    mistakes = {},
    chosen = { endApps: false, endPasskeys: false },
    asked = { typed: '', mistakes: {} },
    isProven = false,
  }: Refused,
  wasDone: string | null,
  deps: AccountDeps,
): Promise<Reply> {
  const now = deps.clock()
  const listed = await deps.store.listSessions(session.user.id, now)
  const pending = await deps.store.findPendingEmail(session.user.id, now)
  const { email: current, emailStatus } = session.user
  const another = pending === undefined || pending === current ? null : pending
  const email = { current, emailStatus, pending: another, ...asked }
  const sessions = listed
    .map(({ digest, ...words }) => ({
      ...words,
      // A digest opens nothing: what the cookie holds cannot be found from it.
      id: Buffer.from(digest).toString('base64url'),
      isThis: sameDigest(digest, session.digest),
    }))
    .sort((one, other) => Number(other.isThis) - Number(one.isThis))
  const passkeys = await deps.store.listPasskeys(session.user.id)
  const activity = await recentActivity(session.user.id, deps)
  const { handle } = session.user
  const told = { handle, email, passkeys, sessions, activity }
  const page = securityPage({
    ...{ page: pageOf(deps), ...told, mistakes, chosen, done: wasDone, isProven, csrf, now },
  })
  return renderMember(status, page, cookies)
}

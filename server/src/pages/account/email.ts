import { changeEmail as askForChange, confirmOwnEmail } from '../../accounts/confirm-email.ts'
import { isEmail } from '../../apps/email-address.ts'
import { type Reply, seeOther } from '../../http/message.ts'
import { mailLinks } from '../../limits.ts'
import { toldToWait } from '../forms/retry-after.ts'
import { type Member, memberForm } from '../session/member.ts'
import { provenBy } from '../session/reauthenticate.ts'
import type { EmailMistakes } from '../views/account/email-section.tsx'
import type { AccountDeps } from './account-deps.ts'
import { done } from './done.ts'
import { securityForm } from './security.ts'

/** `POST /account/email`: asks a new address to prove itself. What is said does not tell whose it is already. */
export const changeEmail = memberForm<AccountDeps>(async (member, form, request, deps) => {
  const { user } = member.session
  const { mailQueue } = deps
  if (mailQueue === null) return securityForm(404, member, {}, null, deps)
  const typed = (form.get('new_email') ?? '').trim().normalize('NFC')
  const refuse = (mistakes: EmailMistakes, status = 422) => emailForm(status, member, typed, mistakes, deps)
  if (!isEmail(typed)) return refuse({ new_email: 'Enter an email address, such as you@example.com.' })
  if (typed === user.email && user.emailStatus === 'confirmed')
    return refuse({ new_email: 'This is your email already.' })
  const proven = await provenBy(member, form, request, deps)
  if ('asks' in proven) return proven.asks
  if ('words' in proven) return proven.answer(await refuse({ email_password: proven.words }, proven.status))
  const outcome = await askForChange(user, typed, { ...deps, mailQueue })
  return outcome === 'bounded'
    ? toldToWait(await refuse({ new_email: tooManyLinks }, 429), hour, linksAnHour)
    : done('/account/security', 'email')
})

const hour = 60 * 60_000
const linksAnHour = { name: 'mail', quota: mailLinks.anHour, windowSeconds: 3600 }
const tooManyLinks = `${mailLinks.anHour} links an hour are sent at most. Wait an hour, then try again.`

/** `POST /account/email/confirm`: sends another link to confirm one's own address. */
export const sendConfirmation = memberForm<AccountDeps>(async (member, _form, _request, deps) => {
  const { user } = member.session
  const { mailQueue } = deps
  if (mailQueue === null) return securityForm(404, member, {}, null, deps)
  if (user.emailStatus !== 'unconfirmed') return seeOther('/account/security')
  const outcome = await confirmOwnEmail(user, { ...deps, mailQueue })
  return outcome === 'bounded'
    ? toldToWait(await emailForm(429, member, '', { confirm_email: tooManyLinks }, deps), hour, linksAnHour)
    : done('/account/security', 'confirm')
})

/** `POST /account/email/cancel`: leaves the address as it is. */
export const cancelEmailChange = memberForm<AccountDeps>(async ({ session }, _form, _request, deps) => {
  await deps.store.cancelEmailChange(session.user.id, deps.clock())
  return done('/account/security', 'cancelled')
})

const emailForm = (
  status: number,
  member: Member,
  typed: string,
  mistakes: EmailMistakes,
  deps: AccountDeps,
): Promise<Reply> => securityForm(status, member, { asked: { typed, mistakes } }, null, deps)

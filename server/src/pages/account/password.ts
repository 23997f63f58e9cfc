import { notifyOfNewPassword } from '../../accounts/notify.ts'
import { hashPassword } from '../../accounts/password.ts'
import { passwordProblem } from '../../accounts/password-rules.ts'
import { newSession } from '../../accounts/session.ts'
import { sessionPlaceOf, signedInCookies } from '../session/browser.ts'
import { memberForm } from '../session/member.ts'
import { provenBy, wrongPassword } from '../session/reauthenticate.ts'
import type { SecurityMistakes } from '../views/account/security.tsx'
import type { AccountDeps } from './account-deps.ts'
import { done } from './done.ts'
import { securityForm } from './security.ts'

/** `POST /account/password`: a new password, a new session here, and none anywhere else. */
export const changePassword = memberForm<AccountDeps>(async (member, form, request, deps) => {
  const { user } = member.session
  const chosen = form.get('new_password') ?? ''
  const ends = {
    endApps: form.get('end_apps') !== undefined,
    endPasskeys: form.get('end_passkeys') !== undefined,
  }
  const refuse = (status: number, mistakes: SecurityMistakes) =>
    securityForm(status, member, { mistakes, chosen: ends }, null, deps)
  const problem = passwordProblem(chosen, { ...user, brand: deps.brand }, deps.commonPasswords)
  if (problem !== undefined) return refuse(422, { new_password: problem })
  const proven = await provenBy(member, form, request, deps)
  if ('asks' in proven) return proven.asks
  if ('words' in proven) return proven.answer(await refuse(proven.status, { password: proven.words }))
  const { credential, session } = newSession(user.id, 'password', sessionPlaceOf(member), deps)
  const isChanged = await deps.store.changePassword({
    userId: user.id,
    from: proven.passwordHash,
    to: await hashPassword(chosen),
    session,
    ...ends,
  })
  // Another tab was first, and its password is the current one by now.
  if (!isChanged) return refuse(422, { password: wrongPassword })
  notifyOfNewPassword(user, deps)
  return {
    ...done('/account/security', 'password'),
    cookies: signedInCookies(member, credential, deps.issuer),
  }
})

import { hashPassword, isAcceptablePassword } from '../../accounts/password.ts'
import { newSession } from '../../accounts/session.ts'
import { tellOfNewPassword } from '../recovery/choose.ts'
import { sessionPlaceOf, signedInCookies } from '../session/browser.ts'
import { memberForm } from '../session/member.ts'
import { provenByPassword, wrongPassword } from '../session/reauthenticate.ts'
import type { SecurityMistakes } from '../views/account/security.tsx'
import type { AccountDeps } from './account-deps.ts'
import { done } from './done.ts'
import { securityForm } from './security.ts'

/** `POST /account/password`: a new password, a new session here, and none anywhere else. */
export const changePassword = memberForm<AccountDeps>(async (member, form, _request, deps) => {
  const { user } = member.session
  const chosen = form.get('new_password') ?? ''
  const endsApps = form.get('end_apps') !== undefined
  const refuse = (status: number, mistakes: SecurityMistakes) =>
    securityForm(status, member, { mistakes, chosen: { endsApps } }, null, deps)
  if (!isAcceptablePassword(chosen))
    return refuse(422, { new_password: 'Use 8 to 128 characters for your password.' })
  const proven = await provenByPassword(member, form, deps)
  if ('words' in proven) return proven.answer(await refuse(proven.status, { password: proven.words }))
  const { credential, session } = newSession(user.id, sessionPlaceOf(member), deps)
  const isChanged = await deps.store.changePassword({
    userId: user.id,
    from: proven.passwordHash,
    to: await hashPassword(chosen),
    session,
    endApps: endsApps,
  })
  // Another tab was first, and its password is the current one by now.
  if (!isChanged) return refuse(422, { password: wrongPassword })
  tellOfNewPassword(user, deps)
  return {
    ...done('/account/security', 'password'),
    cookies: signedInCookies(member, credential, deps.issuer),
  }
})

import { hashPassword, isAcceptablePassword } from '../../accounts/password.ts'
import { newSession } from '../../accounts/session.ts'
import { confirmPassword } from '../../accounts/sign-in.ts'
import { memberForm } from '../member.ts'
import { toldToWait, tooMany } from '../patience.ts'
import { tellOfNewPassword } from '../reset-password/choose.ts'
import { sessionPlaceOf, signedInCookies } from '../visitor.ts'
import type { AccountDeps } from './account-deps.ts'
import { done } from './done.ts'
import { securityForm } from './security.ts'

/** What a wrong password is told on a page of who is signed in. */
export const wrongPassword = 'This is not your current password.'

/** `POST /account/password`: a new password, a new session here, and none anywhere else. */
export const changePassword = memberForm<AccountDeps>(async (member, form, _request, deps) => {
  const { user, digest } = member.session
  const chosen = form.get('new_password') ?? ''
  if (!isAcceptablePassword(chosen))
    return securityForm(
      422,
      member,
      { new_password: 'Use 8 to 128 characters for your password.' },
      null,
      deps,
    )
  const judged = await confirmPassword(user, form.get('password') ?? '', digest, deps)
  if (judged.outcome === 'later') {
    const shown = await securityForm(429, member, { password: tooMany(judged.waitMs) }, null, deps)
    return toldToWait(shown, judged.waitMs)
  }
  if (judged.outcome === 'wrong') return securityForm(422, member, { password: wrongPassword }, null, deps)
  const { credential, session } = newSession(user.id, sessionPlaceOf(member), deps)
  const isChanged = await deps.store.changePassword({
    userId: user.id,
    from: judged.passwordHash,
    to: await hashPassword(chosen),
    session,
    endApps: form.get('end_apps') !== undefined,
  })
  // Another tab was first, and its password is the current one by now.
  if (!isChanged) return securityForm(422, member, { password: wrongPassword }, null, deps)
  tellOfNewPassword(user, deps)
  return {
    ...done('/account/security', 'password'),
    cookies: signedInCookies(member, credential, deps.issuer),
  }
})

import { hashPassword } from '../../accounts/password.ts'
import { confirmPassword } from '../../accounts/sign-in.ts'
import { seeOther } from '../../http/message.ts'
import { toldToWait, tooMany } from '../forms/retry-after.ts'
import { sessionCookie } from '../session/browser.ts'
import { memberForm } from '../session/member.ts'
import type { AccountDeps } from './account-deps.ts'
import { dataForm } from './data.ts'
import { wrongPassword } from './password.ts'

/** `POST /account/delete`: deletes the account of who types its handle and its password. */
export const deleteAccount = memberForm<AccountDeps>(async (member, form, _request, deps) => {
  const { user, digest } = member.session
  const typed = form.get('handle') ?? ''
  if (typed.trim().replace(/^@/, '').toLowerCase() !== user.handle.toLowerCase())
    return dataForm(422, member, typed, { handle: `Type ${user.handle} to confirm.` }, deps)
  const judged = await confirmPassword(user, form.get('password') ?? '', digest, deps)
  if (judged.outcome === 'later') {
    const shown = await dataForm(429, member, typed, { password: tooMany(judged.waitMs) }, deps)
    return toldToWait(shown, judged.waitMs)
  }
  const deadHash = await hashPassword(Buffer.from(deps.random(32)).toString('base64url'))
  const isDeleted =
    judged.outcome === 'right' &&
    (await deps.store.deleteUser({
      userId: user.id,
      passwordHash: judged.passwordHash,
      deadHash,
      now: deps.clock(),
    }))
  // The button may be pressed twice: the account that is gone has been deleted.
  if (!isDeleted && (await deps.store.findProfile(user.id)) !== undefined)
    return dataForm(422, member, typed, { password: wrongPassword }, deps)
  return seeOther('/account/deleted', [sessionCookie('', 0, deps.issuer)])
})

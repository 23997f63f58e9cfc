import { hashPassword } from '../../accounts/password.ts'
import { type Reply, seeOther } from '../../http/message.ts'
import { sessionCookie } from '../session/browser.ts'
import { memberForm } from '../session/member.ts'
import { provenBy, wrongPassword } from '../session/reauthenticate.ts'
import type { AccountDeps } from './account-deps.ts'
import { dataForm } from './data.ts'

/** `POST /account/delete`: deletes the account of who types its handle and its password. */
export const deleteAccount = memberForm<AccountDeps>(async (member, form, request, deps) => {
  const { user } = member.session
  const typed = form.get('handle') ?? ''
  if (typed.trim().replace(/^@/, '').toLowerCase() !== user.handle.toLowerCase())
    return dataForm(422, member, { typed, mistakes: { handle: `Type ${user.handle} to confirm.` } }, deps)
  const proven = await provenBy(member, form, request, deps)
  if ('asks' in proven) return proven.asks
  const isGone = async () => (await deps.store.findProfile(user.id)) === undefined
  // The button may be pressed twice: the account that is gone has been deleted.
  if ('words' in proven) {
    if (proven.status === 422 && (await isGone())) return deleted(deps)
    return proven.answer(
      await dataForm(proven.status, member, { typed, mistakes: { password: proven.words } }, deps),
    )
  }
  const deadHash = await hashPassword(Buffer.from(deps.random(32)).toString('base64url'))
  const { passwordHash } = proven
  const deletion = { userId: user.id, passwordHash, deadHash, now: deps.clock() }
  if ((await deps.store.deleteUser(deletion)) || (await isGone())) return deleted(deps)
  return dataForm(422, member, { typed, mistakes: { password: wrongPassword } }, deps)
})

const deleted = ({ issuer }: AccountDeps): Reply =>
  seeOther('/account/deleted', [sessionCookie('', 0, issuer)])

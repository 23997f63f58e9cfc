import { memberForm } from '../session/member.ts'
import type { AccountDeps } from './account-deps.ts'
import { done } from './done.ts'

/** `POST /account/sessions/end`: signs out one browser of one's own. */
export const endSession = memberForm<AccountDeps>(async ({ session }, form, _request, deps) => {
  const digest = Buffer.from(form.get('session') ?? '', 'base64url')
  await deps.store.endSession(session.user.id, digest, deps.clock())
  return done('/account/security', 'out')
})

/** `POST /account/sessions/end-others`: signs out every browser but this one. */
export const endOtherSessions = memberForm<AccountDeps>(
  async ({ session, browser }, _form, _request, { store, clock }) => {
    await store.endOtherSessions(session.user.id, session.digest, browser.digest, clock())
    return done('/account/security', 'others')
  },
)

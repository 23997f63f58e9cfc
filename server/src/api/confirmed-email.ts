import { refused } from '../errors/api.ts'
import type { User } from '../store/contract/store.ts'
import type { ApiDeps } from './resource.ts'

/** Lets on whoever has confirmed their email, where that is asked. @throws OAuthError 403 saying where to confirm it */
export function checkEmail(user: User, { needsConfirmedEmail, issuer }: ApiDeps): void {
  if (needsConfirmedEmail && user.emailStatus !== 'confirmed') throw refused.unconfirmedEmail(issuer)
}

import { bearer as refuse } from '../../errors/bearer.ts'
import { refusedUpload } from '../../errors/upload.ts'
import { networkOf } from '../../http/ip-address.ts'
import type { Request } from '../../http/message.ts'
import { type BearerDeps, bearer } from '../../oauth/bearer.ts'
import type { Upload } from '../../store/contract/store.ts'

/** Who sends an upload: a user by a token that may write, or an address. */
export type Sender =
  | { readonly userId: number; readonly address: null }
  | { readonly userId: null; readonly address: string }

export interface SenderDeps extends BearerDeps {
  readonly rules: { readonly requireAuth: boolean }
}

/**
 * Finds who a request to the uploads comes from.
 * @throws OAuthError 401 for a bad token, and for none where tokens are required; 403 for one that may only read
 */
export async function findSender(request: Request, deps: SenderDeps): Promise<Sender> {
  if (request.authorization.length === 0 && !deps.rules.requireAuth)
    return { userId: null, address: networkOf(request.address) }
  const { user, scope } = await bearer(request, deps)
  if (scope !== 'write') throw refuse.insufficientScope()
  return { userId: user.id, address: null }
}

/**
 * Lets a sender at an upload: a user's is its user's alone, a staged one is anybody's who knows its id.
 * @throws OAuthError 401 without a token, 404 for another user
 */
export function checkSender(sender: Sender, upload: Upload): void {
  if (upload.userId === null || upload.userId === sender.userId) return
  throw sender.userId === null ? refuse.none() : refusedUpload.notFound()
}

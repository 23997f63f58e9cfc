import { refused } from '../errors/api.ts'
import { bearer as refusedBearer } from '../errors/oauth.ts'
import { bearer } from '../oauth/bearer.ts'
import type { AccessToken, Instant, Store } from '../store/contract/store.ts'
import { readId } from './ids.ts'

/** Who may call: anyone, with a token or without; whoever has a token; whoever has a token with scope `write`. */
export type Access = 'anyone' | 'read' | 'write'

/** The user's access token; null where anyone may call and none was sent. */
export type Caller<A extends Access> = A extends 'anyone' ? AccessToken | null : AccessToken

/** What a call says about who makes it. */
export interface Claimed {
  readonly authorization: readonly string[]
  /** The `user_id` of the query. */
  readonly userId: string | undefined
  /** The `{id}` of the path of a call that is for that very user alone. */
  readonly ownerId: number | undefined
}

/**
 * Decides who acts, for every resource: always the user of the access token.
 * @throws OAuthError 401 (RFC 6750 §3.1), 403 `insufficient_scope`, 403 when the query or path names another user
 */
export async function callerOf<A extends Access>(
  access: A,
  { authorization, userId, ownerId }: Claimed,
  deps: { readonly store: Store; readonly clock: () => Instant },
): Promise<Caller<A>> {
  const isAnonymous = access === 'anyone' && authorization.length === 0
  const caller = isAnonymous ? null : await bearer(authorization, deps)
  if (access === 'write' && caller?.scope !== 'write') throw refusedBearer.insufficientScope()
  const named = userId === undefined ? undefined : readId(userId, 'user_id')
  if (caller && named !== undefined && named !== caller.user.id) throw refusedBearer.otherUser()
  if (ownerId !== undefined && ownerId !== caller?.user.id) throw refused.notOwner('this account')
  // It is null for `anyone` alone, which the compiler cannot see of a type that is open here.
  return caller as Caller<A>
}

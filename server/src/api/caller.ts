import { managerOf } from '../apps/management-token.ts'
import { read } from '../crypto/secret.ts'
import { refused } from '../errors/api.ts'
import { bearer as refusedBearer } from '../errors/bearer.ts'
import { type BearerDeps, bearer, type Credentials, presentedToken } from '../oauth/bearer.ts'
import type { AccessToken } from '../store/contract/oauth.ts'
import type { User } from '../store/contract/store.ts'
import { readId } from './ids.ts'

/**
 * Who may call: anyone, with a token or without; whoever has a token; whoever has a token with scope `write`; that, of
 * the very app the call is about, or a management token; a management token alone.
 */
export type Access = 'anyone' | 'read' | 'write' | 'own-app' | 'management'

/** A person's own program, by a management token. */
export interface Manager {
  readonly user: User
  readonly isManager: true
}

/** Who calls; null where anyone may call and no token was sent. */
export type Caller<A extends Access> = A extends 'anyone'
  ? AccessToken | null
  : A extends 'management'
    ? Manager
    : A extends 'own-app'
      ? AccessToken | Manager
      : AccessToken

/** What a call says about who makes it. */
export interface Claimed {
  readonly credentials: Credentials
  /** The `user_id` of the query. */
  readonly userId: string | undefined
  /** The `{id}` of the path of a call that is for that very user alone. */
  readonly ownerId: number | undefined
  /** The `{api_key}` of the path. */
  readonly apiKey: string | undefined
}

/**
 * Decides who acts, for every resource: always the user of the token.
 * @throws OAuthError 401 (RFC 6750 §3.1), 403 `insufficient_scope`, 403 when the query or path names another user
 */
export async function callerOf<A extends Access>(
  access: A,
  claimed: Claimed,
  deps: BearerDeps,
): Promise<Caller<A>> {
  const { userId, ownerId } = claimed
  const caller = await tokenOf(access, claimed, deps)
  const named = userId === undefined ? undefined : readId(userId, 'user_id')
  if (caller && named !== undefined && named !== caller.user.id) throw refusedBearer.otherUser()
  if (ownerId !== undefined && ownerId !== caller?.user.id) throw refused.notOwner('this account')
  // `tokenOf` answers by `access`, which the compiler cannot see of a type that is open here.
  return caller as Caller<A>
}

async function tokenOf(
  access: Access,
  { credentials, apiKey }: Claimed,
  deps: BearerDeps,
): Promise<AccessToken | Manager | null> {
  if (access === 'anyone' && credentials.authorization.length === 0) return null
  const manages = access === 'management' || access === 'own-app'
  const credential = manages ? read('management', presentedToken(credentials).text) : undefined
  if (credential !== undefined) {
    const user = await managerOf(credential, deps)
    if (user === undefined) throw refusedBearer.deadManagementToken()
    return { user, isManager: true }
  }
  const token = await bearer(credentials, deps)
  if (access === 'management') throw refusedBearer.noManagementToken()
  if (access !== 'anyone' && access !== 'read' && token.scope !== 'write')
    throw refusedBearer.insufficientScope()
  if (access === 'own-app' && token.apiKey !== apiKey) throw refusedBearer.noManagementToken()
  return token
}

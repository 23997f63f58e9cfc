import { badId, bearer } from '../errors.ts'
import type { AccessToken } from '../store/store.ts'
import { decodeId, squareImage, userJson } from './user.ts'

/**
 * The profile of an access token's user: the specification's shape, and the whole user under `data`.
 * @param userId the `user_id` of the query, which may only name that very user
 * @throws OAuthError 400 for an id that is none, 403 for another user's
 */
export function me(token: AccessToken, userId: string | undefined, publicUrl: string) {
  const { user } = token
  if (userId !== undefined) {
    const id = decodeId(userId)
    if (id === undefined) throw badId('user_id')
    if (id !== user.id) throw bearer.otherUser()
  }
  return {
    userId: user.id,
    name: user.name,
    handle: user.handle,
    verified: user.isVerified,
    ...(user.profilePicture !== null && { profilePicture: squareImage(user.profilePicture, publicUrl) }),
    data: userJson(user, publicUrl),
  }
}

import { failure } from '../errors/errors.ts'
import { type Fields, fields, number } from '../http/fields.ts'
import type { SessionContext } from '../session/context.ts'
import { readAnswer } from './answers.ts'
import { callApi } from './call.ts'
import type { User } from './generated.ts'

/** Who is logged in. */
export interface CurrentUser extends User {
  /** The user's id as a number. */
  readonly userId: number
  /** Whether Audius vouches for the artist: `isVerified` by the name that the specification gives it. */
  readonly verified: boolean
}

/** Reads `/me`: the profile at the top, the full user under `data`. */
function userOf(me: Fields): CurrentUser {
  const { data, ...top } = me
  const { userId, verified, profilePicture, ...both } = { ...fields(data), ...top }
  const numericId = number(userId)
  if (numericId === undefined) throw failure('invalid_answer')
  const user = readAnswer('User', {
    ...both,
    id: both['id'] ?? String(numericId),
    userId: numericId,
    isVerified: verified ?? both['isVerified'],
    profilePicture,
  })
  return { ...user, userId: numericId, verified: user.isVerified }
}

/** The profile of who is logged in when it arrives, from the server every time. */
export async function getUser(
  context: SessionContext,
  signal: AbortSignal | undefined,
): Promise<CurrentUser> {
  return userOf(await callApi(context, { path: '/me', isPrivate: true }, { signal }))
}

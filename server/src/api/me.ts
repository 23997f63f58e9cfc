import { type Static, Type } from 'typebox'
import { bearer } from '../errors/bearer.ts'
import type { Profile } from '../store/contract/store.ts'
import { encodeId } from './ids.ts'
import { type Resource, resource, value } from './resource.ts'
import { squareImage, userJson } from './user.ts'
import { SquareImage, UserSchema } from './user-schema.ts'

const Me = Type.Object(
  {
    userId: Type.Integer(),
    name: Type.String(),
    handle: Type.String(),
    verified: Type.Boolean(),
    profilePicture: Type.Optional(SquareImage),
    sub: Type.String({ description: 'the public id, by the name that OpenID clients read' }),
    preferred_username: Type.String({ description: 'the handle, by the name that OpenID clients read' }),
    picture: Type.Optional(
      Type.String({ description: 'the URL of the picture, by the name that OpenID clients read' }),
    ),
    data: UserSchema,
  },
  { title: 'Me' },
)

/** The profile of an access token's user: the specification's shape, and the whole user under `data`. */
const me = (path: '/v1/me' | '/v1/oauth/me', name: string): Resource =>
  resource({
    method: 'GET',
    path,
    name,
    group: 'Users',
    summary: 'The profile of whoever is logged in',
    access: 'read',
    answer: Me,
    async respond({ caller }, { store, issuer }) {
      const user = await store.findProfile(caller.user.id)
      // Disabled since the token was found good.
      if (user === undefined) throw bearer.dead()
      return value(answerOf(user, issuer))
    },
  })

// The store answers the same profile until it changes.
const answers = new WeakMap<Profile, Static<typeof Me>>()

function answerOf(user: Profile, issuer: string): Static<typeof Me> {
  const known = answers.get(user)
  if (known !== undefined) return known
  const picture = user.profilePicture && squareImage(user.profilePicture, issuer)
  const answer: Static<typeof Me> = Object.freeze({
    userId: user.id,
    name: user.name,
    handle: user.handle,
    verified: user.isVerified,
    ...(picture && { profilePicture: picture, picture: picture['480x480'] }),
    sub: encodeId(user.id),
    preferred_username: user.handle,
    data: userJson(user, issuer),
  })
  answers.set(user, answer)
  return answer
}

/** The profile. */
export const getMe: Resource = me('/v1/me', 'getMe')

/** The profile, and its alias. */
export const profile: readonly Resource[] = [getMe, me('/v1/oauth/me', 'getOauthMe')]

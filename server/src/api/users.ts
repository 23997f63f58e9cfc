import { Type } from 'typebox'
import { refused } from '../api-errors.ts'
import type { Profile } from '../store/store.ts'
import { cid, lines, optional, paging, searchText, shortText } from './fields.ts'
import { fileFaults } from './file-faults.ts'
import { type Resource, resource, value } from './resource.ts'
import { userJson } from './user.ts'
import { UserSchema } from './user-schema.ts'

const OneUser = Type.Object({ data: UserSchema })
const Users = Type.Object({ data: Type.Array(UserSchema) })

/** Who is here. */
export const users: readonly Resource[] = [
  resource({
    method: 'GET',
    path: '/v1/users/search',
    name: 'searchUsers',
    group: 'Users',
    summary: 'Finds users by handle or name',
    access: 'anyone',
    query: { query: searchText, ...paging },
    answer: Users,
    async respond({ query }, { store, issuer }) {
      const found = await store.searchUsers(query)
      return value({ data: found.map((user) => userJson(user, issuer)) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/users/handle/{handle}',
    name: 'getUserByHandle',
    group: 'Users',
    summary: 'A user by their handle, in any case',
    access: 'anyone',
    answer: OneUser,
    async respond({ path }, { store, issuer }) {
      return value({ data: userJson(there(await store.findProfileByHandle(path.handle)), issuer) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/users/{id}',
    name: 'getUser',
    group: 'Users',
    summary: 'A user',
    access: 'anyone',
    answer: OneUser,
    async respond({ path }, { store, issuer }) {
      return value({ data: userJson(there(await store.findProfile(path.id)), issuer) })
    },
  }),
  resource({
    method: 'PUT',
    path: '/v1/users/{id}',
    name: 'updateUser',
    group: 'Users',
    summary: 'Changes one’s own profile; what is left out stays as it is',
    access: 'write',
    isOwners: true,
    body: {
      name: Type.Optional(
        Type.String({
          pattern: String.raw`^(?!\s)[^\p{C}\p{Zl}\p{Zp}]{1,64}(?<!\s)$`,
          description: '1 to 64 printable characters, with no space at the ends',
        }),
      ),
      bio: optional(lines(256)),
      location: optional(shortText(100)),
      website: optional(
        Type.String({
          pattern: String.raw`^(?:https?://[^\s\p{C}"<>\\^\x60{|}]{1,190})?$`,
          description: 'a URL that begins with https:// or http://, up to 190 characters',
        }),
      ),
      profile_picture: optional(cid('an image uploaded with the template img_square')),
      cover_photo: optional(cid('an image uploaded with the template img_backdrop')),
    },
    answer: OneUser,
    async respond({ path, body }, { store, issuer, clock }) {
      const change = await store.updateProfile(
        path.id,
        {
          ...(body.name !== undefined && { name: body.name }),
          ...(body.bio !== undefined && { bio: body.bio || null }),
          ...(body.location !== undefined && { location: body.location || null }),
          ...(body.website !== undefined && { website: body.website || null }),
          ...(body.profile_picture !== undefined && { profilePicture: body.profile_picture }),
          ...(body.cover_photo !== undefined && { coverPhoto: body.cover_photo }),
        },
        clock(),
      )
      if (change.outcome === 'refused') throw fileFaults(change.faults)
      return value({ data: userJson(there(await store.findProfile(path.id)), issuer) })
    },
  }),
]

function there(user: Profile | undefined): Profile {
  if (user === undefined) throw refused.noSuch('user')
  return user
}

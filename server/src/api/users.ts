import { Type } from 'typebox'
import { paging, searchText } from './fields.ts'
import { changeProfile, profileFields, there } from './profile.ts'
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
    body: profileFields,
    answer: OneUser,
    async respond({ path, body }, deps) {
      return value({ data: userJson(await changeProfile(path.id, body, deps), deps.issuer) })
    },
  }),
]

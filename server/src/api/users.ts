import { Type } from 'typebox'
import { paging, searchText } from './fields.ts'
import { readIds } from './ids.ts'
import { changeProfile, profileFields, there } from './profile.ts'
import { type Resource, resource, value } from './resource.ts'
import { oneUserJson, userJson, usersJson } from './user.ts'
import { UserSchema } from './user-schema.ts'

const bulkIds = Type.Array(Type.String(), { minItems: 1, maxItems: 100, description: '1 to 100 ids' })

const OneUser = Type.Object({ data: UserSchema })
export const Users = Type.Object({ data: Type.Array(UserSchema) })

/** The calls that find and read users. */
export const users: readonly Resource[] = [
  resource({
    method: 'GET',
    path: '/v1/users/search',
    name: 'searchUsers',
    group: 'Users',
    summary: 'Finds users by handle and name, with small mistakes',
    access: 'anyone',
    query: { query: searchText, ...paging },
    answer: Users,
    async respond({ caller, query }, deps) {
      return value({ data: await usersJson(await deps.store.searchUsers(query), caller, deps) })
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
    async respond({ caller, path }, deps) {
      const user = there(await deps.store.findProfileByHandle(path.handle))
      return value({ data: await oneUserJson(user, caller, deps) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/users',
    name: 'getBulkUsers',
    group: 'Users',
    summary: 'Several users by their ids; those that are not there are left out',
    access: 'anyone',
    query: { id: bulkIds },
    answer: Users,
    async respond({ caller, query }, deps) {
      const ids = [...new Set(readIds(query.id, 'id'))]
      const found = await Promise.all(ids.map((id) => deps.store.findProfile(id)))
      return value({
        data: await usersJson(
          found.filter((user) => user !== undefined),
          caller,
          deps,
        ),
      })
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
    async respond({ caller, path }, deps) {
      const user = there(await deps.store.findProfile(path.id))
      return value({ data: await oneUserJson(user, caller, deps) })
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

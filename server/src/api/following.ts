import { FieldError, refused } from '../errors/api.ts'
import type { PeopleList, Profile, Store } from '../store/contract/store.ts'
import { paging } from './fields.ts'
import { Marked, marked } from './marked.ts'
import { there } from './profile.ts'
import { type Resource, resource, value } from './resource.ts'
import { usersJson } from './user.ts'
import { Users } from './users.ts'

const people = (
  path: '/v1/users/{id}/followers' | '/v1/users/{id}/following' | '/v1/users/{id}/related',
  name: string,
  summary: string,
  list: (store: Store, list: PeopleList) => Promise<readonly Profile[]>,
) =>
  resource({
    method: 'GET',
    path,
    name,
    group: 'Users',
    summary,
    access: 'anyone',
    query: paging,
    answer: Users,
    async respond({ caller, path: { id }, query }, deps) {
      there(await deps.store.findProfile(id))
      return value({ data: await usersJson(await list(deps.store, { ...query, id }), caller, deps) })
    },
  })

/** Following users, and who follows whom. */
export const following: readonly Resource[] = [
  resource({
    method: 'POST',
    path: '/v1/users/{id}/follow',
    name: 'followUser',
    group: 'Users',
    summary: 'Follows a user, once however often it is asked',
    access: 'write',
    answer: Marked,
    async respond({ caller, path }, { store, clock }) {
      if (path.id === caller.user.id)
        throw new FieldError([
          { field: 'id', message: 'id is that of the caller: nobody follows themselves.' },
        ])
      if (!(await store.follow(caller.user.id, path.id, caller.apiKey, clock()))) throw refused.noSuch('user')
      return marked(path.id)
    },
  }),
  resource({
    method: 'DELETE',
    path: '/v1/users/{id}/follow',
    name: 'unfollowUser',
    group: 'Users',
    summary: 'Follows a user no longer',
    access: 'write',
    answer: Marked,
    async respond({ caller, path }, { store }) {
      await store.unfollow(caller.user.id, path.id)
      return marked(path.id)
    },
  }),
  people('/v1/users/{id}/followers', 'getFollowers', 'Who follows a user, the last first', (store, list) =>
    store.listFollowers(list),
  ),
  people('/v1/users/{id}/following', 'getFollowing', 'Whom a user follows, the last first', (store, list) =>
    store.listFollowing(list),
  ),
  people(
    '/v1/users/{id}/related',
    'getRelatedUsers',
    'Whom a user’s followers follow as well, the most of them first',
    (store, list) => store.listRelated(list),
  ),
  resource({
    method: 'GET',
    path: '/v1/users/{id}/mutuals',
    name: 'getMutualFollowers',
    group: 'Users',
    summary: 'Whom a user and whoever asks both follow',
    access: 'read',
    query: paging,
    answer: Users,
    async respond({ caller, path: { id }, query }, deps) {
      there(await deps.store.findProfile(id))
      const list = await deps.store.listMutuals({ ...query, id, viewerId: caller.user.id })
      return value({ data: await usersJson(list, caller, deps) })
    },
  }),
]

import { Type } from 'typebox'
import { refused } from '../errors/api.ts'
import { AppSchema, appJson } from './app.ts'
import { encodeId } from './ids.ts'
import { type Resource, resource, value } from './resource.ts'
import { iso } from './track.ts'

const AuthorizedAppSchema = Type.Object(
  {
    ...AppSchema.properties,
    scope: Type.Union([Type.Literal('read'), Type.Literal('write')], { description: 'What it may do.' }),
    grantor_user_id: Type.String({ description: 'The public id of who allowed it.' }),
    grant_created_at: Type.String({ format: 'date-time', description: 'When it was allowed first.' }),
    grant_updated_at: Type.String({ format: 'date-time', description: 'When it was allowed last.' }),
  },
  { title: 'AuthorizedApp', description: 'An app that somebody has allowed to act.' },
)

/** Apps, and what one has allowed them. */
export const apps: readonly Resource[] = [
  resource({
    method: 'GET',
    path: '/v1/developer-apps/{api_key}',
    name: 'getDeveloperApp',
    group: 'Apps',
    summary: 'An app by its API key',
    access: 'anyone',
    answer: Type.Object({ data: AppSchema }),
    async respond({ path }, { store, issuer }) {
      const app = await store.findApp(path.api_key)
      if (app === undefined) throw refused.noSuch('app')
      return value({ data: appJson(app, issuer) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/users/{id}/developer-apps',
    name: 'getDeveloperApps',
    group: 'Apps',
    summary: 'The apps that one has registered',
    access: 'management',
    isOwners: true,
    answer: Type.Object({ data: Type.Array(AppSchema) }),
    async respond({ path }, { store, issuer }) {
      const own = await store.listAppsOf(path.id)
      return value({ data: own.map((app) => appJson(app, issuer)) })
    },
  }),
  resource({
    method: 'GET',
    path: '/v1/users/{id}/authorized_apps',
    name: 'getAuthorizedApps',
    group: 'Apps',
    summary: 'The apps that may act for oneself',
    access: 'management',
    isOwners: true,
    answer: Type.Object({ data: Type.Array(AuthorizedAppSchema) }),
    async respond({ path }, { store, clock, issuer }) {
      const authorized = await store.listAuthorizedApps(path.id, clock())
      const data = authorized.map(({ app, scope, createdAt, updatedAt }) => ({
        ...appJson(app, issuer),
        scope,
        grantor_user_id: encodeId(path.id),
        grant_created_at: iso(createdAt),
        grant_updated_at: iso(updatedAt),
      }))
      return value({ data })
    },
  }),
  resource({
    method: 'DELETE',
    path: '/v1/users/{id}/grants/{api_key}',
    name: 'removeGrant',
    group: 'Apps',
    summary: 'Ends an app’s access to oneself: its tokens stop working at once',
    access: 'own-app',
    isOwners: true,
    answer: Type.Object({ success: Type.Literal(true) }),
    async respond({ path }, { store, clock }) {
      if (!(await store.withdrawGrant(path.id, path.api_key, clock()))) throw refused.noSuch('grant')
      return value({ success: true })
    },
  }),
]

import { parseApiKey } from '../../apps/api-key.ts'
import { interaction } from '../../errors/interaction.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, renderMember } from '../render.ts'
import { memberForm, memberPage } from '../session/member.ts'
import { reauthenticate } from '../session/reauthenticate.ts'
import { deleteAppPage } from '../views/developers/delete-app.tsx'
import { done } from './done.ts'
import { listed } from './listed.ts'
import { ownApp } from './own-app.ts'

/** `GET /developers/{api_key}/delete`: asks first, as there is no way back. */
export const askToDeleteApp = memberPage<PageDeps>(async (member, request, deps) => {
  const app = await ownApp(member, request, deps)
  const page = deleteAppPage({ page: pageOf(deps), app: listed(app, deps), csrf: member.csrf })
  return renderMember(200, page, member.cookies)
})

/**
 * `POST /developers/{api_key}/delete`: ends the app, and with it everything that was issued to it. Deleting what is
 * gone is no mistake: the button may be pressed twice.
 */
export const deleteApp = memberForm<PageDeps>(async (member, form, request, deps) => {
  const { store, clock } = deps
  const apiKey = parseApiKey(request.path('api_key'))
  if (apiKey === undefined) throw interaction.noPage()
  const asked = await reauthenticate(member, form, request, deps)
  if (asked !== undefined) return asked
  const isDeleted = await store.deleteAppOf(member.session.user.id, apiKey, clock())
  if (!isDeleted && (await store.findApp(apiKey)) !== undefined) throw interaction.noPage()
  return done('/developers', 'deleted')
})

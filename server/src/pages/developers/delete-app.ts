import { interaction } from '../../page-errors.ts'
import { memberForm, memberPage } from '../member.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, showMember } from '../show.ts'
import { deleteAppPage } from '../views/developers/delete-app.tsx'
import { done } from './done.ts'
import { listed } from './listed.ts'
import { ownApp } from './own-app.ts'

/** `GET /developers/{api_key}/delete`: asks first, as there is no way back. */
export const askToDeleteApp = memberPage<PageDeps>(async (member, request, deps) => {
  const app = await ownApp(member, request, deps)
  const page = deleteAppPage({ page: pageOf(deps), app: listed(app, deps), csrf: member.csrf })
  return showMember(200, page, member.cookies)
})

/** `POST /developers/{api_key}/delete`: ends the app, and with it everything that was issued to it. */
export const deleteApp = memberForm<PageDeps>(async (member, _form, request, deps) => {
  const { apiKey } = await ownApp(member, request, deps)
  if (!(await deps.store.deleteAppOf(member.session.user.id, apiKey, deps.clock())))
    throw interaction.noPage()
  return done('/developers', 'deleted')
})

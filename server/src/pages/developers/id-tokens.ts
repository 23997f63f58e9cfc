import { interaction } from '../../errors/interaction.ts'
import type { PageDeps } from '../page-deps.ts'
import { memberForm } from '../session/member.ts'
import { done } from './done.ts'
import { ownApp } from './own-app.ts'

/** `POST /developers/{api_key}/id-tokens`: says by which algorithm an app's ID tokens are signed. */
export const saveIdTokens = memberForm<PageDeps>(async (member, form, request, deps) => {
  const { apiKey } = await ownApp(member, request, deps)
  const algorithm = form.get('algorithm') === 'RS256' ? 'RS256' : 'ES256'
  if (!(await deps.store.setIdTokenAlgorithm(apiKey, member.session.user.id, algorithm)))
    throw interaction.noPage()
  return done(`/developers/${apiKey}`, 'saved')
})

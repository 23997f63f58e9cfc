import { interaction } from '../../errors/interaction.ts'
import type { PageDeps } from '../page-deps.ts'
import { memberForm } from '../session/member.ts'
import { reauthenticate } from '../session/reauthenticate.ts'
import { done } from './done.ts'
import { ownApp } from './own-app.ts'

/** `POST /developers/{api_key}/token-binding`: says whether an app's tokens are good with proofs of a key alone. */
export const saveTokenBinding = memberForm<PageDeps>(async (member, form, request, deps) => {
  const { apiKey } = await ownApp(member, request, deps)
  const changes = { bindsTokens: form.get('binds') === 'true' }
  // Without it a token that was stolen is good by itself.
  const asked = changes.bindsTokens ? undefined : await reauthenticate(member, form, request, deps)
  if (asked !== undefined) return asked
  const outcome = await deps.store.updateApp(apiKey, member.session.user.id, changes, deps.clock())
  if (outcome !== 'updated') throw interaction.noPage()
  return done(`/developers/${apiKey}`, 'saved')
})

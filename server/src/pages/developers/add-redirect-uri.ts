import { changeApp } from '../../apps/register.ts'
import { appFaults } from '../../apps/rules.ts'
import { interaction } from '../../errors/interaction.ts'
import { seeOther } from '../../http/message.ts'
import type { PageDeps } from '../page-deps.ts'
import { memberForm } from '../session/member.ts'
import { reauthenticate } from '../session/reauthenticate.ts'
import { appForm } from './app.ts'
import { mistakesOf, valuesOf } from './app-values.ts'
import { done } from './done.ts'
import { ownApp } from './own-app.ts'

/**
 * `POST /developers/{api_key}/redirect-uris`: adds the one redirect URI that a page showed beside the button, and goes
 * on with the login that it stood in the way of.
 */
export const addRedirectUri = memberForm<PageDeps>(async (member, form, request, deps) => {
  const app = await ownApp(member, request, deps)
  const uri = form.get('redirect_uri') ?? ''
  const isAcceptable = appFaults({ redirectUris: [uri] }, deps.brand).length === 0
  const asked = isAcceptable ? await reauthenticate(member, form, request, deps) : undefined
  if (asked !== undefined) return asked
  const faults = await changeApp(
    { apiKey: app.apiKey, ownerId: member.session.user.id },
    { redirectUris: { add: [uri], remove: [] } },
    deps,
  )
  if (faults === 'unknown') throw interaction.noPage()
  if (faults.length > 0) {
    const was = valuesOf(app)
    const production = `${was.redirectUris.production}\n${uri}`.trim()
    const values = { ...was, redirectUris: { ...was.redirectUris, production } }
    const typed = { values, was, keptLogo: null, removesLogo: false }
    return appForm(422, member, app, typed, mistakesOf(faults, values), null, deps)
  }
  const query = form.get('authorization')
  if (query === undefined) return done(`/developers/${app.apiKey}/quickstart`, 'registered')
  return seeOther(`/v1/oauth/authorize?${new URLSearchParams(query)}`)
})

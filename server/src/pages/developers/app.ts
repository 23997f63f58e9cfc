import { changeApp } from '../../apps/register.ts'
import { appFaults } from '../../apps/rules.ts'
import { interaction } from '../../errors/interaction.ts'
import type { Reply } from '../../http/message.ts'
import type { App } from '../../store/contract/store.ts'
import { recentChanges } from '../account/activity.ts'
import type { FileFormDeps } from '../forms/file-form.ts'
import { takePicture } from '../forms/picture.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, renderMember } from '../render.ts'
import { type Member, memberFileForm, memberPage } from '../session/member.ts'
import { reauthenticate } from '../session/reauthenticate.ts'
import { type AppTyped, appPage } from '../views/developers/app.tsx'
import type { AppMistakes } from '../views/developers/app-fields.tsx'
import type { GlanceWords } from '../views/developers/glance.tsx'
import { changedFacts, mistakesOf, noMistakes, redirectUrisOf, typedIn, valuesOf } from './app-values.ts'
import type { DeveloperDeps } from './developer-deps.ts'
import { done, whatWasDone } from './done.ts'
import { glanceOf } from './glance.ts'
import { listed } from './listed.ts'
import { ownApp } from './own-app.ts'

/** `GET /developers/{api_key}`: an app's key, and what its developer says of it. */
export const showApp = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const app = await ownApp(member, request, deps)
  const values = valuesOf(app)
  return appForm(
    200,
    member,
    app,
    { values, was: values, keptLogo: null, removesLogo: false },
    noMistakes,
    whatWasDone(request),
    deps,
    await glanceOf(app, member.session.user.id, deps),
  )
})

/**
 * `POST /developers/{api_key}`: changes what differs from what the form held at first, so that two forms which change
 * different things both get theirs.
 */
export const saveApp = memberFileForm<PageDeps & FileFormDeps>(async (member, form, request, deps) => {
  const app = await ownApp(member, request, deps)
  const [values, was] = [typedIn(form), typedIn(form, 'was_')]
  const [uris, before] = [redirectUrisOf(values), redirectUrisOf(was)]
  const ownerId = member.session.user.id
  const logo = await takePicture(form, 'logo', 'img_square', ownerId, deps)
  const typed = { values, was, keptLogo: logo.cid, removesLogo: logo.isRemoved }
  const add = uris.filter((uri) => !before.includes(uri))
  const said = {
    name: values.name === was.name ? undefined : values.name,
    description: values.description === was.description ? undefined : values.description,
    facts: changedFacts(values.facts, was.facts),
  }
  const rules = appFaults({ ...said, redirectUris: add }, deps.brand)
  if (logo.mistake !== undefined) {
    const others = mistakesOf(rules, values)
    return appForm(422, member, app, typed, { ...others, logo: logo.mistake }, null, deps)
  }
  const remove = before.filter((uri) => !uris.includes(uri))
  if (rules.length === 0 && add.length + remove.length > 0) {
    const kept = form.entries.filter(([name]) => name !== 'kept_logo')
    const fields = logo.cid === null ? kept : [...kept, ['kept_logo', logo.cid] as const]
    const asked = await reauthenticate(member, form, request, deps, fields)
    if (asked !== undefined) return asked
  }
  const faults = await changeApp(
    { apiKey: app.apiKey, ownerId },
    { ...said, logo: logo.change, redirectUris: { add, remove } },
    deps,
  )
  if (faults === 'unknown') throw interaction.noPage()
  if (faults.length === 0) return done(`/developers/${app.apiKey}`, 'saved')
  const mistakes = mistakesOf(faults, values)
  // A logo that was kept for a second try can have gone meanwhile; what was typed has not.
  const keptLogo = mistakes.logo === undefined ? logo.cid : null
  return appForm(422, member, app, { ...typed, keptLogo }, mistakes, null, deps)
})

/** Answers the page of an app with its form. */
export async function appForm(
  status: number,
  { csrf, cookies }: Member,
  app: App,
  typed: AppTyped,
  mistakes: AppMistakes,
  done: string | null,
  deps: PageDeps,
  glance: GlanceWords | null = null,
): Promise<Reply> {
  const history = { entries: await recentChanges(app.apiKey, deps), now: deps.clock() }
  const page = appPage({
    page: pageOf(deps),
    app: listed(app, deps),
    glance,
    history,
    isSuspended: app.suspendedAt !== null,
    idTokens: deps.openid === null ? null : (await deps.store.findIdTokenUse(app.apiKey)).algorithm,
    bindsTokens: deps.dpop === null ? null : app.bindsTokens,
    ...typed,
    mistakes,
    done,
    csrf,
  })
  return renderMember(status, page, cookies)
}

import type { Reply } from '../../message.ts'
import { changeApp } from '../../oauth/register-app.ts'
import { interaction } from '../../page-errors.ts'
import type { App } from '../../store/store.ts'
import { type Member, memberForm, memberPage } from '../member.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, showMember } from '../show.ts'
import { appPage } from '../views/developers/app.tsx'
import type { AppMistakes, AppValues } from '../views/developers/app-fields.tsx'
import { linesOf, mistakesOf, noMistakes, typedIn, valuesOf } from './app-values.ts'
import { done, whatWasDone } from './done.ts'
import { listed } from './listed.ts'
import { ownApp } from './own-app.ts'

/** `GET /developers/{api_key}`: an app's key, and what its developer says of it. */
export const showApp = memberPage<PageDeps>(async (member, request, deps) => {
  const app = await ownApp(member, request, deps)
  const values = valuesOf(app)
  return appForm(200, member, app, { values, was: values }, noMistakes, whatWasDone(request), deps)
})

/**
 * `POST /developers/{api_key}`: changes what differs from what the form held at first, so that two forms which change
 * different things both get theirs.
 */
export const saveApp = memberForm<PageDeps>(async (member, form, request, deps) => {
  const app = await ownApp(member, request, deps)
  const [values, was] = [typedIn(form), typedIn(form, 'was_')]
  const [uris, before] = [linesOf(values.redirectUris), linesOf(was.redirectUris)]
  const faults = await changeApp(
    { apiKey: app.apiKey, ownerId: member.session.user.id },
    {
      name: values.name === was.name ? undefined : values.name,
      description: values.description === was.description ? undefined : values.description,
      redirectUris: {
        add: uris.filter((uri) => !before.includes(uri)),
        remove: before.filter((uri) => !uris.includes(uri)),
      },
    },
    deps,
  )
  if (faults === 'unknown') throw interaction.noPage()
  if (faults.length === 0) return done(`/developers/${app.apiKey}`, 'saved')
  return appForm(422, member, app, { values, was }, mistakesOf(faults), null, deps)
})

/** Answers the page of an app with its form. */
export function appForm(
  status: number,
  { csrf, cookies }: Member,
  app: App,
  { values, was }: { readonly values: AppValues; readonly was: AppValues },
  mistakes: AppMistakes,
  done: string | null,
  deps: PageDeps,
): Reply {
  const page = appPage({ page: pageOf(deps), app: listed(app), values, was, mistakes, done, csrf })
  return showMember(status, page, cookies)
}

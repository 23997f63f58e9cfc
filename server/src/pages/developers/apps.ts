import { registerApp } from '../../apps/register.ts'
import { type Reply, seeOther } from '../../http/message.ts'
import type { App } from '../../store/contract/store.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, renderMember } from '../render.ts'
import { type Member, memberForm, memberPage } from '../session/member.ts'
import type { AppMistakes, AppValues } from '../views/developers/app-fields.tsx'
import { appsPage } from '../views/developers/apps.tsx'
import { emptyValues, mistakesOf, noMistakes, redirectUrisOf, typedIn } from './app-values.ts'
import { done, whatWasDone } from './done.ts'
import { listed } from './listed.ts'

/** `GET /developers`: one's apps, and a form for another. */
export const showApps = memberPage<PageDeps>((member, request, deps) =>
  appsForm(200, member, emptyValues, noMistakes, null, whatWasDone(request), deps),
)

/** `POST /developers`: registers an app. The same form sent twice leads to the one app. */
export const createApp = memberForm<PageDeps>(async (member, form, _request, deps) => {
  const values = typedIn(form)
  if (mustConfirm(member, deps)) return appsForm(403, member, values, noMistakes, null, null, deps)
  const ownerId = member.session.user.id
  const redirectUris = redirectUrisOf(values)
  const registration = await registerApp({ name: values.name, redirectUris, ownerId }, deps)
  if ('app' in registration) return done(`/developers/${registration.app.apiKey}`, 'created')
  const { faults, twin } = registration
  if (twin?.name === values.name && isSameSet(twin.redirectUris, redirectUris))
    return done(`/developers/${twin.apiKey}`, 'created')
  return appsForm(422, member, values, mistakesOf(faults, values), twin, null, deps)
})

/** `GET /plans`, `GET /settings/developer-apps`: where the hosted service has its keys. */
export const leadToApps = (): Reply => seeOther('/developers')

const isSameSet = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((uri) => others.includes(uri))

const mustConfirm = ({ session }: Member, { mailQueue }: PageDeps): boolean =>
  mailQueue !== null && session.user.emailStatus !== 'confirmed'

async function appsForm(
  status: number,
  member: Member,
  values: AppValues,
  mistakes: AppMistakes,
  twin: App | null,
  done: string | null,
  deps: PageDeps,
): Promise<Reply> {
  const { session, csrf, cookies } = member
  const apps = await deps.store.listAppsOf(session.user.id)
  const page = appsPage({
    page: pageOf(deps),
    apps: apps.map((app) => listed(app, deps)),
    values,
    mistakes,
    twin: twin && listed(twin, deps),
    done,
    unconfirmed: mustConfirm(member, deps)
      ? { status: session.user.emailStatus, isInTheWay: status === 403 }
      : null,
    csrf,
  })
  return renderMember(status, page, cookies)
}

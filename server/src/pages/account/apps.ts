import { noFacts } from '../../apps/app-facts.ts'
import { redirectHost } from '../../apps/redirect-uri.ts'
import { linksOf } from '../app-links.ts'
import { pageOf, pictureOf, renderMember } from '../render.ts'
import { memberForm, memberPage } from '../session/member.ts'
import { appsPage } from '../views/account/apps.tsx'
import type { AccountDeps } from './account-deps.ts'
import { done, whatWasDone } from './done.ts'

/** `GET /account/apps`: what the apps one has allowed may do, and did. */
export const showConnectedApps = memberPage<AccountDeps>(
  async ({ session, csrf, cookies }, request, deps) => {
    const now = deps.clock()
    const connected = await deps.store.listConnectedApps(session.user.id, now)
    const apps = connected.map(({ app, ...words }) => ({
      ...words,
      apiKey: app?.apiKey ?? null,
      documentHost: app?.documentAddress ? new URL(app.documentAddress).host : null,
      links: linksOf(app?.facts ?? noFacts),
      logo: pictureOf(app?.logo ?? null, deps),
      redirectHost: words.redirectUri === '' ? '' : redirectHost(words.redirectUri),
    }))
    const page = appsPage({ page: pageOf(deps), apps, done: whatWasDone(request), csrf, now })
    return renderMember(200, page, cookies)
  },
)

/** `POST /account/apps/end`: ends an app's access; ending what has ended is no mistake. */
export const endAccess = memberForm<AccountDeps>(async ({ session }, form, _request, { store, clock }) => {
  const { id } = session.user
  const apiKey = form.get('api_key')
  if (apiKey === undefined)
    await store.endUnregisteredApp(id, form.get('name') ?? '', form.get('redirect_uri') ?? '', clock())
  else await store.withdrawGrant(id, apiKey, clock())
  return done('/account/apps', 'ended')
})

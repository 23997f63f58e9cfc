import { type Reply, type Request, seeOther } from '../../http/message.ts'
import { type Params, readBody, readForm } from '../../http/params.ts'
import type { OpenId } from '../../oauth/openid/id-token.ts'
import { type LogoutRequest, logoutRequest } from '../../oauth/openid/logout.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, personOf, render } from '../render.ts'
import { type Browser, browserOf, sessionCookie, submission } from '../session/browser.ts'
import { shownTo } from '../session/form-token.ts'
import { signOutPage } from './signed-out.tsx'

type Deps = PageDeps & { readonly openid: OpenId }

const names = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'] as const

/**
 * `GET /v1/oauth/logout`: an app logs a person out (RP-Initiated Logout §2). Who was shown to this app in this very session is
 * logged out at once; anybody else is asked, as a link alone must not sign anyone out.
 */
export async function logOut(request: Request, deps: Deps): Promise<Reply> {
  const params = readForm(request.query)
  const asked = await logoutRequest(params, deps)
  const from = await browserOf(request, deps)
  const { session } = from
  // HEAD ends nothing.
  if (request.method === 'HEAD') return render(200, '', null, [])
  if (session === undefined || asked.hint?.sid === session.sid) return ended(asked, from, deps)
  const page = signOutPage({
    page: pageOf(deps),
    person: personOf(session.user, deps),
    appName: asked.app?.name ?? null,
    fields: fieldsOf(params),
    hidden: { request: null, next: null, csrf: from.csrf },
  })
  const target = asked.returnTo === null ? null : { redirectUri: asked.returnTo }
  return render(200, page, target, from.cookies)
}

/** `POST /v1/oauth/logout`, from another site, whose browser sends no cookie with it: it comes again by GET. */
export function logOutByForm(request: Request): Reply {
  return askAgain(readBody(request.header('content-type'), request.body))
}

const askAgain = (params: Params): Reply =>
  seeOther(`/v1/oauth/logout?${new URLSearchParams(fieldsOf(params).map(([name, value]) => [name, value]))}`)

/** `POST /logout`: the person was asked, and signs out. */
export async function confirmLogout(request: Request, deps: Deps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  // A page that was shown to somebody else signs nobody out.
  if (from.session !== undefined && !shownTo(form.get('csrf'), from, deps)?.acts) return askAgain(form)
  return ended(await logoutRequest(form, deps), from, deps)
}

async function ended(asked: LogoutRequest, { session }: Browser, deps: Deps): Promise<Reply> {
  const { hint, app } = asked
  // The app has logged out: what it was given in that session ends as well.
  if (hint !== null && hint.sid !== null && app !== null)
    await deps.store.endLoginsOf(hint.sid, app.apiKey, deps.clock())
  if (session !== undefined) await deps.store.deleteSession(session.digest, deps.clock())
  return seeOther(asked.returnTo ?? '/signed-out', [sessionCookie('', 0, deps.issuer)])
}

const fieldsOf = (params: Params): readonly (readonly [string, string])[] =>
  names.flatMap((name) => {
    const value = params.get(name)
    return value === undefined ? [] : [[name, value] as const]
  })

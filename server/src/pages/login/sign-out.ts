import { type Reply, type Request, seeOther } from '../../http/message.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, personOf, render } from '../render.ts'
import { browserOf, sessionCookie, submission } from '../session/browser.ts'
import { shownTo } from '../session/form-token.ts'
import { signedOutPage, signOutPage } from './signed-out.tsx'

/** `GET /sign-out`: asks first, as a link alone must not sign anyone out. */
export async function askToSignOut(request: Request, deps: PageDeps): Promise<Reply> {
  const { session, csrf, cookies } = await browserOf(request, deps)
  if (session === undefined) return seeOther('/signed-out', cookies)
  const page = signOutPage({
    page: pageOf(deps),
    person: personOf(session.user, deps),
    hidden: { request: null, next: null, csrf },
  })
  return render(200, page, null, cookies)
}

/** `POST /sign-out`: ends the session on the server and in the browser. */
export async function signOut(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const { session } = from
  // A page that was shown to somebody else signs nobody out.
  if (session !== undefined && !shownTo(form.get('csrf'), from, deps)?.acts)
    return askToSignOut(request, deps)
  if (session !== undefined) await deps.store.deleteSession(session.digest, deps.clock())
  return seeOther('/signed-out', [sessionCookie('', 0, deps.issuer)])
}

/** `GET /signed-out` */
export function showSignedOut(_request: Request, deps: PageDeps): Reply {
  return render(200, signedOutPage({ page: pageOf(deps) }), null, [])
}

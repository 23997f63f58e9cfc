import { notifyOfNewEmail } from '../../accounts/notify.ts'
import { read } from '../../crypto/secret.ts'
import { type Reply, type Request, seeOther } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, render } from '../render.ts'
import { type Browser, browserOf, submission } from '../session/browser.ts'
import { discreet } from './choose.ts'
import { confirmEmailPage, emailConfirmedPage, emailNotChangedPage } from './confirm-email.tsx'

/** `GET /confirm-email`: asks whether an address is to be an account's. Looking at a link does not use it. */
export async function askToConfirmEmail(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await browserOf(request, deps)
  const link = read('email', readForm(request.query).get('token'))
  const change = link && (await deps.store.findEmailChange(link.digest, deps.clock()))
  if (link === undefined || change === undefined) return refuse('gone', from, deps)
  const page = confirmEmailPage({
    page: pageOf(deps),
    token: link.text,
    handle: change.user.handle,
    email: change.email,
    isNew: change.email !== change.user.email,
    csrf: from.csrf,
  })
  return discreet(render(200, page, null, from.cookies))
}

/** `POST /confirm-email`: makes the address the account's that asked, in whichever browser. */
export async function confirmEmail(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const link = read('email', form.get('token'))
  if (link === undefined) return refuse('gone', from, deps)
  const confirmation = await deps.store.confirmEmailChange(link.digest, deps.clock())
  if (confirmation.outcome === 'gone' || confirmation.outcome === 'taken')
    return refuse(confirmation.outcome, from, deps)
  // The button may be pressed twice: what the first has done is told once more, and nobody else of it.
  if (confirmation.outcome === 'changed' && confirmation.user.email !== confirmation.email)
    notifyOfNewEmail(confirmation.user, deps)
  return seeOther('/confirm-email/done', from.cookies)
}

/** `GET /confirm-email/done` */
export async function showEmailConfirmed(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await browserOf(request, deps)
  return render(200, emailConfirmedPage({ page: pageOf(deps) }), null, from.cookies)
}

function refuse(why: 'gone' | 'taken', from: Browser, deps: PageDeps): Reply {
  const page = emailNotChangedPage({ page: pageOf(deps), why })
  return discreet(render(why === 'gone' ? 410 : 409, page, null, from.cookies))
}

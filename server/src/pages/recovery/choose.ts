import { notifyOfReset } from '../../accounts/notify.ts'
import { hashPassword } from '../../accounts/password.ts'
import { passwordProblem } from '../../accounts/password-rules.ts'
import { newSession } from '../../accounts/session.ts'
import { signedInBefore } from '../../accounts/sign-in.ts'
import { type Credential, read } from '../../crypto/secret.ts'
import type { Reply, Request } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { sidOf } from '../../store/contract/session-name.ts'
import { type Purpose, purposeOf } from '../login/destination.ts'
import { byPassword, continueLogin, startLogin } from '../login/sign-in.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, render } from '../render.ts'
import { type Browser, browserOf, sessionPlaceOf, signedInCookies, submission } from '../session/browser.ts'
import { newPasswordPage, resetEndedPage } from './choose.tsx'
import { hiddenOf, pendingRequest } from './purpose.ts'

/** `GET /reset-password/new`: asks for the new password. Looking at a link does not use it. */
export async function askForNewPassword(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await browserOf(request, deps)
  const query = readForm(request.query)
  return newPasswordForm(200, query.get('token'), purposeOf(query), from, null, deps)
}

/** `POST /reset-password/new`: sets the password and goes on, signed in anew, with what the person came for. */
export async function setNewPassword(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const purpose = purposeOf(form)
  const token = form.get('token')
  const chosen = form.get('new_password') ?? ''
  const link = read('reset', token)
  const user = link && (await deps.store.findReset(link.digest, deps.clock()))
  if (link === undefined || user === undefined) return repeated(link, chosen, purpose, from, deps)
  const problem = passwordProblem(chosen, { ...user, brand: deps.brand }, deps.commonPasswords)
  if (problem !== undefined) return newPasswordForm(422, token, purpose, from, problem, deps)
  const { credential, session } = newSession(user.id, null, sessionPlaceOf(from), deps)
  const to = await hashPassword(chosen)
  if (!(await deps.store.resetPassword({ digest: link.digest, to, session })))
    return repeated(link, chosen, purpose, from, deps)
  notifyOfReset(user, deps)
  const pending = await pendingRequest(purpose, from, deps)
  const cookies = signedInCookies(from, credential, deps.issuer)
  return continueLogin(
    { user, method: null, digest: credential.digest, sid: sidOf(credential.digest) },
    pending,
    nextOf(purpose),
    cookies,
    deps,
  )
}

const nextOf = ({ next }: Purpose) => next ?? '/account/security?done=reset'

// The same form a second time, by a double click or a reload, is told what the first has done.
async function repeated(
  link: Credential | undefined,
  chosen: string,
  purpose: Purpose,
  from: Browser,
  deps: PageDeps,
): Promise<Reply> {
  const ended = link && (await deps.store.findEndedReset(link.digest, deps.clock()))
  const known = ended && (await signedInBefore(ended.handle, chosen, from.browser.digest, deps))
  const next = { ...purpose, next: nextOf(purpose) }
  const started = known && (await startLogin(known.user, byPassword(known), next, from, deps))
  return started ?? linkEnded(purpose, from, deps)
}

async function newPasswordForm(
  status: number,
  token: string | undefined,
  purpose: Purpose,
  from: Browser,
  error: string | null,
  deps: PageDeps,
): Promise<Reply> {
  const link = read('reset', token)
  const user = link && (await deps.store.findReset(link.digest, deps.clock()))
  if (link === undefined || user === undefined) return linkEnded(purpose, from, deps)
  const pending = await pendingRequest(purpose, from, deps)
  const hidden = hiddenOf(pending, purpose, from)
  const page = newPasswordPage({
    page: pageOf(deps),
    hidden,
    token: link.text,
    handle: user.handle,
    error,
  })
  return discreet(render(status, page, pending?.request ?? null, from.cookies))
}

async function linkEnded(purpose: Purpose, from: Browser, deps: PageDeps): Promise<Reply> {
  const hidden = hiddenOf(await pendingRequest(purpose, from, deps), purpose, from)
  return discreet(render(410, resetEndedPage({ page: pageOf(deps), hidden }), null, from.cookies))
}

/** Answers a page whose address holds a token, which no request from it repeats. */
export const discreet = (reply: Reply): Reply => ({
  ...reply,
  // Not no-referrer: with it browsers send `Origin: null` with our own forms.
  headers: { ...reply.headers, 'referrer-policy': 'strict-origin' },
})

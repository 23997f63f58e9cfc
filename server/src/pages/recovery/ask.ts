import { sendReset } from '../../accounts/reset-password.ts'
import { networkOf } from '../../http/ip-address.ts'
import { type Reply, type Request, seeOther } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { quotaOf } from '../../rate-limits/rules.ts'
import { toldToWait, tooMany } from '../forms/retry-after.ts'
import { type Purpose, purposeOf } from '../login/destination.ts'
import type { PageDeps } from '../page-deps.ts'
import { clientOf, pageOf, render } from '../render.ts'
import { type Browser, browserOf, submission } from '../session/browser.ts'
import { within } from '../views/form.tsx'
import { askForResetPage, noMailPage, resetSentPage } from './ask.tsx'
import { hiddenOf, pendingRequest } from './purpose.ts'

/** `GET /reset-password`: asks whose password is forgotten. */
export async function askForReset(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await browserOf(request, deps)
  return resetForm(200, purposeOf(readForm(request.query)), from, '', null, deps)
}

/** `POST /reset-password`: sends a link, and answers the same whether or not there is such an account. */
export async function sendResetLink(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const { mailQueue, issuer } = deps
  const purpose = purposeOf(form)
  const login = (form.get('login') ?? '').trim()
  if (mailQueue === null) return resetForm(200, purpose, from, login, null, deps)
  if (login === '') return resetForm(422, purpose, from, login, 'Enter your email or handle.', deps)
  const attempt = deps.knowsNetworks
    ? await deps.limits.begin([{ of: 'mail', key: networkOf(request.address) }])
    : undefined
  if (attempt !== undefined && 'waitMs' in attempt) {
    const words = tooMany(attempt.waitMs, 'emails were asked for from your network')
    return toldToWait(
      await resetForm(429, purpose, from, login, words, deps),
      attempt.waitMs,
      quotaOf('mail'),
    )
  }
  const hidden = hiddenOf(await pendingRequest(purpose, from, deps), purpose, from)
  const linkTo = (token: string) => {
    const [path, kept] = within('/reset-password/new', hidden).split('?')
    return `${issuer}${path}?token=${token}${kept === undefined ? '' : `&${kept}`}`
  }
  sendReset(login, linkTo, { ...deps, mailQueue })
  return seeOther(within('/reset-password/sent', hidden), from.cookies)
}

/** `GET /reset-password/sent` */
export async function showResetSent(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await browserOf(request, deps)
  const purpose = purposeOf(readForm(request.query))
  const hidden = hiddenOf(await pendingRequest(purpose, from, deps), purpose, from)
  const page = resetSentPage({ page: pageOf(deps), hidden, hasOutbox: deps.outbox !== null })
  return render(200, page, null, from.cookies)
}

async function resetForm(
  status: number,
  purpose: Purpose,
  from: Browser,
  login: string,
  error: string | null,
  deps: PageDeps,
): Promise<Reply> {
  const pending = await pendingRequest(purpose, from, deps)
  const hidden = hiddenOf(pending, purpose, from)
  if (deps.mailQueue === null)
    return render(404, noMailPage({ page: pageOf(deps), hidden }), null, from.cookies)
  const client = pending && clientOf(pending, deps)
  const page = askForResetPage({ page: pageOf(deps), client, hidden, login, error })
  return render(status, page, pending?.request ?? null, from.cookies)
}

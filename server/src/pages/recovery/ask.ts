import { sendReset } from '../../accounts/reset-password.ts'
import { networkOf } from '../../http/ip-address.ts'
import { type Reply, type Request, seeOther } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { quotaOf } from '../../rate-limits/rules.ts'
import { toldToWait, tooMany } from '../forms/retry-after.ts'
import { type Purpose, purposeOf } from '../login/destination.ts'
import type { PageDeps } from '../page-deps.ts'
import { clientOf, pageOf, show } from '../render.ts'
import { submission, type Visitor, visitor } from '../session/browser.ts'
import { within } from '../views/form.tsx'
import { askForResetPage, noMailPage, resetSentPage } from './ask.tsx'
import { heldRequest, hiddenOf } from './purpose.ts'

/** `GET /reset-password`: asks whose password is forgotten. */
export async function askForReset(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await visitor(request, deps)
  return resetForm(200, purposeOf(readForm(request.query)), from, '', null, deps)
}

/** `POST /reset-password`: sends a link, and answers the same whether or not there is such an account. */
export async function sendResetLink(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const { post, issuer } = deps
  const purpose = purposeOf(form)
  const login = (form.get('login') ?? '').trim()
  if (post === null) return resetForm(200, purpose, from, login, null, deps)
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
  const hidden = hiddenOf(await heldRequest(purpose, from, deps), purpose, from)
  const linkTo = (token: string) => {
    const [path, kept] = within('/reset-password/new', hidden).split('?')
    return `${issuer}${path}?token=${token}${kept === undefined ? '' : `&${kept}`}`
  }
  sendReset(login, linkTo, { ...deps, post })
  return seeOther(within('/reset-password/sent', hidden), from.cookies)
}

/** `GET /reset-password/sent` */
export async function showResetSent(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await visitor(request, deps)
  const purpose = purposeOf(readForm(request.query))
  const hidden = hiddenOf(await heldRequest(purpose, from, deps), purpose, from)
  const page = resetSentPage({ page: pageOf(deps), hidden, hasOutbox: deps.outbox !== null })
  return show(200, page, null, from.cookies)
}

async function resetForm(
  status: number,
  purpose: Purpose,
  from: Visitor,
  login: string,
  error: string | null,
  deps: PageDeps,
): Promise<Reply> {
  const held = await heldRequest(purpose, from, deps)
  const hidden = hiddenOf(held, purpose, from)
  if (deps.post === null) return show(404, noMailPage({ page: pageOf(deps), hidden }), null, from.cookies)
  const client = held && clientOf(held, deps)
  const page = askForResetPage({ page: pageOf(deps), client, hidden, login, error })
  return show(status, page, held?.request ?? null, from.cookies)
}

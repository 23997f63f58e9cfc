import { confirmOwnEmail } from '../../accounts/confirm-email.ts'
import { signedInBefore } from '../../accounts/sign-in.ts'
import { type SignUpErrors, type SignUpForm, signUp } from '../../accounts/sign-up.ts'
import { networkOf } from '../../http/ip-address.ts'
import type { Reply, Request } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { openRequest, unansweredRequest } from '../../oauth/open-request.ts'
import { quotaOf } from '../../rate-limits/rules.ts'
import { headersOf, TooMany } from '../../rate-limits/too-many.ts'
import type { NewUser } from '../../store/contract/store.ts'
import { toldToWait, tooMany } from '../forms/retry-after.ts'
import type { PageDeps } from '../page-deps.ts'
import { clientOf, pageOf, render } from '../render.ts'
import { type Browser, browserOf, submission } from '../session/browser.ts'
import { type Purpose, purposeOf } from './destination.ts'
import { byPassword, enterFirst, startLogin } from './sign-in.ts'
import { signUpPage } from './sign-up.tsx'

const empty: SignUpForm = { handle: '', name: '', email: '', password: '' }

/** `GET /sign-up`: offers to open an account. */
export async function askToSignUp(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await browserOf(request, deps)
  return signUpForm(200, purposeOf(readForm(request.query)), from, empty, {}, deps)
}

/** `POST /sign-up`: opens an account, signs it in and goes on with what was asked. */
export async function openAccount(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const purpose = purposeOf(form)
  // An account that nobody is then signed in to would only be in the way of the next attempt.
  if (purpose.requestId !== undefined) await openRequest(purpose.requestId, from.browsers, deps)
  const typed = {
    handle: form.get('handle') ?? '',
    name: form.get('name') ?? '',
    email: form.get('email') ?? '',
    password: form.get('password') ?? '',
  }
  const beyond = newAccountsBeyond(request, deps)
  if (beyond !== undefined) {
    const errors = { email: tooMany(beyond.seconds * 1000, 'new accounts from your network') }
    const page = await signUpForm(429, purpose, from, typed, errors, deps)
    return { ...page, headers: { ...page.headers, ...headersOf(beyond) } }
  }
  const result = await open(typed, request, deps)
  if ('waitMs' in result) {
    const errors = { email: tooMany(result.waitMs, 'addresses from your network') }
    const page = await signUpForm(429, purpose, from, typed, errors, deps)
    return toldToWait(page, result.waitMs, quotaOf('network'))
  }
  if ('errors' in result) {
    // The same form a second time, by a double click or a reload.
    const known = await signedInBefore(typed.handle, typed.password, from.browser.digest, deps)
    const started = known && (await startLogin(known.user, byPassword(known), purpose, from, deps))
    return started ?? signUpForm(422, purpose, from, typed, result.errors, deps)
  }
  const { mailQueue } = deps
  mailQueue?.enqueue(async () => {
    await confirmOwnEmail(result.user, { ...deps, mailQueue })
    return []
  })
  return enterFirst(result.user, purpose, from, deps)
}

// Counted here and not where the request comes in, so that what was typed is kept.
function newAccountsBeyond(request: Request, { limits, knowsNetworks }: PageDeps): TooMany | undefined {
  if (!knowsNetworks) return undefined
  try {
    limits.take('sign-up', networkOf(request.address))
    return undefined
  } catch (error) {
    if (error instanceof TooMany) return error
    throw error
  }
}

type Opened = Awaited<ReturnType<typeof signUp>>

// Where mail is sent, an address is whose owner confirms it: whether it has an account shows in nothing that is said here.
async function open(
  typed: SignUpForm,
  request: Request,
  deps: PageDeps,
): Promise<Opened | { readonly waitMs: number }> {
  const as = (emailClaim: NewUser['emailClaim']) =>
    signUp(typed, { isVerified: false, profilePicture: null, emailClaim }, deps)
  if (deps.mailQueue === null) return countTaken(request, deps, () => as('first'))
  if (deps.confirmsByLink) return as('unconfirmed')
  const result = await as('confirmed')
  return 'errors' in result && result.taken === 'email' ? as('unconfirmed') : result
}

// Without mail, whoever tries one address after the other would learn which of them have an account.
async function countTaken(
  request: Request,
  { limits, knowsNetworks }: PageDeps,
  open: () => Promise<Opened>,
): Promise<Opened | { readonly waitMs: number }> {
  const from = knowsNetworks ? [{ of: 'network', key: networkOf(request.address) } as const] : []
  const attempt = await limits.begin(from)
  if ('waitMs' in attempt) return attempt
  let isTaken = false
  try {
    const result = await open()
    isTaken = 'errors' in result && result.taken === 'email'
    return result
  } finally {
    if (!isTaken) await attempt.cancel()
  }
}

async function signUpForm(
  status: number,
  { requestId, next }: Purpose,
  from: Browser,
  values: SignUpForm,
  errors: SignUpErrors,
  deps: PageDeps,
): Promise<Reply> {
  const pending = requestId === undefined ? null : await unansweredRequest(requestId, from.browsers, deps)
  const page = signUpPage({
    page: pageOf(deps),
    client: pending && clientOf(pending, deps),
    hidden: { request: pending?.text ?? null, next, csrf: from.csrf },
    values,
    errors,
  })
  return render(status, page, pending?.request ?? null, from.cookies)
}

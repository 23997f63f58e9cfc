import { notifyOfNewBrowser } from '../../accounts/notify.ts'
import { type Proven, startSession } from '../../accounts/session.ts'
import { checkCredentials } from '../../accounts/sign-in.ts'
import { interaction } from '../../errors/interaction.ts'
import { networkOf } from '../../http/ip-address.ts'
import { type Cookie, type Reply, type Request, seeOther } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { nextStep } from '../../oauth/authorize.ts'
import type { SignedIn } from '../../oauth/new-code.ts'
import { type OpenRequest, openRequest, unansweredRequest } from '../../oauth/open-request.ts'
import { quotaOf } from '../../rate-limits/rules.ts'
import type { Credentials, User } from '../../store/contract/store.ts'
import { toldToWait, tooMany } from '../forms/retry-after.ts'
import type { PageDeps } from '../page-deps.ts'
import { clientOf, pageOf, personOf, redirectToStep, render } from '../render.ts'
import { type Browser, browserOf, sessionPlaceOf, signedInCookies, submission } from '../session/browser.ts'
import { type Purpose, purposeOf } from './destination.ts'
import { type AskedFor, signInPage } from './sign-in.tsx'

/** `GET /sign-in`: asks who the person is, for an authorization request or for our own pages. */
export async function askToSignIn(request: Request, deps: PageDeps): Promise<Reply> {
  const from = await browserOf(request, deps)
  return signInForm(200, purposeOf(readForm(request.query)), from, '', null, deps)
}

/** `POST /sign-in`: starts a session with a password, then goes on with what was asked. */
export async function signIn(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const login = form.get('login') ?? ''
  const at = { browser: from.browser.digest, network: deps.knowsNetworks ? networkOf(request.address) : null }
  const result = await checkCredentials(login, form.get('password') ?? '', at, deps)
  const refuse = (status: number, words: string) =>
    signInForm(status, purposeOf(form), from, login, words, deps)
  if (result.outcome === 'right') {
    const proven = byPassword(result)
    const started = await startLogin(result.user, proven, purposeOf(form), from, deps, login)
    return started ?? refuse(422, mismatch)
  }
  if (result.outcome === 'disabled') return refuse(403, disabledWords(deps))
  if (result.outcome === 'wrong') return refuse(422, mismatch)
  return toldToWait(
    await refuse(429, `${tooMany(result.waitMs)} ${otherWay}`),
    result.waitMs,
    quotaOf('account'),
  )
}

/** That somebody has shown the password of an account. */
export const byPassword = ({ passwordHash }: Credentials): Proven => ({
  method: 'password',
  proof: { passwordHash },
})

/** What is said to who proves that a disabled account is theirs. */
export const disabledWords = ({ issuer }: PageDeps): string =>
  `This account is disabled, so it cannot be signed in to. Ask whoever runs ${new URL(issuer).host} about it.`

const mismatch = 'The email or handle and the password do not match.'
const otherWay = 'In a browser in which you have signed in before, you need not wait for others’ mistakes.'

/** `POST /dev/sign-in`, in development alone: signs a sample account in with one click. */
export async function signInAsSample(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const handle = deps.sampleHandles.find((sample) => sample === form.get('handle'))
  const user = handle === undefined ? undefined : await deps.store.findUserByHandle(handle)
  if (user === undefined) throw interaction.unknownLogin()
  const started = await startLogin(user, { method: null, proof: null }, purposeOf(form), from, deps)
  if (started === null) throw interaction.unknownLogin()
  return started
}

/**
 * Starts a person's session and goes on with what they came for; tells them by mail of a browser that is new. Null where
 * what they signed in with was taken away meanwhile.
 */
export async function startLogin(
  user: User,
  proven: Proven,
  purpose: Purpose,
  from: Browser,
  deps: PageDeps,
  typed: string | null = null,
): Promise<Reply | null> {
  const begun = await begin(user, proven, purpose, from, deps, typed)
  if (begun?.isNewBrowser) notifyOfNewBrowser(user, from.place.device, deps)
  return begun?.reply ?? null
}

/** As `enter`, for an account that has just been opened: it has no other browser. */
export const enterFirst = async (
  user: User,
  purpose: Purpose,
  from: Browser,
  deps: PageDeps,
): Promise<Reply> => {
  const begun = await begin(user, { method: 'password', proof: null }, purpose, from, deps)
  if (begun === null) throw interaction.unknownLogin()
  return begun.reply
}

async function begin(
  user: User,
  proven: Proven,
  { requestId, next }: Purpose,
  from: Browser,
  deps: PageDeps,
  typed: string | null = null,
): Promise<{ readonly reply: Reply; readonly isNewBrowser: boolean } | null> {
  const pending = requestId === undefined ? null : await openRequest(requestId, from.browsers, deps, typed)
  const started = await startSession(user.id, proven, sessionPlaceOf(from), deps)
  if (started === null) return null
  const { credential, isNewBrowser, sid } = started
  const cookies = signedInCookies(from, credential, deps.issuer)
  const reply = await continueLogin(
    { user, method: proven.method, digest: credential.digest, sid },
    pending,
    next ?? '/',
    cookies,
    deps,
  )
  return { reply, isNewBrowser }
}

/** Goes on with what a person came for whose session has just started. @param next where to without a request */
export async function continueLogin(
  who: Pick<SignedIn, 'user' | 'method' | 'digest' | 'sid'>,
  pending: OpenRequest | null,
  next: string,
  cookies: readonly Cookie[],
  deps: PageDeps,
): Promise<Reply> {
  if (pending === null) return seeOther(next, cookies)
  const now = deps.clock()
  const session = { ...who, createdAt: now, usedAt: now, authenticatedAt: now }
  return redirectToStep(await nextStep(pending, session, deps), cookies)
}

/** The page with what is wrong on it. */
export async function signInForm(
  status: number,
  { requestId, next }: Purpose,
  from: Browser,
  login: string,
  error: string | null,
  deps: PageDeps,
): Promise<Reply> {
  const pending =
    requestId === undefined ? null : await unansweredRequest(requestId, from.browsers, deps, login)
  const asked = await askedFor(pending, from, deps)
  const samples = await Promise.all(
    deps.sampleHandles
      .filter((handle) => asked === null || handle === asked.handle)
      .map((handle) => deps.store.findUserByHandle(handle)),
  )
  const page = signInPage({
    page: pageOf(deps),
    client: pending && clientOf(pending, deps),
    hidden: { request: pending?.text ?? null, next, csrf: from.csrf },
    asked,
    login: login || (asked?.handle ?? pending?.request.loginHint ?? ''),
    error,
    picker: samples.filter((user) => user !== undefined).map((user) => personOf(user, deps)),
  })
  return render(status, page, pending?.request ?? null, from.cookies, 'run')
}

// Who alone may answer a request; null where anybody may.
async function askedFor(
  pending: OpenRequest | null,
  { session }: Browser,
  { store }: PageDeps,
): Promise<AskedFor | null> {
  const userId = pending?.request.hinted?.userId
  const user = userId === undefined ? undefined : await store.findProfile(userId)
  if (user === undefined) return null
  const isOther = session !== undefined && session.user.id !== userId
  return { handle: user.handle, other: isOther ? session.user.handle : null }
}

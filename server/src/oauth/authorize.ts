import { isLoopback, redirectHost } from '../apps/redirect-uri.ts'
import { unseal } from '../crypto/seal.ts'
import type { Sealer } from '../crypto/sealer.ts'
import { type Random, read, sameDigest } from '../crypto/secret.ts'
import { refusedRequest } from '../errors/authorization.ts'
import { interaction, startingAgain } from '../errors/interaction.ts'
import { RedirectError } from '../errors/oauth.ts'
import { notRedirected } from '../errors/page.ts'
import { type Query, readForm } from '../http/params.ts'
import { lifetimes } from '../limits.ts'
import type { AuthorizationRequest, RequestAnswer, RequestFinish } from '../store/contract/oauth.ts'
import type { Digest, Instant, Session } from '../store/contract/store.ts'
import { validRequest } from './authorization-request.ts'
import { authorizationResponse, errorResponse } from './authorization-response.ts'
import { type ClientDeps, type ProvenClient, provenClient } from './client.ts'
import { newCode, type SignedIn } from './new-code.ts'
import { finishedBy, type OpenRequest, type RequestDeps } from './open-request.ts'
import type { OpenId } from './openid/id-token.ts'
import { readHint } from './openid/id-token-hint.ts'
import { pushedParams } from './pushed-request.ts'
import type { SealedRequest } from './sealed-request.ts'
import { startAgain } from './start-again.ts'

export interface AuthorizeDeps extends ClientDeps, RequestDeps {
  readonly random: Random
  /** Null where OpenID Connect is switched off. */
  readonly openid: OpenId | null
  readonly sealer: Sealer
  /** Whether apps may send requests ahead of their browsers. */
  readonly takesPushed: boolean
}

/** A browser by its cookies: the one that new requests are bound to, and all that it sent. */
export interface BrowserCookies {
  readonly browser: { readonly digest: Digest }
  readonly browsers: readonly Digest[]
}

/** The next thing the person's browser does. */
export type Step =
  /** Go to the app with an answer. */
  | { readonly go: 'app'; readonly location: string }
  /** Ask the person, on our own page, about this sealed request. */
  | { readonly go: 'sign-in' | 'consent'; readonly request: string }

/**
 * Begins an authorization: proves the client, checks and seals the request, and says what comes next.
 * @param query the query as sent
 * @param from the browser, to whose cookie the request is bound
 * @param session who is signed in to that browser
 * @throws PageError before the redirect URI is proven, and for a client that is not registered; RedirectError otherwise.
 */
export async function authorize(
  query: string,
  from: BrowserCookies,
  session: SignedIn | undefined,
  deps: AuthorizeDeps,
): Promise<Step> {
  const sent = readForm(query)
  const params = deps.takesPushed ? pushedParams(sent, deps) : sent
  const client = await provenClient(params, session?.user.id ?? null, deps)
  try {
    const isPushed = params !== sent
    return await begin(params, client, isPushed, from, session, deps)
  } catch (error) {
    if (!(error instanceof RedirectError) || client.apiKey !== null) throw error
    const { redirectUri } = client
    throw notRedirected(error, redirectHost(redirectUri), errorResponse(error, deps.issuer))
  }
}

async function begin(
  params: Query,
  client: ProvenClient,
  isPushed: boolean,
  from: BrowserCookies,
  session: SignedIn | undefined,
  deps: AuthorizeDeps,
): Promise<Step> {
  const { request: valid, isSilent } = validRequest(params, client, deps.clock(), deps)
  if (client.documentPushesRequests && !isPushed) throw refusedRequest.notPushed().sentTo(valid)
  if (isSilent && session === undefined) throw refusedRequest.loginRequired().sentTo(valid)
  const request = await withHintedUser(valid, params.get('id_token_hint'), isSilent, deps)
  if (isSilent) {
    if (!isHinted(request, session)) throw refusedRequest.otherLogin().sentTo(request)
    if (!isSignedInFor(request, session)) throw refusedRequest.loginTooOld().sentTo(request)
  }
  const pending = deps.requests.seal(request, from.browser.digest)
  const step =
    (isProvenFor(request, session) ? await repeated(pending, from, session, deps) : undefined) ??
    (await nextStep({ ...pending, answer: undefined }, session, deps))
  if (isSilent && step.go === 'sign-in') throw refusedRequest.loginRequired().sentTo(request)
  if (isSilent && step.go === 'consent') throw refusedRequest.consentRequired().sentTo(request)
  return step
}

// An `id_token_hint` names the only person who may answer, whoever is signed in (Core §3.1.2.1).
async function withHintedUser(
  request: AuthorizationRequest,
  idToken: string | undefined,
  isSilent: boolean,
  { openid, issuer, store }: AuthorizeDeps,
): Promise<AuthorizationRequest> {
  if (idToken === undefined || openid === null) return request
  const hint = await readHint(idToken, { openid, issuer })
  const userId = hint && openid.userIdOf(hint.sub)
  // Without `openid` a hint that is none is an unknown parameter, ignored (RFC 6749 §3.1); of `prompt=none` the app is told, and asks again aloud.
  if (userId === undefined && request.openid === null && !isSilent) return request
  if (userId === undefined)
    throw (isSilent ? refusedRequest.otherLogin() : refusedRequest.hint()).sentTo(request)
  if ((await store.findProfile(userId)) === undefined) throw refusedRequest.hintedGone().sentTo(request)
  return { ...request, hinted: { userId, idToken } }
}

const isHinted = ({ hinted }: AuthorizationRequest, session: Session | undefined): boolean =>
  hinted === undefined || session?.user.id === hinted.userId

// The answer to an exchange can be lost: whoever asks the same again was allowed it a moment ago.
async function repeated(
  pending: SealedRequest,
  { browsers }: BrowserCookies,
  session: SignedIn,
  deps: AuthorizeDeps,
): Promise<Step | undefined> {
  const { request } = pending
  const repeated = { browsers, request, userId: session.user.id, since: deps.clock() - lifetimes.repeat }
  if (!(await deps.store.isRepeated(repeated))) return undefined
  const code = newCode(pending, session, true, deps)
  return (await deps.store.repeatApproval(repeated, code.stored))
    ? toApp(request, code.text, deps)
    : undefined
}

/**
 * Says what a request needs: a sign-in, the person's consent, or nothing more.
 * @throws PageError when somebody has answered it otherwise
 */
export async function nextStep(
  pending: SealedRequest & Pick<OpenRequest, 'answer'>,
  session: SignedIn | undefined,
  deps: AuthorizeDeps,
): Promise<Step> {
  const { request } = pending
  if (!isSignedInFor(request, session)) return { go: 'sign-in', request: pending.text }
  if (pending.answer !== undefined) return sameAnswer(pending.answer, pending, session, deps)
  const isRecorded =
    !request.promptConsent &&
    isMemorable(request, deps) &&
    (await deps.store.isRecorded(request, session.user.id))
  if (isRecorded) {
    const step = await finish(pending, session, 'recorded', true, deps)
    if (step !== undefined) return step
  }
  return { go: 'consent', request: pending.text }
}

/**
 * Whether someone is signed in: the one whom it names (`id_token_hint`), since the request where it asks for that
 * (`prompt=login`), and having proven it no longer before the request than it says (`max_age`, OpenID Connect Core §3.1.2.1).
 */
export function isSignedInFor<S extends Session>(
  request: AuthorizationRequest,
  session: S | undefined,
): session is S {
  return (
    isProvenFor(request, session) &&
    (!request.promptLogin || isBetween(request.createdAt, session.createdAt, request))
  )
}

function isProvenFor<S extends Session>(request: AuthorizationRequest, session: S | undefined): session is S {
  const { openid, createdAt } = request
  const maxAge = openid?.maxAge ?? null
  if (session === undefined || !isHinted(request, session)) return false
  return maxAge === null || isBetween(createdAt - maxAge * 1000, session.authenticatedAt, request)
}

// A time after the request's end comes of a clock that was set back since: it may lie before the request.
const isBetween = (first: Instant, at: Instant, { expiresAt }: AuthorizationRequest): boolean =>
  first <= at && at <= expiresAt

/**
 * The person allows the request: the app gets its code. Whoever allows it again gets the same code.
 * @param asked the handle of the account that the person was shown
 * @param sharesEmail whether they tell it their email, where it asks
 * @throws PageError when it was answered otherwise, or when another account is signed in by now.
 */
export async function allow(
  pending: OpenRequest,
  session: SignedIn,
  asked: string | undefined,
  sharesEmail: boolean,
  deps: AuthorizeDeps,
): Promise<Step> {
  if (asked !== session.user.handle)
    throw interaction.accountChanged().with(startingAgain(startAgain(pending)))
  if (pending.answer !== undefined) return sameAnswer(pending.answer, pending, session, deps)
  const consent = isMemorable(pending.request, deps) ? 'remember' : 'once'
  const step = await finish(pending, session, consent, sharesEmail, deps)
  if (step === undefined) throw appChanged(pending)
  return step
}

/**
 * The person cancels, as often as they like: the app hears `access_denied`. Of somebody who is not signed in nothing is
 * stored.
 * @throws PageError when the request was allowed, RedirectError otherwise.
 */
export async function cancel(
  pending: OpenRequest,
  session: SignedIn | undefined,
  deps: AuthorizeDeps,
): Promise<never> {
  if (session !== undefined) await keepDocumentApp(pending, deps)
  const finished: RequestFinish | undefined =
    session &&
    (await deps.store.cancelRequest(
      pending,
      { userId: session.user.id, session: session.digest },
      deps.clock(),
    ))
  const answer = finished?.outcome === 'answered' ? finished.answer : pending.answer
  if (answer !== undefined && answer.code !== null) throw finishedBy(answer, pending)
  if (finished?.outcome === 'gone') throw appChanged(pending)
  throw refusedRequest.denied().sentTo(pending.request)
}

async function finish(
  pending: SealedRequest,
  session: SignedIn,
  consent: 'remember' | 'once' | 'recorded',
  sharesEmail: boolean,
  deps: AuthorizeDeps,
): Promise<Step | undefined> {
  const code = newCode(pending, session, sharesEmail, deps)
  await keepDocumentApp(pending, deps)
  const finished = await deps.store.approveRequest(pending, code.stored, consent)
  if (finished.outcome === 'answered') return sameAnswer(finished.answer, pending, session, deps)
  if (finished.outcome === 'signed_out') return { go: 'sign-in', request: pending.text }
  return finished.outcome === 'finished' ? toApp(pending.request, code.text, deps) : undefined
}

// A request alone must store nothing, so the app of a client document gets its row when somebody signed in answers.
async function keepDocumentApp(
  { request }: SealedRequest,
  { store, clock }: Pick<AuthorizeDeps, 'store' | 'clock'>,
): Promise<void> {
  const { apiKey, documentAddress: address, documentFacts: facts, appName: name, redirectUri } = request
  const { documentBindsTokens: bindsTokens = false } = request
  if (apiKey === null || address === null || facts === null) return
  await store.keepDocumentApp({ apiKey, address, name, facts, bindsTokens, redirectUri, now: clock() })
}

// A second press of Allow by the same person gets the same code, while that code lives; anybody else is told that the
// request is finished.
function sameAnswer(
  answer: RequestAnswer,
  pending: SealedRequest,
  session: Session,
  deps: AuthorizeDeps,
): Step {
  const isAlive = answer.answeredAt + lifetimes.code > deps.clock()
  if (answer.code === null || answer.userId !== session.user.id || !isAlive) throw finishedBy(answer, pending)
  const code = read('code', unseal(answer.code.sealed, pending.text))
  // Another code has taken its place since.
  if (code === undefined || !sameDigest(code.digest, answer.code.digest)) throw finishedBy(answer, pending)
  return toApp(pending.request, code.text, deps)
}

const toApp = (request: AuthorizationRequest, code: string, { issuer }: AuthorizeDeps): Step => ({
  go: 'app',
  location: authorizationResponse(request, issuer, { code }),
})

const appChanged = (pending: SealedRequest) =>
  interaction.appChanged(pending.request.appName).with(startingAgain(startAgain(pending)))

/**
 * Whether consent to a request is remembered: never to a client that others can pose as (RFC 8252 §8.6, RFC 6819
 * §4.4.1.4), but for the sample app of development. Nor to a test, which would change what its developer meets in the
 * app itself.
 */
export function isMemorable(
  request: AuthorizationRequest,
  { developmentApp }: Pick<AuthorizeDeps, 'developmentApp'>,
): boolean {
  const { apiKey, isNative, isTest, redirectUri } = request
  if (apiKey === null || isTest) return false
  return !isNative || (apiKey === developmentApp && isLoopback(redirectUri))
}

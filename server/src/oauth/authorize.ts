import { type Credential, mint, type Random, read } from '../crypto/secret.ts'
import { refusedRequest } from '../errors/oauth.ts'
import { interaction } from '../errors/page.ts'
import { readForm } from '../http/params.ts'
import type {
  AuthorizationRequest,
  Digest,
  Instant,
  RequestKey,
  Session,
  Store,
  StoredRequest,
} from '../store/contract/store.ts'
import { validRequest } from './authorization-request.ts'
import { authorizationResponse } from './authorization-response.ts'
import { type ClientDeps, provenClient } from './client.ts'
import { isTestLogin } from './test-login.ts'

export interface AuthorizeDeps extends ClientDeps {
  readonly store: Store
  readonly issuer: string
  readonly clock: () => Instant
  readonly random: Random
}

/** The next thing the person's browser does. */
export type Step =
  /** Go to the app with an answer. */
  | { readonly go: 'app'; readonly location: string }
  /** Ask the person, on our own page, about the request of this id. */
  | { readonly go: 'sign-in' | 'consent'; readonly requestId: string }

/** How long a code lives, in milliseconds (RFC 6749 §4.1.2 recommends ten minutes at most). */
const codeLifetime = 60_000

/**
 * Begins an authorization: proves the client, checks and freezes the request, and says what comes next.
 * @param query the query as sent
 * @param browser the digest of the browser's own cookie, to which the request is bound
 * @param session who is signed in to that browser
 * @throws PageError before the redirect URI is proven, RedirectError after.
 */
export async function authorize(
  query: string,
  browser: Digest,
  session: Session | undefined,
  deps: AuthorizeDeps,
): Promise<Step> {
  const params = readForm(query)
  const client = await provenClient(params, session?.user.id ?? null, deps)
  const { request, isSilent } = validRequest(params, client, deps.clock())
  if (isSilent && session === undefined) throw refusedRequest.loginRequired(request)
  const id = mint('request', deps.random)
  await deps.store.createRequest({ digest: id.digest, browser }, request)
  const step = await nextStep({ id, browser }, request, session, deps)
  if (isSilent && step.go !== 'app') throw refusedRequest.consentRequired(request)
  return step
}

/** An authorization request in the hands of the browser it belongs to. */
export interface HeldRequest {
  readonly id: Credential
  readonly browser: Digest
}

/**
 * Finds the request a page is about.
 * @throws PageError when it is expired, finished, unknown or another browser's.
 */
export async function openRequest(
  id: string | undefined,
  browser: Digest | undefined,
  deps: AuthorizeDeps,
): Promise<HeldRequest & { readonly request: StoredRequest }> {
  const credential = read('request', id)
  if (credential === undefined || browser === undefined) throw interaction.gone()
  const held = { id: credential, browser }
  const request = await deps.store.findRequest(keyOf(held), deps.clock())
  if (request === undefined) throw interaction.gone()
  if (request.finishedAt !== null) throw interaction.finished(request.appName)
  return { ...held, request }
}

/** Says what an open request needs: a sign-in, the person's consent, or nothing more. */
export async function nextStep(
  held: HeldRequest,
  request: AuthorizationRequest,
  session: Session | undefined,
  deps: AuthorizeDeps,
): Promise<Step> {
  if (!isSignedInFor(request, session)) return { go: 'sign-in', requestId: held.id.text }
  if (!request.promptConsent && isMemorable(request, deps)) {
    const step = await finish(held, session, 'recorded', deps)
    if (step !== undefined) return step
  }
  return { go: 'consent', requestId: held.id.text }
}

/** Whether someone is signed in, and since the request where it asks for that (`prompt=login`). */
export function isSignedInFor(
  request: AuthorizationRequest,
  session: Session | undefined,
): session is Session {
  return session !== undefined && !(request.promptLogin && session.createdAt < request.createdAt)
}

/**
 * The person allows the request: it is finished and the app gets its code, both once.
 * @param asked the handle of the account that the person was shown
 * @throws PageError when the request is gone, or when another account is signed in by now.
 */
export async function allow(
  held: HeldRequest & { readonly request: AuthorizationRequest },
  session: Session,
  asked: string | undefined,
  deps: AuthorizeDeps,
): Promise<Step> {
  if (asked !== session.user.handle) throw interaction.accountChanged()
  const step = await finish(held, session, isMemorable(held.request, deps) ? 'remember' : 'once', deps)
  return step ?? lost(held, deps)
}

/**
 * The person cancels: the app hears `access_denied`.
 * @throws PageError when the request is gone, RedirectError otherwise.
 */
export async function cancel(held: HeldRequest, deps: AuthorizeDeps): Promise<never> {
  const finished = await deps.store.cancelRequest(keyOf(held), deps.clock())
  if (finished.outcome === 'gone') return lost(held, deps)
  throw refusedRequest.denied(finished.request)
}

// Another answer was first: says which way the request went.
async function lost(held: HeldRequest, deps: AuthorizeDeps): Promise<never> {
  await openRequest(held.id.text, held.browser, deps)
  throw interaction.gone()
}

async function finish(
  held: HeldRequest,
  session: Session,
  consent: 'remember' | 'once' | 'recorded',
  deps: AuthorizeDeps,
): Promise<Step | undefined> {
  const code = mint('code', deps.random)
  const now = deps.clock()
  const finished = await deps.store.approveRequest(
    keyOf(held),
    { digest: code.digest, userId: session.user.id, createdAt: now, expiresAt: now + codeLifetime },
    consent,
  )
  if (finished.outcome === 'gone') return undefined
  return {
    go: 'app',
    location: authorizationResponse(finished.request, deps.issuer, { code: code.text }),
  }
}

// RFC 8252 §8.6 and RFC 6819 §4.4.1.4: consent to a client that others can pose as is never remembered. Nor is that to
// a test, which would change what its developer meets in the app itself.
const isMemorable = (request: AuthorizationRequest, { issuer }: Pick<AuthorizeDeps, 'issuer'>): boolean =>
  request.apiKey !== null && !request.isNative && !isTestLogin(request, issuer)

const keyOf = (held: HeldRequest): RequestKey => ({ digest: held.id.digest, browser: held.browser })

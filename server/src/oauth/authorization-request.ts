import { refusedRequest } from '../errors/authorization.ts'
import type { ResponseTarget } from '../errors/oauth.ts'
import { charactersIn, type Params, type Query } from '../http/params.ts'
import { lifetimes, longest } from '../limits.ts'
import type { AuthorizationRequest, OpenIdRequest } from '../store/contract/oauth.ts'
import type { Instant } from '../store/contract/store.ts'
import type { ProvenClient } from './client.ts'
import { isCodeChallenge } from './pkce.ts'
import { isOwnResource } from './resource-indicator.ts'
import { type AskedScope, parseOpenIdScope, parseScope } from './scope.ts'

/** A validated request, frozen from here on: nothing is read from the URL again. */
export interface ValidRequest {
  readonly request: AuthorizationRequest
  /** `prompt=none`: answer at once, ask nothing. */
  readonly isSilent: boolean
}

/** What of this server decides over a request. */
export interface RequestRules {
  readonly issuer: string
  /** Null where OpenID Connect is switched off. */
  readonly openid: unknown
}

/**
 * Checks everything of an authorization request but its client, in the order of the wire contract.
 * @throws RedirectError naming the first parameter that is wrong (RFC 6749 §4.1.2.1).
 */
export function validRequest(
  params: Query,
  client: ProvenClient,
  now: Instant,
  deps: RequestRules,
): ValidRequest {
  const to = responseTarget(params, client)
  checkForm(params, to)
  checkResponseType(params, to)
  checkLengths(params, to)
  for (const resource of params.all('resource'))
    if (!isOwnResource(resource, deps.issuer)) throw refusedRequest.target().sentTo(to)
  const prompt = promptOf(params, to)
  const scope = scopeOf(params, client, to, deps.openid !== null)
  const request = {
    ...client,
    scope: scope.access,
    state: to.state,
    codeChallenge: codeChallengeOf(params, to),
    thumbprint: thumbprintOf(params, to),
    responseMode: to.responseMode,
    display: displayOf(params, to),
    promptLogin: prompt.has('login'),
    // Where somebody is signed in, the page that asks for consent is the one to choose another account from.
    promptConsent: prompt.has('consent') || prompt.has('select_account'),
    loginHint: params.get('login_hint') ?? null,
    openid: openIdOf(params, scope, to),
    createdAt: now,
    expiresAt: now + lifetimes.request,
  }
  return { request, isSilent: prompt.has('none') }
}

function responseTarget(params: Params, client: ProvenClient): ResponseTarget {
  return {
    redirectUri: client.redirectUri,
    responseMode: responseModeOf(params) ?? 'fragment',
    // A state that was sent twice is nobody's to trust, so none is returned.
    state: params.repeated.has('state') ? null : (params.get('state') ?? null),
  }
}

function checkForm(params: Params, to: ResponseTarget): void {
  // RFC 8707 §2: several resources may be named.
  for (const name of params.repeated)
    if (name !== 'resource') throw refusedRequest.repeated(printable(name)).sentTo(to)
  for (const name of params.malformed) throw refusedRequest.malformed(printable(name)).sentTo(to)
  if (params.get('request') !== undefined) throw refusedRequest.requestObject('request').sentTo(to)
  if (params.get('request_uri') !== undefined) throw refusedRequest.requestObject('request_uri').sentTo(to)
  if (responseModeOf(params) === undefined) throw refusedRequest.responseMode().sentTo(to)
}

// Without a response_mode, `api_key` and `app_name` mean the specification's default, the fragment; `client_id` alone means
// that of OAuth, the query, which is what standard libraries read.
function responseModeOf(params: Params): ResponseTarget['responseMode'] | undefined {
  const isStandard = (params.get('api_key') ?? params.get('app_name')) === undefined
  const asked = params.get('response_mode') ?? (isStandard ? 'query' : 'fragment')
  return asked === 'fragment' || asked === 'query' ? asked : undefined
}

function checkResponseType(params: Params, to: ResponseTarget): void {
  const responseType = params.get('response_type')
  if (responseType === undefined) throw refusedRequest.noResponseType().sentTo(to)
  if (responseType !== 'code') throw refusedRequest.responseType().sentTo(to)
}

function checkLengths(params: Params, to: ResponseTarget): void {
  const lengthOf = (name: string) => charactersIn(params.get(name) ?? '')
  if (lengthOf('state') > longest.state) throw refusedRequest.state().sentTo({ ...to, state: null })
  if (lengthOf('login_hint') > longest.loginHint) throw refusedRequest.loginHint().sentTo(to)
  if (lengthOf('nonce') > longest.nonce) throw refusedRequest.nonce().sentTo(to)
}

/** What a page may be asked to do although it need not (OpenID Connect Core §3.1.2.1). */
export const prompts: readonly string[] = ['none', 'login', 'consent', 'select_account']

function promptOf(params: Params, to: ResponseTarget): ReadonlySet<string> {
  const prompt = new Set(params.get('prompt')?.split(' ') ?? [])
  const isKnown = [...prompt].every((word) => prompts.includes(word))
  if (!isKnown || (prompt.has('none') && prompt.size > 1)) throw refusedRequest.prompt().sentTo(to)
  return prompt
}

function scopeOf(params: Params, client: ProvenClient, to: ResponseTarget, hasOpenId: boolean): AskedScope {
  const scope = hasOpenId ? parseOpenIdScope(params.get('scope')) : accessOf(params)
  if (scope === undefined)
    throw (hasOpenId ? refusedRequest.openIdScope() : refusedRequest.scope()).sentTo(to)
  if (scope.access === 'write' && client.apiKey === null)
    throw refusedRequest.scopeOfUnregistered().sentTo(to)
  // An ID token names the client that it is for.
  if (scope.openid !== null && client.apiKey === null) throw refusedRequest.openIdOfUnregistered().sentTo(to)
  return scope
}

function accessOf(params: Params): AskedScope | undefined {
  const access = parseScope(params.get('scope'))
  return access && { access, openid: null }
}

function openIdOf(params: Params, { openid }: AskedScope, to: ResponseTarget): OpenIdRequest | null {
  if (openid === null) return null
  const maxAge = params.get('max_age')
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge)) throw refusedRequest.maxAge().sentTo(to)
  return {
    ...openid,
    nonce: params.get('nonce') ?? null,
    maxAge: maxAge === undefined ? null : Number(maxAge),
  }
}

// RFC 9700 §2.1.1: without S256 there is no code at all.
function codeChallengeOf(params: Params, to: ResponseTarget): string {
  const challenge = params.get('code_challenge')
  if (challenge === undefined) throw refusedRequest.noChallenge().sentTo(to)
  if (params.get('code_challenge_method') !== 'S256') throw refusedRequest.challengeMethod().sentTo(to)
  if (!isCodeChallenge(challenge)) throw refusedRequest.challenge().sentTo(to)
  return challenge
}

// RFC 9449 §10: the key that the tokens will be bound to.
function thumbprintOf(params: Params, to: ResponseTarget): string | null {
  const thumbprint = params.get('dpop_jkt')
  if (thumbprint === undefined) return null
  if (!isThumbprint(thumbprint)) throw refusedRequest.thumbprint().sentTo(to)
  return thumbprint
}

const isThumbprint = (text: string): boolean => /^[\w-]{43}$/.test(text)

function displayOf(params: Params, to: ResponseTarget): AuthorizationRequest['display'] {
  const display = displays.get(params.get('display') ?? 'popup')
  if (display === undefined) throw refusedRequest.display().sentTo(to)
  return display
}

// OpenID Connect's names for a whole page stand beside ours (Core §3.1.2.1).
const displays: ReadonlyMap<string, AuthorizationRequest['display']> = new Map([
  ['popup', 'popup'],
  ['fullScreen', 'fullScreen'],
  ['page', 'fullScreen'],
  ['touch', 'fullScreen'],
  ['wap', 'fullScreen'],
])

// RFC 6749 §4.1.2.1 keeps error_description to printable ASCII without quote and backslash.
const printable = (name: string): string => (/^[\w.-]{1,40}$/.test(name) ? name : 'a parameter')

import { readClientId } from '../apps/client-id.ts'
import type { Sealer } from '../crypto/sealer.ts'
import { proof as refuseProof } from '../errors/dpop.ts'
import { OAuthError, PageError, RedirectError, pushed as refuse } from '../errors/oauth.ts'
import { type Query, readForm } from '../http/params.ts'
import { lifetimes } from '../limits.ts'
import type { Instant } from '../store/contract/store.ts'
import { validRequest } from './authorization-request.ts'
import { type ClientDeps, provenClient } from './client.ts'
import type { OpenId } from './openid/id-token.ts'
import type { SealedRequests } from './sealed-request.ts'
import { againPrefix, parametersOf } from './start-again.ts'

const prefix = 'urn:ietf:params:oauth:request_uri:'

/** What of a pushed request is kept: whatever else was sent is ignored (RFC 6749 §3.1). */
export const kept: readonly string[] = [
  ...['response_type', 'client_id', 'api_key', 'app_name', 'redirect_uri', 'scope', 'state', 'resource'],
  ...['code_challenge', 'code_challenge_method', 'response_mode', 'display', 'prompt', 'login_hint'],
  ...['nonce', 'max_age', 'id_token_hint', 'origin', 'acr_values', 'ui_locales', 'dpop_jkt'],
]

export interface PushDeps extends ClientDeps {
  readonly sealer: Sealer
  readonly clock: () => Instant
  readonly openid: OpenId | null
}

/** RFC 9126 §2.2. */
export interface PushedRequest {
  readonly request_uri: string
  readonly expires_in: number
}

/**
 * Takes an authorization request that an app sends ahead of its browser (RFC 9126 §2). It is checked as it will be, and comes back
 * sealed: nothing is stored for whoever has proven nothing.
 * @param thumbprint of the key that the app proves, which its tokens will be bound to (RFC 9449 §10.1); null for none
 * @throws OAuthError in the place of the page or the redirect that would tell of the fault
 */
export async function pushRequest(
  params: Query,
  thumbprint: string | null,
  deps: PushDeps,
): Promise<PushedRequest> {
  if (params.get('request_uri') !== undefined) throw refuse.nested()
  try {
    const client = await provenClient(params, null, deps)
    validRequest(params, client, deps.clock(), deps)
  } catch (error) {
    throw inJson(error)
  }
  const named = params.get('dpop_jkt')
  if (thumbprint !== null && named !== undefined && named !== thumbprint) throw refuseProof.jkt()
  const sent = kept.flatMap((name) => params.all(name).map((value) => [name, value]))
  const clientId = params.get('client_id')
  // It may stand in a header instead.
  if (clientId !== undefined && params.all('client_id').length === 0) sent.push(['client_id', clientId])
  if (thumbprint !== null && named === undefined) sent.push(['dpop_jkt', thumbprint])
  const until = deps.clock() + lifetimes.pushedRequest
  const sealed = deps.sealer.seal('pushed request', `${until} ${new URLSearchParams(sent)}`)
  const request_uri = prefix + Buffer.from(sealed).toString('base64url')
  if (request_uri.length > longestUri) throw refuse.tooLong(longestUri)
  return { request_uri, expires_in: lifetimes.pushedRequest / 1000 }
}

/** Characters of a `request_uri`: it comes back in an address. */
const longestUri = 8000

/**
 * The parameters of an authorization request, those that were pushed in the place of what names them (RFC 9126 §4).
 * @throws PageError through the caller's checks: what was not pushed here, has expired or names another client is left as it is
 */
export function pushedParams(
  params: Query,
  deps: Pick<PushDeps, 'sealer' | 'clock'> & { readonly requests: SealedRequests },
): Query {
  const uri = params.get('request_uri')
  const again = uri?.startsWith(againPrefix) ? deps.requests.open(uri.slice(againPrefix.length)) : undefined
  if (again !== undefined && !params.repeated.has('request_uri'))
    return readForm(`${parametersOf(again.request)}`)
  if (uri === undefined || !uri.startsWith(prefix) || params.repeated.has('request_uri')) return params
  const opened = openPushed(uri, deps.sealer)
  if (opened === undefined || opened.until <= deps.clock()) throw refuse.ended()
  const { pushed } = opened
  const [client, named] = [params, pushed].map(clientOf)
  if (client !== named) throw refuse.otherClient()
  return pushed
}

/** What was pushed here under a `request_uri`, however long ago; undefined for any other. */
export function openPushed(
  uri: string | undefined,
  sealer: Sealer,
): { readonly until: Instant; readonly pushed: Query } | undefined {
  if (uri === undefined || !uri.startsWith(prefix)) return undefined
  const opened = sealer.unseal('pushed request', Buffer.from(uri.slice(prefix.length), 'base64url'))
  const [until, query] = opened?.split(' ', 2) ?? []
  return query === undefined ? undefined : { until: Number(until), pushed: readForm(query) }
}

// As it is known in the store, however it is written; what is no client's id is compared as it stands.
function clientOf(params: Query): string | undefined {
  const given = params.get('client_id') ?? params.get('api_key')
  return given && (readClientId(given) ?? given)
}

function inJson(error: unknown): unknown {
  if (error instanceof RedirectError) return new OAuthError(400, error.code, error.description, error)
  if (error instanceof PageError)
    return new OAuthError(error.words.status, error.words.code, error.words.what, error)
  return error
}

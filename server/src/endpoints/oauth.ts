import { tellingOfReuse } from '../accounts/tell-of-reuse.ts'
import { badBody, OAuthError } from '../errors/oauth.ts'
import { networkOf } from '../http/ip-address.ts'
import { json, type Reply, type Request } from '../http/message.ts'
import { type Params, readBody, readForm } from '../http/params.ts'
import type { MailQueue } from '../mail/queue.ts'
import { withClientId } from '../oauth/client-authentication.ts'
import type { GrantDeps } from '../oauth/grants/token-response.ts'
import { revoke } from '../oauth/revoke.ts'
import { token } from '../oauth/token.ts'
import type { Limits } from '../rate-limits/limits.ts'

/** What whoever tries grants of others is answered with. */
const guesses: ReadonlySet<string> = new Set(['invalid_grant', 'invalid_client'])

export interface EndpointDeps extends GrantDeps {
  readonly limits: Limits
  readonly mailQueue: MailQueue | null
  readonly brand: string
  readonly issuer: string
  /** Whether the address of a request is that of whoever sends it. */
  readonly knowsNetworks: boolean
}

const credentials = [
  'code',
  'device_code',
  'code_verifier',
  'refresh_token',
  'access_token',
  'token',
  'client_secret',
]

/** What each endpoint asks for; whatever else is sent is ignored (RFC 6749 §3.2). */
export const names = {
  token: new Set([
    'grant_type',
    'code',
    'code_verifier',
    'device_code',
    'redirect_uri',
    'refresh_token',
    'scope',
    'resource',
    'client_id',
    'client_secret',
  ]),
  revoke: new Set(['token', 'client_id', 'client_secret']),
  device: new Set(['client_id', 'client_secret', 'scope']),
  introspect: new Set(['token', 'token_type_hint']),
}

/** `POST /v1/oauth/token` (RFC 6749 §3.2). */
export async function tokenEndpoint(request: Request, deps: EndpointDeps): Promise<Reply> {
  const { limits, knowsNetworks } = deps
  const store = tellingOfReuse(deps.store, deps)
  const network = networkOf(request.address)
  // Before it is known to be wrong, so that many at once are no way around.
  if (knowsNetworks) limits.take('wrong-grant', network)
  let isWrong = false
  try {
    const answer = await token(parameters(request, names.token), { ...deps, store })
    return json(200, answer, { pragma: 'no-cache' })
  } catch (error) {
    isWrong = error instanceof OAuthError && guesses.has(error.code)
    throw error
  } finally {
    if (knowsNetworks && !isWrong) limits.giveBack('wrong-grant', network)
  }
}

/** `POST /v1/oauth/revoke` (RFC 7009). */
export async function revokeEndpoint(request: Request, deps: GrantDeps): Promise<Reply> {
  await revoke(parameters(request, names.revoke), deps)
  return json(200, {})
}

// The incumbent's client appends app_name and api_key to every query; those are harmless there, credentials are not.
export function parameters(request: Request, asked: ReadonlySet<string>): Params {
  const query = readForm(request.query)
  if (credentials.some((name) => query.get(name) !== undefined)) throw badBody.credentialInQuery()
  const encoding = request.header('content-encoding') ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') throw badBody.contentType()
  const body = readBody(request.header('content-type'), request.body, asked)
  return withClientId(body, request.authorization)
}

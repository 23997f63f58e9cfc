import { tellingOfReuse } from '../accounts/tell-of-reuse.ts'
import { OAuthError } from '../errors/oauth.ts'
import { networkOf } from '../http/ip-address.ts'
import { json, type Reply, type Request } from '../http/message.ts'
import type { MailQueue } from '../mail/queue.ts'
import type { Dpop } from '../oauth/dpop/dpop.ts'
import type { GrantDeps } from '../oauth/grants/token-response.ts'
import { revoke } from '../oauth/revoke.ts'
import { token } from '../oauth/token.ts'
import type { Limits } from '../rate-limits/limits.ts'
import { names, parameters } from './parameters.ts'
import { provenKey } from './proven-key.ts'

/** What whoever tries grants of others is answered with. */
const guesses: ReadonlySet<string> = new Set(['invalid_grant', 'invalid_client'])

export interface EndpointDeps extends GrantDeps {
  /** Null where no token is bound to a key. */
  readonly dpop: Dpop | null
  readonly limits: Limits
  readonly mailQueue: MailQueue | null
  readonly brand: string
  readonly issuer: string
  /** Whether the address of a request is that of whoever sends it. */
  readonly knowsNetworks: boolean
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
    const params = parameters(request, names.token)
    // All that a server depends on is copied only where something is another.
    const grantDeps = store === deps.store ? deps : { ...deps, store }
    const answer = await token(params, await provenKey(request, deps), grantDeps)
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

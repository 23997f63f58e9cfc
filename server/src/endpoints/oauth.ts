import { tellingOfReuse } from '../accounts/tell-of-reuse.ts'
import { badBody } from '../errors/oauth.ts'
import { json, type Reply, type Request } from '../http/message.ts'
import { type Params, readBody, readForm } from '../http/params.ts'
import type { Post } from '../mail/queue.ts'
import type { GrantDeps } from '../oauth/grants/token-response.ts'
import { revoke } from '../oauth/revoke.ts'
import { token } from '../oauth/token.ts'

const credentials = ['code', 'code_verifier', 'refresh_token', 'access_token', 'token', 'client_secret']

/** `POST /v1/oauth/token` (RFC 6749 §3.2). */
export async function tokenEndpoint(
  request: Request,
  deps: GrantDeps & { readonly post: Post | null; readonly brand: string; readonly issuer: string },
): Promise<Reply> {
  const store = tellingOfReuse(deps.store, deps)
  const answer = await token(parameters(request), request.authorization, { ...deps, store })
  return json(200, answer, { pragma: 'no-cache' })
}

/** `POST /v1/oauth/revoke` (RFC 7009). */
export async function revokeEndpoint(request: Request, deps: GrantDeps): Promise<Reply> {
  await revoke(parameters(request), deps)
  return json(200, {})
}

// The incumbent's client appends app_name and api_key to every query; those are harmless there, credentials are not.
function parameters(request: Request): Params {
  const query = readForm(request.query)
  if (credentials.some((name) => query.get(name) !== undefined)) throw badBody.credentialInQuery()
  const encoding = request.header('content-encoding') ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') throw badBody.contentType()
  return readBody(request.header('content-type'), request.body)
}

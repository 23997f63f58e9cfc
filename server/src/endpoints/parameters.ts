import { badBody } from '../errors/oauth.ts'
import type { Request } from '../http/message.ts'
import { type Params, readBody, readForm } from '../http/params.ts'
import { withClientId } from '../oauth/client-authentication.ts'

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

/**
 * Looks at what comes with the body of a request to an endpoint. The incumbent's client appends app_name and api_key to every
 * query; those are harmless there, credentials are not.
 * @throws OAuthError for credentials in the query, and for a body that is compressed
 */
export function checkAround(request: Request): void {
  const query = readForm(request.query)
  if (credentials.some((name) => query.get(name) !== undefined)) throw badBody.credentialInQuery()
  const encoding = request.header('content-encoding') ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') throw badBody.contentType()
}

/**
 * Reads the parameters of a request to an endpoint.
 * @throws OAuthError for a body that is not one flat set of them, and for what `checkAround` finds
 */
export function sentParameters(request: Request, asked: ReadonlySet<string>): Params {
  checkAround(request)
  return readBody(request.header('content-type'), request.body, asked)
}

/** As `sentParameters`, of a client, which a library may name in a header. @throws OAuthError */
export const parameters = (request: Request, asked: ReadonlySet<string>): Params =>
  withClientId(sentParameters(request, asked), request.authorization)

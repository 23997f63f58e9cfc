import { badBody } from '../errors/oauth.ts'
import { json, type Reply, type Request } from '../http/message.ts'
import { readBody, readForm } from '../http/params.ts'
import { beginDeviceLogin, type DeviceDeps } from '../oauth/device-login.ts'
import { type IntrospectDeps, introspect } from '../oauth/introspect.ts'
import { type PushDeps, pushRequest } from '../oauth/pushed-request.ts'
import type { EndpointDeps } from './oauth.ts'
import { names, parameters } from './parameters.ts'
import { provenKey } from './proven-key.ts'

/** `POST /v1/oauth/device_authorization` (RFC 8628 §3.1). */
export async function deviceEndpoint(request: Request, deps: DeviceDeps): Promise<Reply> {
  return json(200, await beginDeviceLogin(parameters(request, names.device), deps), { pragma: 'no-cache' })
}

/** `POST /v1/oauth/introspect` (RFC 7662). */
export async function introspectEndpoint(request: Request, deps: IntrospectDeps): Promise<Reply> {
  const body = readBody(request.header('content-type'), request.body, names.introspect)
  return json(200, await introspect(body, request.authorization, deps))
}

/** `POST /v1/oauth/par` (RFC 9126). */
export async function pushEndpoint(
  request: Request,
  deps: PushDeps & Pick<EndpointDeps, 'dpop'>,
): Promise<Reply> {
  const type = request.header('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded *(?:;|$)/i.test(type)) throw badBody.contentType()
  readBody(type, request.body, new Set())
  const params = readForm(Buffer.from(request.body).toString('utf8'))
  return json(201, await pushRequest(params, await provenKey(request, deps), deps))
}

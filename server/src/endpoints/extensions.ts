import { json, type Reply, type Request } from '../http/message.ts'
import { formText, type Query, readBody, readForm } from '../http/params.ts'
import { withClientId } from '../oauth/client-authentication.ts'
import { beginDeviceLogin, type DeviceDeps } from '../oauth/device-login.ts'
import { type IntrospectDeps, introspect } from '../oauth/introspect.ts'
import { kept, type PushDeps, pushRequest } from '../oauth/pushed-request.ts'
import type { EndpointDeps } from './oauth.ts'
import { checkAround, names, parameters, sentParameters } from './parameters.ts'
import { provenKey } from './proven-key.ts'

/** `POST /v1/oauth/device_authorization` (RFC 8628 §3.1). */
export async function deviceEndpoint(request: Request, deps: DeviceDeps): Promise<Reply> {
  return json(200, await beginDeviceLogin(parameters(request, names.device), deps), { pragma: 'no-cache' })
}

/** `POST /v1/oauth/introspect` (RFC 7662). */
export async function introspectEndpoint(request: Request, deps: IntrospectDeps): Promise<Reply> {
  return json(200, await introspect(sentParameters(request, names.introspect), request.authorization, deps))
}

/** `POST /v1/oauth/par` (RFC 9126). */
export async function pushEndpoint(
  request: Request,
  deps: PushDeps & Pick<EndpointDeps, 'dpop'>,
): Promise<Reply> {
  checkAround(request)
  const params = withClientId(pushedBody(request), request.authorization)
  return json(201, await pushRequest(params, await provenKey(request, deps), deps))
}

// A form may name several resources (RFC 8707 §2); in JSON every value is one text.
function pushedBody(request: Request): Query {
  const type = request.header('content-type') ?? ''
  if (/^application\/json *(?:;|$)/i.test(type)) {
    const body = readBody(type, request.body, new Set([...kept, 'client_secret']))
    return { ...body, all: (name) => [body.get(name) ?? []].flat(), isEmpty: false }
  }
  return readForm(formText(type, request.body))
}

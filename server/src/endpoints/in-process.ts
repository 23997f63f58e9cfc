import { getMe } from '../api/me.ts'
import type { Audience } from '../http/audience.ts'
import type { Edge } from '../http/edge.ts'
import { errorReply } from '../http/error-reply.ts'
import type { Reply, Request } from '../http/message.ts'
import type { CallEndpoint, EndpointCall } from '../pages/developers/test-login/endpoints.ts'
import { type ResourceDeps, resourceEndpoint } from './api.ts'
import { type EndpointDeps, revokeEndpoint, tokenEndpoint } from './oauth.ts'

/** Calls the endpoints of a login as an app does, in the same process and unrecorded: for the test login. */
export function ownCalls(deps: EndpointDeps & ResourceDeps, edge: Edge): CallEndpoint {
  const unmetered: ResourceDeps = {
    ...deps,
    usage: { meterCall: (_call, answer) => answer(async () => {}) },
  }
  const endpoints: Readonly<Record<EndpointCall['path'], Endpoint>> = {
    '/v1/oauth/token': {
      audience: 'apps',
      answer: (request) => tokenEndpoint(request, { ...deps, mailQueue: null }),
    },
    '/v1/oauth/revoke': { audience: 'apps', answer: (request) => revokeEndpoint(request, deps) },
    '/v1/me': { audience: 'api', answer: (request) => resourceEndpoint(getMe, request, unmetered) },
  }
  return async (call, from) => {
    const { answer, audience } = endpoints[call.path]
    const request = requestOf(call, from)
    try {
      return await answer(request)
    } catch (error) {
      return errorReply(error, audience, request, edge)
    }
  }
}

interface Endpoint {
  readonly audience: Audience
  readonly answer: (request: Request) => Promise<Reply>
}

function requestOf({ method, path, authorization, proof, form }: EndpointCall, from: Request): Request {
  const body = new TextEncoder().encode(new URLSearchParams(form).toString())
  const headers = new Map(form && [['content-type', 'application/x-www-form-urlencoded']])
  return {
    ...from,
    method,
    pathname: path,
    query: '',
    header: (name) => headers.get(name),
    authorization: authorization === undefined ? [] : [authorization],
    proofs: proof === undefined ? [] : [proof],
    cookies: {},
    body,
  }
}

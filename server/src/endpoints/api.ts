import type { ApiDeps, Outcome, Resource } from '../api/resource.ts'
import { refused } from '../errors/api.ts'
import { etagOf, unlessKnown } from '../http/conditional.ts'
import { json, type Reply, type Request } from '../http/message.ts'
import { mediaTypeOf, readForm, readJsonBody } from '../http/params.ts'
import type { Store } from '../store/contract/store.ts'
import type { Usage } from '../usage/start.ts'

/** Answers the audio of a CID as a file to save. */
export type ServeAttachment = (request: Request, cid: string, filename: string) => Reply | Promise<Reply>

export interface ResourceDeps extends ApiDeps {
  readonly serveAttachment: ServeAttachment
  readonly usage: Pick<Usage, 'meterCall'>
}

// As many ids as one call takes, and what else a query holds.
const maximumParameters = 120

/** The path of a resource as the router writes it. */
export const routePathOf = ({ path }: Resource): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

/** What a call works with: copied only where it has a store of its own, as a read has not. */
export const withStore = (deps: ResourceDeps, store: Store): ResourceDeps =>
  store === deps.store ? deps : { ...deps, store }

/** Answers a call of the API over HTTP. */
export async function resourceEndpoint(
  resource: Resource,
  request: Request,
  deps: ResourceDeps,
): Promise<Reply> {
  const query = readForm(request.query, maximumParameters)
  const { address } = request
  const metered = { route: resource.route, address, named: query.get('api_key') }
  const outcome = await deps.usage.meterCall(metered, (admit) =>
    resource.respond(
      {
        credentials: request,
        query,
        path: (name) => request.path(name),
        json: () => jsonBody(request),
        key: request.header('idempotency-key'),
        isHead: request.method === 'HEAD',
        admit,
      },
      deps,
    ),
  )
  return reply(resource, outcome, request, deps)
}

function reply(
  resource: Resource,
  outcome: Outcome,
  request: Request,
  deps: ResourceDeps,
): Reply | Promise<Reply> {
  if (outcome.kind === 'json') {
    const isRead = resource.method === 'GET' && resource.access === 'anyone'
    return isRead ? validated(outcome.value, request) : json(200, outcome.value, { vary: 'Authorization' })
  }
  if (outcome.kind === 'redirect')
    return { status: 302, headers: { location: outcome.location, vary: 'Authorization' }, body: '' }
  return deps.serveAttachment(request, outcome.cid, outcome.filename)
}

// What was read before is not sent again (RFC 9110 §15.4.5). Every use of it is asked for: it may have changed or be gone.
function validated(value: unknown, request: Request): Reply {
  const reply = json(200, value)
  const etag = etagOf(String(reply.body))
  const cache = { 'cache-control': 'private, no-cache', vary: 'Authorization', etag }
  return unlessKnown({ ...reply, headers: { ...reply.headers, ...cache } }, request)
}

function jsonBody(request: Request): unknown {
  const type = request.header('content-type') ?? ''
  const encoding = request.header('content-encoding') ?? 'identity'
  if (mediaTypeOf(type) !== 'application/json' || encoding.toLowerCase() !== 'identity')
    throw refused.contentType()
  return readJsonBody(type, request.body, refused.contentType)
}

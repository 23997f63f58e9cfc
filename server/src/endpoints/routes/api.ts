import { openApi } from '../../api/openapi.ts'
import { resources } from '../../api/resources.ts'
import { json } from '../../http/message.ts'
import { unvarying } from '../../http/unvarying.ts'
import { serveAttachment } from '../../uploads/content/serve.ts'
import { resourceEndpoint, routePathOf, withStore } from '../api.ts'
import { mcpEndpoint } from '../mcp/endpoint.ts'
import { actingRoutes, type Unpaced } from './acting.ts'
import { type Deps, resourceDepsOf } from './deps.ts'

/** The protected resources, each of them a line in `api/`, over HTTP and as tools of agents. */
export function apiRoutes(deps: Deps): readonly Unpaced[] {
  const { apps, media } = actingRoutes(deps)
  const resourceDeps = resourceDepsOf(deps, (request, cid, filename) =>
    serveAttachment(request, cid, filename, deps),
  )
  const document = () => openApi(resources, { publicUrl: deps.issuer, brand: deps.brand })
  const answerAgent = mcpEndpoint(resources)
  return [
    ...resources.map((resource) =>
      media(resource.method, routePathOf(resource), (request, { store }) =>
        resourceEndpoint(resource, request, withStore(resourceDeps, store)),
      ),
    ),
    apps(
      'GET',
      '/v1/openapi.json',
      unvarying(() => json(200, document())),
    ),
    ...(deps.takesAgents
      ? [apps('POST', '/mcp', (request, { store }) => answerAgent(request, { ...resourceDeps, store }))]
      : []),
  ]
}

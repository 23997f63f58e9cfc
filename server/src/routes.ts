import { edgeOf } from './endpoints/edge.ts'
import type { Unpaced } from './endpoints/routes/acting.ts'
import type { Deps } from './endpoints/routes/deps.ts'
import { protocolRoutes } from './endpoints/routes/protocol.ts'
import type { Edge } from './http/edge.ts'
import type { Route, RouteGroup } from './http/route.ts'
import { type HttpServer, httpServer } from './http/server.ts'
import { paceOfRoute } from './rate-limits/rules.ts'

/** The whole system as an HTTP server that listens nowhere yet. */
export async function app(deps: Deps): Promise<HttpServer> {
  const edge = edgeOf(deps)
  const finished = await finishing(deps)
  const groups = groupsOf(deps, edge).map(
    ({ under, load }): RouteGroup => ({
      under,
      load: async () => (await load()).map(finished),
    }),
  )
  return httpServer(protocolRoutes(deps).map(finished), groups, edge)
}

interface UnpacedGroup extends Pick<RouteGroup, 'under'> {
  readonly load: () => Promise<readonly Unpaced[]>
}

// A start and a token need none of these, and each of them takes longer to load than a token to be answered.
const groupsOf = (deps: Deps, edge: Edge): readonly UnpacedGroup[] => [
  {
    under: /^\/(?:v1\/(?!oauth\/)|v1\/oauth\/me|mcp)/,
    load: async () => (await import('./endpoints/routes/api.ts')).apiRoutes(deps),
  },
  {
    under: /^\/(?:content|files|uploads|health_check)/,
    load: async () => (await import('./endpoints/routes/files.ts')).fileRoutes(deps),
  },
  {
    under: /^/,
    load: async () => (await import('./endpoints/routes/pages.ts')).pageRoutes(deps, edge),
  },
]

// What every route is given: its pace, and in development the faults that wait for its requests.
async function finishing(deps: Deps): Promise<(route: Unpaced) => Route> {
  const faulty =
    deps.emulator && (await import('./pages/emulator/with-faults.ts')).faultsOf(deps.emulator, deps)
  return (route) => {
    const paced = { ...route, pace: paceOfRoute(route.method, route.path) }
    return faulty === null ? paced : faulty(paced)
  }
}

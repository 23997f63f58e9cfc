import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { openApi } from './api/openapi.ts'
import { resources } from './api/resources.ts'
import type { Asset } from './assets.ts'
import { revokeEndpoint, tokenEndpoint } from './endpoint.ts'
import { route as refuse } from './errors.ts'
import { httpServer, type Route } from './http.ts'
import { json, type Reply, type Request } from './message.ts'
import { authorizationResponse } from './oauth/authorization-response.ts'
import type { GrantDeps } from './oauth/grant.ts'
import { authorizationServerMetadata, protectedResourceMetadata } from './oauth/metadata.ts'
import { interaction } from './page-errors.ts'
import { apiDocs } from './pages/api-docs.ts'
import { authorizePage } from './pages/authorize.ts'
import { askForConsent, cancelRequest, giveConsent } from './pages/consent.ts'
import { showBadRequest, showError } from './pages/error.ts'
import { home } from './pages/home.ts'
import type { PageDeps } from './pages/page-deps.ts'
import { askToSignIn, signIn, signInAsSample } from './pages/sign-in.ts'
import { askToSignOut, showSignedOut, signOut } from './pages/sign-out.ts'
import { askToSignUp, openAccount } from './pages/sign-up.ts'
import { doorOf, type ResourceDeps, resourceEndpoint } from './resources.ts'
import type { ReadContent } from './uploads/content.ts'

/** Everything the system stands on; `main.ts` makes it, and so does every test. */
export interface Deps extends PageDeps, GrantDeps, ResourceDeps {
  readonly log: Logger
  readonly requestId: () => string
  readonly readContent: ReadContent
  /** Files of our own, by the path they are served under. */
  readonly assets: ReadonlyMap<string, Asset>
}

/** The whole system as an HTTP server that listens nowhere yet. */
export function app(deps: Deps): FastifyInstance {
  return httpServer(routes(deps), {
    publicUrl: deps.issuer,
    log: deps.log,
    requestId: deps.requestId,
    redirectTo: ({ target, code, description }) =>
      authorizationResponse(target, deps.issuer, { error: code, error_description: description }),
    showError: (error, requestId) => showError(error, requestId, deps),
    showBadRequest: (error, requestId) => showBadRequest(error, requestId, deps),
    checkHost: (request) => {
      const host = request.header('host') ?? ''
      if (host !== new URL(deps.issuer).host) throw interaction.wrongHost(deps.issuer, host)
    },
  })
}

// Every door of the system: who comes through it, method, path, what answers.
function routes(deps: Deps): readonly Route[] {
  const document = openApi(resources, { publicUrl: deps.issuer, brand: deps.brand })
  return [
    people('GET', '/v1/oauth/authorize', authorizePage),
    people('GET', '/sign-in', askToSignIn),
    people('POST', '/sign-in', signIn),
    people('GET', '/sign-up', askToSignUp),
    people('POST', '/sign-up', openAccount),
    people('GET', '/consent', askForConsent),
    people('POST', '/consent', giveConsent),
    people('POST', '/cancel', cancelRequest),
    people('GET', '/sign-out', askToSignOut),
    people('POST', '/sign-out', signOut),
    people('GET', '/signed-out', showSignedOut),
    people('GET', '/', home),
    people('GET', '/docs/api', (_request, deps) => apiDocs(resources, deps)),
    ...(deps.developmentApp === null ? [] : [people('POST', '/dev/sign-in', signInAsSample)]),

    apps('POST', '/v1/oauth/token', tokenEndpoint),
    apps('POST', '/v1/oauth/revoke', revokeEndpoint),
    // The protected resources, each of them a line in `api/`.
    ...resources.map(
      (resource): Route => ({
        method: resource.method,
        path: doorOf(resource),
        audience: 'api',
        answer: (request) => resourceEndpoint(resource, request, deps),
      }),
    ),
    apps('GET', '/v1/openapi.json', () => json(200, document)),
    apps('GET', '/.well-known/oauth-authorization-server', () =>
      json(200, authorizationServerMetadata(deps.issuer)),
    ),
    apps('GET', '/.well-known/oauth-protected-resource', () =>
      json(200, protectedResourceMetadata(deps.issuer)),
    ),
    apps('GET', '/content/:cid/:file', content),
    apps('GET', '/healthz', () => json(200, { status: 'alive' })),
    apps('GET', '/readyz', ready),
    ...Array.from(deps.assets, ([path, asset]) => apps('GET', path, () => unchanging(asset))),
  ]

  type Answer = (request: Request, deps: Deps) => Reply | Promise<Reply>
  function people(method: Route['method'], path: string, answer: Answer): Route {
    return { method, path, audience: 'people', answer: (request) => answer(request, deps) }
  }
  function apps(method: Route['method'], path: string, answer: Answer): Route {
    return { method, path, audience: 'apps', answer: (request) => answer(request, deps) }
  }
}

async function content(request: Request, deps: Deps): Promise<Reply> {
  const bytes = await deps.readContent(request.path('cid'), request.path('file'))
  if (bytes === undefined) throw refuse.notFound()
  return unchanging({ type: 'image/jpeg', bytes })
}

async function ready(_request: Request, deps: Deps): Promise<Reply> {
  await deps.store.ping()
  return json(200, { status: 'ready' })
}

// The address names the bytes: a CID, or a path that holds their hash.
const unchanging = ({ type, bytes }: Asset): Reply => ({
  status: 200,
  headers: {
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
  },
  body: bytes,
})

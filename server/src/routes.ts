import { openApi } from './api/openapi.ts'
import { resources } from './api/resources.ts'
import type { Imports } from './archive/imports.ts'
import { alive } from './endpoints/alive.ts'
import { resourceEndpoint, routePathOf, withStore } from './endpoints/api.ts'
import { type EdgeDeps, edgeOf } from './endpoints/edge.ts'
import { deviceEndpoint, introspectEndpoint, pushEndpoint } from './endpoints/extensions.ts'
import { ownCalls } from './endpoints/in-process.ts'
import { mcpEndpoint } from './endpoints/mcp/endpoint.ts'
import { metricsEndpoint } from './endpoints/metrics.ts'
import { type EndpointDeps, revokeEndpoint, tokenEndpoint } from './endpoints/oauth.ts'
import { jwksEndpoint, userinfoEndpoint } from './endpoints/openid.ts'
import { readiness } from './endpoints/readiness.ts'
import { placeOf } from './http/ip-address.ts'
import { json, type Reply, type Request } from './http/message.ts'
import type { Edge } from './http/respond.ts'
import type { Route } from './http/route.ts'
import { type SdkFiles, sdkFile } from './http/sdk-files.ts'
import { type HttpServer, httpServer } from './http/server.ts'
import { type Asset, assetFile } from './http/static-files.ts'
import { unvarying } from './http/unvarying.ts'
import type { GrantDeps } from './oauth/grants/token-response.ts'
import type { IntrospectDeps } from './oauth/introspect.ts'
import { authorizationServerMetadata, protectedResourceMetadata } from './oauth/metadata.ts'
import { accountPages } from './pages/account/routes.ts'
import { leadToApps } from './pages/developers/apps.ts'
import { type DeveloperPageDeps, developerPages } from './pages/developers/routes.ts'
import { finishTestLogin } from './pages/developers/test-login/callback.ts'
import { webhookPages } from './pages/developers/webhooks.ts'
import { qrCode } from './pages/device/qr-code.ts'
import { devicePages } from './pages/device/routes.ts'
import { apiDocs } from './pages/docs/api-docs.ts'
import { docPages } from './pages/docs/doc-page.ts'
import type { DocsDeps } from './pages/docs/docs-deps.ts'
import { errorDocs } from './pages/docs/error-docs.ts'
import { errorWords } from './pages/docs/error-words.ts'
import { apiMarkdown, errorsMarkdown, llmsText } from './pages/docs/markdown.ts'
import { sdkDocs } from './pages/docs/sdk-docs.ts'
import { sdkErrorWords } from './pages/docs/sdk-error-words.ts'
import { keysOfReader, searchDocs, searchIndexFile } from './pages/docs/search-page.ts'
import { emulatorPagesOf } from './pages/emulator/routes.ts'
import { faultsOf } from './pages/emulator/with-faults.ts'
import { home, leadToPassword } from './pages/home.ts'
import { authorizePage } from './pages/login/authorize.ts'
import { askForConsent, cancelRequest, giveConsent } from './pages/login/consent.ts'
import { confirmLogout, logOut, logOutByForm } from './pages/login/logout.ts'
import { askForPasskey, signInWithPasskey } from './pages/login/passkey-sign-in.ts'
import { askToSignIn, signIn, signInAsSample } from './pages/login/sign-in.ts'
import { askToSignOut, showSignedOut, signOut } from './pages/login/sign-out.ts'
import { askToSignUp, openAccount } from './pages/login/sign-up.ts'
import { askForReset, sendResetLink, showResetSent } from './pages/recovery/ask.ts'
import { askForNewPassword, setNewPassword } from './pages/recovery/choose.ts'
import { askToConfirmEmail, confirmEmail, showEmailConfirmed } from './pages/recovery/confirm-email.ts'
import { askForProof } from './pages/session/reauthenticate.ts'
import { paceOfRoute } from './rate-limits/rules.ts'
import type { Actor } from './store/contract/store.ts'
import { type ServingDeps, serveAttachment, serveAudio, serveImage } from './uploads/content/serve.ts'
import type { Uploads } from './uploads/start.ts'
import { health, uploadStatus } from './uploads/upload-status.ts'
import { inLogin } from './usage/in-login.ts'
import type { Usage } from './usage/start.ts'

/** What the system depends on; `main.ts` makes it, and so does every test. */
export interface Deps
  extends EdgeDeps,
    EndpointDeps,
    GrantDeps,
    ServingDeps,
    IntrospectDeps,
    DocsDeps,
    DeveloperPageDeps {
  readonly uploads: Uploads
  /** Whether agents may make the calls of the API as tools. */
  readonly takesAgents: boolean
  /** The SDK, as this server hands it out. */
  readonly sdk: SdkFiles
  readonly imports: Imports
  readonly usage: Usage
  /** Files of our own, by the path they are served under. */
  readonly assets: ReadonlyMap<string, Asset>
}

/** The whole system as an HTTP server that listens nowhere yet. */
export function app(deps: Deps): HttpServer {
  const edge = edgeOf(deps)
  const faulty = faultsOf(deps)
  const paced = routes(deps, edge).map((each) => ({
    ...faulty(each),
    pace: paceOfRoute(each.method, each.path),
  }))
  return httpServer(paced, edge)
}

type Unpaced = Omit<Route, 'pace'>

// Every route of the system: its audience, method, path and what answers.
function routes(deps: Deps, edge: Edge): readonly Unpaced[] {
  const document = () => openApi(resources, { publicUrl: deps.issuer, brand: deps.brand })
  const resourceDeps = {
    ...deps,
    needsConfirmedEmail: deps.mailQueue !== null,
    previews: deps.uploads.previews,
    serveAttachment: (request: Request, cid: string, filename: string) =>
      serveAttachment(request, cid, filename, deps),
  }
  const docPage = docPages(deps)
  const callEndpoint = ownCalls(resourceDeps, edge)
  const features = {
    openid: deps.openid !== null,
    pushed: deps.takesPushed,
    devices: deps.takesDevices,
    introspection: deps.resourceServers.length > 0,
    clientDocuments: deps.readClientDocument !== null,
    dpop: deps.dpop !== null,
    webhooks: deps.webhooks !== null,
  }
  const resource = (path?: '/mcp') =>
    unvarying(() => json(200, protectedResourceMetadata(deps.issuer, features, path)))
  const metadata = unvarying(() => json(200, authorizationServerMetadata(deps.issuer, features)))
  return [
    people('GET', '/v1/oauth/authorize', inLogin('authorize', authorizePage)),
    people('GET', '/sign-in', askToSignIn),
    people('POST', '/sign-in', inLogin('consent', signIn)),
    people('POST', '/sign-in/passkey', inLogin('consent', signInWithPasskey)),
    people('POST', '/sign-in/passkey/options', askForPasskey),
    people('GET', '/reset-password', askForReset),
    people('POST', '/reset-password', sendResetLink),
    people('GET', '/reset-password/sent', showResetSent),
    people('GET', '/reset-password/new', askForNewPassword),
    people('POST', '/reset-password/new', inLogin('consent', setNewPassword)),
    people('GET', '/sign-up', askToSignUp),
    people('POST', '/sign-up', inLogin('consent', openAccount)),
    people('GET', '/consent', inLogin('consent', askForConsent)),
    people('POST', '/consent', inLogin('consent', giveConsent)),
    people('POST', '/cancel', inLogin('consent', cancelRequest)),
    people('GET', '/sign-out', askToSignOut),
    people('POST', '/sign-out', signOut),
    people('GET', '/signed-out', showSignedOut),
    ...developerPages.map(([method, path, answer, isStreamed]) => people(method, path, answer, isStreamed)),
    ...webhookRoutes(deps.webhooks),
    people('GET', '/developers/:api_key/test-login/callback', (request, deps) =>
      finishTestLogin(request, { ...deps, callEndpoint }),
    ),
    people('POST', '/reauthenticate/options', askForProof),
    people('GET', '/plans', leadToApps),
    people('GET', '/settings/developer-apps', leadToApps),
    ...accountPages.map(([method, path, answer, isStreamed]) => people(method, path, answer, isStreamed)),
    people('GET', '/confirm-email', askToConfirmEmail),
    people('POST', '/confirm-email', confirmEmail),
    people('GET', '/confirm-email/done', showEmailConfirmed),
    people('GET', '/', home),
    people('GET', '/.well-known/change-password', leadToPassword),
    people('GET', '/docs', docPage),
    people('GET', '/docs/*', docPage),
    people('GET', '/docs/search', searchDocs(deps)),
    people(
      'GET',
      '/docs/search.json',
      unvarying(() => searchIndexFile(deps)),
    ),
    people('GET', '/docs/keys.json', keysOfReader),
    people(
      'GET',
      '/docs/errors',
      unvarying(() => errorDocs(deps)),
    ),
    people(
      'GET',
      '/sdk',
      unvarying(() => sdkDocs(deps)),
    ),
    people(
      'GET',
      '/docs/api',
      unvarying(() => apiDocs(resources, deps)),
    ),
    ...(deps.developmentApp === null
      ? []
      : [people('POST', '/dev/sign-in', inLogin('consent', signInAsSample))]),
    ...emulatorPagesOf(deps).map(([method, path, answer]) => people(method, path, answer)),

    apps('POST', '/v1/oauth/token', inLogin('token', tokenEndpoint)),
    apps('POST', '/v1/oauth/revoke', inLogin('revoke', revokeEndpoint)),
    // The protected resources, each of them a line in `api/`.
    ...resources.map(
      (resource): Unpaced => ({
        method: resource.method,
        path: routePathOf(resource),
        audience: 'api',
        answer: acting('program', resource.method, (request, { store }) =>
          resourceEndpoint(resource, request, withStore(resourceDeps, store)),
        ),
      }),
    ),
    apps(
      'GET',
      '/v1/openapi.json',
      unvarying(() => json(200, document())),
    ),
    apps('GET', '/.well-known/oauth-authorization-server', metadata),
    ...openIdRoutes(deps.openid),
    ...agentRoutes(),
    ...deviceRoutes(),
    ...(deps.takesPushed ? [apps('POST', '/v1/oauth/par', inLogin('authorize', pushEndpoint))] : []),
    ...(deps.resourceServers.length === 0 ? [] : [apps('POST', '/v1/oauth/introspect', introspectEndpoint)]),
    apps('GET', '/.well-known/oauth-protected-resource', resource()),
    apps(
      'GET',
      '/llms.txt',
      unvarying(() =>
        llmsText(
          deps,
          { hasOpenId: deps.openid !== null, takesAgents: deps.takesAgents },
          deps.docs().groups,
        ),
      ),
    ),
    apps(
      'GET',
      '/docs/errors.md',
      unvarying(() => errorsMarkdown(errorWords, sdkErrorWords)),
    ),
    apps(
      'GET',
      '/docs/api.md',
      unvarying(() => apiMarkdown(resources, deps)),
    ),
    media('GET', '/content/:cid', serveAudio),
    media('GET', '/content/:cid/:file', serveImage),
    apps('GET', '/health_check', health),
    media('GET', '/uploads/:id', uploadStatus),
    files('POST', '/files'),
    files('OPTIONS', '/files'),
    ...(['HEAD', 'PATCH', 'DELETE', 'OPTIONS'] as const).map((method) => files(method, '/files/:id')),
    apps('GET', '/healthz', alive),
    apps('GET', '/readyz', readiness(deps)),
    apps('GET', '/metrics', metricsEndpoint(deps)),
    ...Array.from(deps.sdk.files, ([path, file]) => apps('GET', path, (request) => sdkFile(file, request))),
    ...Array.from(deps.assets, ([path, asset]) => apps('GET', path, (request) => assetFile(asset, request))),
  ]

  type Answer = (request: Request, deps: Deps) => Reply | Promise<Reply>
  // What may change something, or hands data out, does it as whoever asks, so that the audit log can say who.
  function acting(by: Actor['by'], method: Route['method'], answer: Answer): Route['answer'] {
    if (by === 'program' && (method === 'GET' || method === 'HEAD')) return (request) => answer(request, deps)
    return (request) => {
      const { requestId } = request
      const actor = { by, network: placeOf(request.address), requestId, at: deps.clock() }
      return answer(request, { ...deps, store: deps.store.as(actor) })
    }
  }
  function agentRoutes(): readonly Unpaced[] {
    if (!deps.takesAgents) return []
    const answer = mcpEndpoint(resources)
    return [
      apps('POST', '/mcp', (request, { store }) => answer(request, { ...resourceDeps, store })),
      apps('GET', '/.well-known/oauth-protected-resource/mcp', resource('/mcp')),
    ]
  }
  function deviceRoutes(): readonly Unpaced[] {
    if (!deps.takesDevices) return []
    return [
      apps('POST', '/v1/oauth/device_authorization', deviceEndpoint),
      ...devicePages.map(([method, path, answer]) => people(method, path, answer)),
      apps('GET', '/device/qr.svg', qrCode),
    ]
  }
  function webhookRoutes(webhooks: Deps['webhooks']): readonly Unpaced[] {
    if (webhooks === null) return []
    return webhookPages.map(([method, path, answer]) =>
      people(method, path, (request, deps) => answer(request, { ...deps, webhooks })),
    )
  }
  function openIdRoutes(openid: Deps['openid']): readonly Unpaced[] {
    if (openid === null) return []
    const userinfo: Answer = (request, deps) => userinfoEndpoint(request, openid, deps)
    return [
      apps('GET', '/.well-known/openid-configuration', metadata),
      apps('GET', '/.well-known/jwks.json', () => jwksEndpoint(openid)),
      apps('GET', '/v1/oauth/userinfo', userinfo),
      apps('POST', '/v1/oauth/userinfo', userinfo),
      people('GET', '/v1/oauth/logout', (request, deps) => logOut(request, { ...deps, openid }), false),
      people('POST', '/v1/oauth/logout', logOutByForm),
      people('POST', '/logout', (request, deps) => confirmLogout(request, { ...deps, openid })),
    ]
  }
  function people(method: Route['method'], path: string, answer: Answer, isStreamed = false): Unpaced {
    return { method, path, audience: 'people', answer: acting('browser', method, answer), isStreamed }
  }
  function apps(method: Route['method'], path: string, answer: Answer): Unpaced {
    return { method, path, audience: 'apps', answer: acting('program', method, answer) }
  }
  function media(method: Route['method'], path: string, answer: Answer): Unpaced {
    return { ...apps(method, path, answer), audience: 'api' }
  }
  function files(method: Route['method'], path: string): Unpaced {
    return { method, path, audience: 'api', answer: deps.uploads.tus, isStreamed: true }
  }
}

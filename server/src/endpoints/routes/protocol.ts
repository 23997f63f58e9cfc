import { json, type Reply, type Request } from '../../http/message.ts'
import { sdkFile } from '../../http/sdk-files.ts'
import { assetFile } from '../../http/static-files.ts'
import { unvarying } from '../../http/unvarying.ts'
import { authorizationServerMetadata, protectedResourceMetadata } from '../../oauth/metadata.ts'
import { inLogin } from '../../usage/in-login.ts'
import { alive } from '../alive.ts'
import { deviceEndpoint, introspectEndpoint, pushEndpoint } from '../extensions.ts'
import { metricsEndpoint } from '../metrics.ts'
import { revokeEndpoint, tokenEndpoint } from '../oauth.ts'
import { jwksEndpoint, userinfoEndpoint } from '../openid.ts'
import { readiness } from '../readiness.ts'
import { actingRoutes, type Unpaced } from './acting.ts'
import type { Deps } from './deps.ts'

/** What apps ask of an authorization server, what its operator asks, and its files. */
export function protocolRoutes(deps: Deps): readonly Unpaced[] {
  const { apps } = actingRoutes(deps)
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
    apps('POST', '/v1/oauth/token', inLogin('token', tokenEndpoint)),
    apps('POST', '/v1/oauth/revoke', inLogin('revoke', revokeEndpoint)),
    apps('GET', '/.well-known/oauth-authorization-server', metadata),
    apps('GET', '/.well-known/oauth-protected-resource', resource()),
    ...(deps.takesAgents ? [apps('GET', '/.well-known/oauth-protected-resource/mcp', resource('/mcp'))] : []),
    ...openIdRoutes(deps.openid),
    ...(deps.takesDevices ? [apps('POST', '/v1/oauth/device_authorization', deviceEndpoint)] : []),
    ...(deps.takesPushed ? [apps('POST', '/v1/oauth/par', inLogin('authorize', pushEndpoint))] : []),
    ...(deps.resourceServers.length === 0 ? [] : [apps('POST', '/v1/oauth/introspect', introspectEndpoint)]),
    apps('GET', '/healthz', alive),
    apps('GET', '/readyz', readiness(deps)),
    apps('GET', '/metrics', metricsEndpoint(deps)),
    ...Array.from(deps.sdk.files, ([path, file]) => apps('GET', path, sdkFile(file))),
    ...Array.from(deps.assets, ([path, asset]) => apps('GET', path, assetFile(asset))),
  ]

  function openIdRoutes(openid: Deps['openid']): readonly Unpaced[] {
    if (openid === null) return []
    const userinfo = (request: Request, deps: Deps): Promise<Reply> => userinfoEndpoint(request, openid, deps)
    return [
      apps('GET', '/.well-known/openid-configuration', metadata),
      apps('GET', '/.well-known/jwks.json', () => jwksEndpoint(openid)),
      apps('GET', '/v1/oauth/userinfo', userinfo),
      apps('POST', '/v1/oauth/userinfo', userinfo),
    ]
  }
}

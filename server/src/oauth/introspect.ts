import { digest, read, sameDigest } from '../crypto/secret.ts'
import { introspection as refuse } from '../errors/introspection.ts'
import { token as refuseToken } from '../errors/oauth.ts'
import type { Params } from '../http/params.ts'
import type { Instant, Store } from '../store/contract/store.ts'
import type { OpenId } from './openid/id-token.ts'
import { scopeText } from './scope.ts'

/** Another server of the operator that takes tokens of this one, by its secret. */
export interface ResourceServer {
  readonly id: string
  readonly secret: string
}

export interface IntrospectDeps {
  readonly store: Store
  readonly clock: () => Instant
  readonly issuer: string
  readonly resourceServers: readonly ResourceServer[]
  readonly subjectOf: OpenId['subjectOf']
}

/**
 * Says what an access token is worth to a resource server of the operator (RFC 7662 §2). A token that is anything but alive is
 * `active: false` and no more.
 * @param authorization every `Authorization` header sent
 * @throws OAuthError `invalid_client` for anybody else
 */
export async function introspect(
  params: Params,
  authorization: readonly string[],
  deps: IntrospectDeps,
): Promise<unknown> {
  checkServer(authorization, deps.resourceServers)
  const given = params.get('token')
  if (given === undefined) throw refuseToken.missing('token')
  const credential = read('access', given)
  const token = credential && (await deps.store.findAccessToken(credential.digest, deps.clock()))
  if (token === undefined) return { active: false }
  const app = token.apiKey === null ? undefined : await deps.store.findApp(token.apiKey)
  const clientId = app?.documentAddress ?? token.apiKey
  return {
    active: true,
    iss: deps.issuer,
    aud: deps.issuer,
    token_type: token.thumbprint === null ? 'Bearer' : 'DPoP',
    ...(token.thumbprint !== null && { cnf: { jkt: token.thumbprint } }),
    scope: scopeText(token.scope, token.identity),
    ...(clientId !== null && { client_id: clientId }),
    sub: deps.subjectOf(token.user.id),
    username: token.user.handle,
    exp: Math.floor(token.expiresAt / 1000),
  }
}

function checkServer(authorization: readonly string[], servers: readonly ResourceServer[]): void {
  const [header = ''] = authorization
  const encoded = /^basic +([A-Za-z\d+/_-]+={0,2}) *$/i.exec(header)?.[1]
  if (authorization.length !== 1 || encoded === undefined) throw refuse.unauthenticated()
  const sent = digest(Buffer.from(encoded, 'base64').toString('utf8'))
  // All are compared, so that the time taken says nothing of which came near.
  const matches = servers.filter(({ id, secret }) => sameDigest(digest(`${id}:${secret}`), sent))
  if (matches.length === 0) throw refuse.unauthenticated()
}

import { catalogue } from './catalogue.ts'
import { proofChallenge } from './dpop.ts'
import { invalidRequest, OAuthError } from './oauth.ts'

export const challenge = (attributes: string) => ({
  headers: { 'www-authenticate': `Bearer realm="stagedoor"${attributes}` },
})
const invalidToken = (description: string, scheme: 'Bearer' | 'DPoP' = 'Bearer') =>
  new OAuthError(
    401,
    'invalid_token',
    description,
    scheme === 'DPoP'
      ? proofChallenge('invalid_token', description)
      : challenge(`, error="invalid_token", error_description="${description}"`),
  )

/** RFC 6750 §3.1, RFC 9449 §7.1. */
export const bearer = catalogue('bearer', {
  // RFC 6750 §3.1: a request without a token learns no error code from the challenge.
  none: () =>
    new OAuthError(
      401,
      'invalid_token',
      'No access token was sent. Send it as: Authorization: Bearer <token>',
      challenge(''),
    ),
  two: () => invalidRequest('More than one Authorization header was sent.'),
  malformed: (scheme?: 'Bearer' | 'DPoP') =>
    invalidToken('This is not an access token of this server.', scheme),
  dead: (scheme?: 'Bearer' | 'DPoP') =>
    invalidToken('The access token is expired, revoked or unknown.', scheme),
  bound: () =>
    invalidToken(
      'The access token is bound to a key. Send it as: Authorization: DPoP <token>, with a proof of the key.',
      'DPoP',
    ),
  unbound: () =>
    invalidToken('The access token is bound to no key. Send it as: Authorization: Bearer <token>'),
  // RFC 6750 §3.1 names the scope that would do.
  insufficientScope: () =>
    new OAuthError(
      403,
      'insufficient_scope',
      'The access token may only read. Log in with scope write.',
      challenge(', error="insufficient_scope", scope="write"'),
    ),
  // An access token is an app's, and no app manages apps or what others may do, whatever its scope.
  noManagementToken: () =>
    new OAuthError(
      403,
      'insufficient_scope',
      'An access token of an app cannot do this. It takes a management token, which the owner of the account makes on the developer portal.',
      challenge(', error="insufficient_scope"'),
    ),
  managementToken: (scheme?: 'Bearer' | 'DPoP') =>
    invalidToken(
      'This is a management token: it manages apps and their access, and is no login. Send an access token.',
      scheme,
    ),
  deadManagementToken: () => invalidToken('The management token is expired, revoked or unknown.'),
  noOpenId: () =>
    new OAuthError(
      403,
      'insufficient_scope',
      'The access token tells nothing of the person. Log in with scope openid.',
      challenge(', error="insufficient_scope", scope="openid"'),
    ),
  otherUser: () => new OAuthError(403, 'access_denied', 'user_id is not the user of this access token.'),
})

import { catalogue } from './catalogue.ts'
import { OAuthError } from './oauth.ts'

/** RFC 7662 §2.3. */
export const introspection = catalogue('introspection', {
  unauthenticated: () =>
    new OAuthError(
      401,
      'invalid_client',
      'Only resource servers of the operator may ask: send the id and the secret of one by HTTP Basic.',
      { headers: { 'www-authenticate': 'Basic realm="stagedoor introspection"' } },
    ),
})

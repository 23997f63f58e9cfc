import { parseApiKey } from '../apps/api-key.ts'
import { token as refuse } from '../errors/oauth.ts'
import type { Params } from '../http/params.ts'

/**
 * Takes the client of a request whose library authenticates with an empty secret (RFC 6749 §2.3.1): clients are public
 * here, so that says no more than `client_id`.
 * @param authorization every `Authorization` header sent
 * @returns the parameters, with the `client_id` of the header where the body has none
 * @throws OAuthError `invalid_client` for a secret, or another client than the body's
 */
export function withClientId<P extends Params>(params: P, authorization: readonly string[]): P {
  if (params.get('client_secret') !== undefined) throw refuse.clientSecret()
  const users = authorization.filter((header) => /^basic\b/i.test(header)).map(userOf)
  const named = [...new Set(users.filter((user) => user !== ''))]
  if (named.length === 0) return params
  const [user] = named
  const given = params.get('client_id') ?? user
  if (named.length > 1 || !isSame(given, user)) throw refuse.httpAuthentication()
  return { ...params, get: (name) => (name === 'client_id' ? user : params.get(name)) }
}

const isSame = (one = '', other = ''): boolean =>
  one === other || (parseApiKey(one) !== undefined && parseApiKey(one) === parseApiKey(other))

function userOf(header: string): string {
  const encoded = /^basic +([A-Za-z\d+/_-]*={0,2}) *$/i.exec(header)?.[1]
  if (encoded === undefined) throw refuse.httpAuthentication()
  // A user name holds no colon (RFC 7617 §2): what follows the first one is the password, whole.
  const user = /^([^:]*):$/.exec(Buffer.from(encoded, 'base64').toString('utf8'))?.[1]
  if (user === undefined) throw refuse.httpAuthentication()
  return decoded(user)
}

// Both are form-encoded before they are joined (RFC 6749 §2.3.1).
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw refuse.httpAuthentication()
  }
}

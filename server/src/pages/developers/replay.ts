import type { App, SentRequest } from '../../store/contract/store.ts'
import { bareAddress, lengthOf } from '../../usage/sent-request.ts'

const authorizePath = '/v1/oauth/authorize'
/** Where an authorization is asked for; what was pushed is asked for anew without being pushed. */
const routes: readonly string[] = [`GET ${authorizePath}`, 'POST /v1/oauth/par']
/** More than any parameter may have, so that what was too long is so again. */
const mostCharacters = 3000

/**
 * The address that asks for the same authorization anew, as far as it may be shown: its state is another, and nobody has the
 * verifier of its challenge, so that its code is of no use. Null for a request that was none.
 */
export function replayOf(sent: SentRequest | null, { apiKey, redirectUris }: App): string | null {
  if (sent === null || !routes.includes(sent.route)) return null
  const parameters = Object.entries(sent.parameters).flatMap(([name, shown]) => {
    const value = filledUp(name, shown, redirectUris)
    return value === null ? [] : [[name, value]]
  })
  return `${authorizePath}?${new URLSearchParams([['api_key', apiKey], ...parameters])}`
}

function filledUp(name: string, shown: string, redirectUris: readonly string[]): string | null {
  // A hint names a person, and what was pushed stands beside its name.
  if (name === 'login_hint' || name === 'request_uri') return null
  // What was registered with a query is sent with it.
  if (name === 'redirect_uri') return redirectUris.find((uri) => bareAddress(uri) === shown) ?? shown
  const length = lengthOf(shown)
  return length === undefined ? shown : 'A'.repeat(Math.min(length, mostCharacters))
}

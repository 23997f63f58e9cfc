import { readClientId } from '../../apps/client-id.ts'
import { logout as refuse } from '../../errors/logout.ts'
import { charactersIn, type Params } from '../../http/params.ts'
import { longest } from '../../limits.ts'
import type { App, Store } from '../../store/contract/store.ts'
import type { OpenId } from './id-token.ts'
import { type Hint, readHint } from './id-token-hint.ts'

/** A logout that an app has begun (RP-Initiated Logout §2). */
export interface LogoutRequest {
  /** What the app knows of the login; null where it has shown nothing. */
  readonly hint: Hint | null
  /** The app; null where it did not say who it is. */
  readonly app: App | null
  /** Where the person goes afterwards, an address of that app with its `state`; null for a page of ours. */
  readonly returnTo: string | null
}

/**
 * Reads what an app asks for when it logs somebody out.
 * @throws PageError when the app is not known, or the address is none of its own: nobody is sent there then (§3)
 */
export async function logoutRequest(
  params: Params,
  deps: { readonly store: Store; readonly openid: OpenId; readonly issuer: string },
): Promise<LogoutRequest> {
  for (const name of ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'])
    if (params.repeated.has(name) || params.malformed.has(name)) throw refuse.broken(name)
  const token = params.get('id_token_hint')
  const hint = token === undefined ? null : ((await readHint(token, deps)) ?? null)
  const given = params.get('client_id')
  const ofHint = hint === null ? undefined : readClientId(hint.aud)
  const apiKey = given === undefined ? ofHint : readClientId(given)
  if (given !== undefined && hint !== null && apiKey !== ofHint) throw refuse.otherClient()
  const app = apiKey === undefined ? undefined : await deps.store.findApp(apiKey)
  if (given !== undefined && app === undefined) throw refuse.unknownClient()
  const uri = params.get('post_logout_redirect_uri')
  if (uri === undefined) return { hint, app: app ?? null, returnTo: null }
  if (app === undefined) throw refuse.noClient()
  if (!isOfApp(uri, app)) throw refuse.unregistered(app.name)
  return { hint, app, returnTo: withState(uri, params.get('state')) }
}

// An address that the app is returned to anyway, or the front page of one: no third party's.
function isOfApp(uri: string, { redirectUris }: App): boolean {
  const origins = redirectUris.filter((each) => /^https?:/.test(each)).map((each) => new URL(each).origin)
  return redirectUris.includes(uri) || origins.some((origin) => uri === origin || uri === `${origin}/`)
}

function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri
  if (charactersIn(state) > longest.state) throw refuse.broken('state')
  const joint = uri.includes('?') ? '&' : '?'
  return `${uri}${joint}state=${encodeURIComponent(state)}`
}

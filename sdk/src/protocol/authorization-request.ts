import { failure } from '../errors/errors.ts'
import { writeQuery } from '../http/url.ts'
import type { Mode, Platform } from '../platform/platform.ts'
import { base64url, challengeOf } from './pkce.ts'
import type { Transaction } from './transaction.ts'

/** What an app may do: see the profile (`read`), or act for the person too (`write`; RFC 6749 §3.3). */
export type Scope = 'read' | 'write'

/**
 * Shows the authorization page to the person, such as in an in-app browser. What it throws rejects the login.
 *
 * @param url The authorization request.
 */
export type OpenUrl = (url: string) => unknown

/** How a login is shown and what it asks for. */
export interface LoginOptions {
  /** What the app may do: `read` (the default), or `write`, which needs an API key. */
  readonly scope?: Scope | readonly Scope[] | undefined
  /** The callback page; the one given to `sdk()` by default. */
  readonly redirectUri?: string | undefined
  /** `popup` (the default) or `fullScreen`, which navigates this page. */
  readonly display?: 'popup' | 'fullScreen' | undefined
  /** Where the callback's URL carries the answer; the server's default is `fragment`. */
  readonly responseMode?: 'fragment' | 'query' | undefined
  /** `none` shows nothing and fails where a person is needed; `login` and `consent` always ask. */
  readonly prompt?: 'none' | 'login' | 'consent' | undefined
  /** The handle or address to fill in. */
  readonly loginHint?: string | undefined
  /** Ends a popup login with `aborted`. */
  readonly signal?: AbortSignal | undefined
  /** Shows the URL instead of a window; the one given to `sdk()` by default. Then `handleRedirect(url)` completes it. */
  readonly openUrl?: OpenUrl | undefined
  /** Goes on with the full page where the popup is blocked. */
  readonly fallback?: 'redirect' | undefined
}

/** Who asks, and whom. */
export interface App {
  /** The server's origin, which is its issuer name (RFC 9207). */
  readonly issuer: string
  readonly apiKey: string | null
  /** Whether it stands in the configuration at all, and so, where it is null, comes from a variable that is not set. */
  readonly hasKey: boolean
  readonly appName: string | undefined
  readonly redirectUri: string | undefined
  readonly openUrl: OpenUrl | undefined
  /** Whether the console is told what the app leaves undone; where nobody said, it is at a server on this machine. */
  readonly debug: boolean | undefined
}

/** The redirect URI to ask for. Throws `missing_redirect_uri`. */
export function redirectUriOf(app: App, options: LoginOptions): string {
  const redirectUri = options.redirectUri ?? app.redirectUri
  if (!redirectUri) throw failure('missing_redirect_uri')
  return redirectUri
}

/** A new login of an app, with its own state and verifier (RFC 7636 §4.1). Rejects what cannot work. */
export function transactionOf(
  app: App,
  options: LoginOptions,
  { randomBytes }: Platform,
  redirectUri: string,
  mode: Mode,
): Transaction {
  if (options.signal?.aborted) throw failure('aborted')
  if (!app.apiKey && !app.appName) throw failure('missing_client')
  if (!app.apiKey && scopeOf(options) !== 'read') throw failure('scope_needs_api_key')
  return {
    state: base64url(randomBytes(32)),
    verifier: base64url(randomBytes(32)),
    redirectUri,
    mode,
    createdAt: Date.now(),
  }
}

export const openUrlOf = (app: App, options: LoginOptions): OpenUrl | undefined =>
  options.openUrl ?? app.openUrl

const scopeOf = ({ scope = 'read' }: LoginOptions) => [scope].flat().join(' ')

/** The request of a login. Made again, for an answer that was lost, it must ask nobody: so it says no `prompt` then. */
export const silentUrl = (app: App, options: LoginOptions, transaction: Transaction): string =>
  authorizationUrl(app, { ...options, prompt: undefined }, transaction)

/** The authorization request's URL (RFC 6749 §4.1.1, RFC 7636 §4.3). */
export function authorizationUrl(app: App, options: LoginOptions, transaction: Transaction): string {
  const query = {
    response_type: 'code',
    scope: scopeOf(options),
    api_key: app.apiKey,
    app_name: app.apiKey ? null : app.appName,
    redirect_uri: transaction.redirectUri,
    state: transaction.state,
    code_challenge: challengeOf(transaction.verifier),
    code_challenge_method: 'S256',
    response_mode: options.responseMode,
    display: transaction.mode === 'page' ? 'fullScreen' : 'popup',
    prompt: options.prompt,
    login_hint: options.loginHint,
  }
  return `${app.issuer}/v1/oauth/authorize?${writeQuery(query)}`
}

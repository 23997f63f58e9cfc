import type { CurrentUser } from './api/current-user.ts'
import type { CallOptions } from './http/abort.ts'
import type { LoginOptions } from './protocol/authorization-request.ts'
import type { SessionContext } from './session/context.ts'
import { type SessionEvent, type SessionSnapshot, watchedBy } from './session/events.ts'
import type { Session } from './session/session.ts'

/** Logging in and out, and who is logged in. */
export interface OAuth {
  /**
   * Logs a person in. A popup login resolves when the tokens are stored; call it directly in a click handler, or the
   * browser blocks the popup. A full-page login leaves this page, so its promise never resolves. With `openUrl` it is
   * `handleRedirect(url)` in this page that settles it; what `openUrl` throws rejects it. While a popup login
   * runs, further calls focus it and get the same outcome.
   *
   * @param options How it is shown, and what it asks for.
   * @throws ConfigurationError for what the app must change, such as `missing_redirect_uri` or `scope_needs_api_key`.
   * @throws LoginError with `cancelled` for `popup_closed`, `access_denied`, `aborted` and `superseded`; else
   *   `popup_blocked`, `login_timeout`, `issuer_mismatch`, `login_required`, `consent_required`, `login_refused`.
   * @throws OAuthError, NetworkError or ApiError when the code could not be exchanged (RFC 6749 §4.1.3).
   */
  login(options?: LoginOptions): Promise<void>
  /**
   * Completes a login on the callback page, in either display; call it once the page loads. It takes the answer out of
   * the URL before anything else. Where the URL carries no answer it does nothing, so any page may call it, twice too.
   *
   * @param url Another URL to read instead of this page's, such as a deep link.
   * @throws LoginError `state_mismatch` (RFC 6749 §10.12), `issuer_mismatch` (RFC 9207), or the server's refusal.
   * @throws OAuthError, NetworkError or ApiError when the code could not be exchanged.
   */
  handleRedirect(url?: string): Promise<void>
  /**
   * Whether a URL carries an answer that `handleRedirect()` has not taken yet.
   *
   * @param url Another URL to read instead of this page's, such as a deep link.
   */
  hasRedirectResult(url?: string): boolean
  /**
   * The profile of who is logged in, from the server every time. Refreshes an expired access token first.
   *
   * @param options How long to wait.
   * @throws SessionError `not_authenticated`, `session_expired`, `token_store_failed`.
   * @throws NetworkError, ApiError or OAuthError `token_refused`; the session is kept.
   */
  getUser(options?: CallOptions): Promise<CurrentUser>
  /**
   * Whether somebody is logged in: an access token that has not expired, or one that a refresh can get. True as well
   * while the server cannot be reached, as the session is kept; false once it has refused the refresh token.
   *
   * @throws OAuthError `token_refused`, SessionError `token_store_failed`.
   */
  isAuthenticated(): Promise<boolean>
  /**
   * Whether a refresh token is stored.
   *
   * @throws SessionError `token_store_failed`.
   */
  hasRefreshToken(): Promise<boolean>
  /**
   * Trades the refresh token for new tokens (RFC 6749 §6), once for all tabs that ask at the same time. Answers the
   * new access token, or null when there is no session, or it has ended.
   *
   * @param options How long to wait.
   * @throws NetworkError or ApiError, worth a retry; the session is kept.
   * @throws OAuthError `token_refused`, SessionError `token_store_failed`.
   */
  refreshAccessToken(options?: CallOptions): Promise<string | null>
  /**
   * Logs out: forgets the tokens at once, whatever the network does, then asks the server to revoke them (RFC 7009).
   * Resolves when it has answered, at most 10 seconds later. The signal ends this wait alone.
   *
   * @param options How long to wait.
   * @throws SessionError `token_store_failed`, when the tokens could not be forgotten.
   * @throws NetworkError `unreachable` when what a signal needs cannot be loaded; the logout goes on.
   */
  logout(options?: CallOptions): Promise<void>
  /**
   * A valid access token, refreshed if it must be; null when nobody is logged in.
   *
   * @param options `minTtl`: the seconds that it must still live.
   * @throws NetworkError, ApiError or OAuthError `token_refused` when it could not be refreshed; the session is kept.
   * @throws SessionError `token_store_failed`.
   */
  getAccessToken(options?: CallOptions & { readonly minTtl?: number | undefined }): Promise<string | null>
  /**
   * Sends a request to the API with the access token, and once more after a 401 when its body can be sent again.
   * Follows no redirect. Answers whatever the API does, a second 401 too.
   *
   * @param input As for the browser's own `fetch()`: an absolute URL, or a `Request`.
   * @param init As for the browser's own `fetch()`; `authorization`, `redirect` and the default of `credentials` are ours.
   * @throws ConfigurationError `foreign_origin` before anything is sent elsewhere than to the API's own origin.
   * @throws SessionError `not_authenticated`, `session_expired`, `token_store_failed`.
   * @throws NetworkError `unreachable`, `request_aborted`; and what a refresh rejects with.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** What is known of the session; the same object until that changes. Kept up to date by calls, and by `subscribe`. */
  readonly session: SessionSnapshot
  /**
   * Calls back when `session` is another. While anyone listens, logins and logouts of other tabs are heard, and an
   * unreachable server is tried again. A listener that throws harms nobody.
   *
   * @param listener Called with nothing: `session` is read anew.
   * @returns How to stop.
   */
  subscribe(listener: () => void): () => void
  /**
   * Calls back when it happens; watches as `subscribe` does.
   *
   * @param type What to be told of.
   * @param listener Called with what happened.
   * @returns How to stop.
   */
  on<Type extends SessionEvent['type']>(
    type: Type,
    listener: (event: Extract<SessionEvent, { type: Type }>) => void,
  ): () => void
}

/** The calls of a login, which differ between windows and external user agents. */
export interface LoginFlow extends Pick<OAuth, 'login' | 'handleRedirect' | 'hasRedirectResult'> {
  /** The session as the other calls use it, where they wait until a login that was under way has ended. */
  readonly readySession?: Session
}

/** What is loaded when it is first used: a login needs none of it. Rejects with `unreachable`. */
export type LoadLazy = () => Promise<typeof import('./lazy.ts')>

export function oauthOf<D extends Omit<LoginFlow, 'readySession'>>(
  login: D,
  context: SessionContext,
  lazy: LoadLazy,
): OAuth & D {
  const { session, observed } = context
  const { isAuthenticated, hasRefreshToken } = session
  const watch = watchedBy(observed, async () => (await lazy()).watch(context))
  const until = async <T>(signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> =>
    signal ? (await lazy()).abortable(signal, call) : call()
  const calls = {
    getUser: async ({ signal } = {}) => (await lazy()).getUser(context, signal),
    isAuthenticated,
    hasRefreshToken,
    refreshAccessToken: ({ signal } = {}) => until(signal, session.refresh),
    logout: ({ signal } = {}) => {
      const ended = session.end()
      ended.catch(() => {})
      return until(signal, () => ended)
    },
    getAccessToken: ({ minTtl = 0, signal } = {}) => until(signal, () => session.valid(minTtl * 1000)),
    fetch: async (...request) => (await lazy()).fetchFrom(context, ...request),
    get session() {
      return observed.snapshot()
    },
    subscribe: (listener) => watch((event) => event ?? listener()),
    on: (type, listener) =>
      watch((event) => {
        if (isOf(type, event)) listener(event)
      }),
  } satisfies Omit<OAuth, keyof LoginFlow>
  // Not by a spread beside the getter: what Babel makes of that in React Native reads the session once and for all.
  return Object.assign(calls, login)
}

function isOf<Type extends SessionEvent['type']>(
  type: Type,
  event: SessionEvent | null,
): event is Extract<SessionEvent, { type: Type }> {
  return event?.type === type
}

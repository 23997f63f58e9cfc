import { type LoginContext, loginOf } from './login.ts'
import { handleRedirect, redirectResult } from './redirect.ts'
import type { LoginOptions } from './request.ts'
import type { User } from './resources.ts'

/** Logging in and out, and who is logged in. */
export interface OAuth {
  /**
   * Logs a person in. A popup login resolves when the tokens are stored; call it directly in a click handler, or the
   * browser blocks the popup. A full-page login leaves this page, so its promise never resolves. While a popup login
   * runs, further calls focus it and get the same outcome.
   *
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
   * @throws LoginError `state_mismatch` (RFC 6749 §10.12), `issuer_mismatch` (RFC 9207), or the server's refusal.
   * @throws OAuthError, NetworkError or ApiError when the code could not be exchanged.
   */
  handleRedirect(): Promise<void>
  /** Whether this page's URL carries an answer that `handleRedirect()` has not taken yet. */
  hasRedirectResult(): boolean
  /**
   * The profile of who is logged in, from the server every time. Refreshes an expired access token first.
   *
   * @throws SessionError `not_authenticated`, `session_expired`.
   * @throws NetworkError or ApiError; the session is kept.
   */
  getUser(): Promise<User>
  /**
   * Whether somebody is logged in: an access token that has not expired, or one that a refresh can get. True as well
   * while the server cannot be reached, as the session is kept; false once it has refused the refresh token.
   *
   * @throws OAuthError `token_refused`, SessionError `token_store_failed`.
   */
  isAuthenticated(): Promise<boolean>
  /** Whether a refresh token is stored. */
  hasRefreshToken(): Promise<boolean>
  /**
   * Trades the refresh token for new tokens (RFC 6749 §6), once for all tabs that ask at the same time. Answers the
   * new access token, or null when there is no session, or it has ended.
   *
   * @throws NetworkError or ApiError, worth a retry; the session is kept.
   */
  refreshAccessToken(): Promise<string | null>
  /**
   * Logs out: forgets the tokens at once, whatever the network does, then asks the server to revoke them (RFC 7009).
   * Resolves when it has answered, at most 10 seconds later.
   */
  logout(): Promise<void>
}

export function oauthOf(context: LoginContext, getUser: () => Promise<User>): OAuth {
  const { session } = context
  return {
    login: loginOf(context),
    handleRedirect: () => handleRedirect(context),
    hasRedirectResult: () => redirectResult(context) !== null,
    getUser,
    isAuthenticated: session.isAuthenticated,
    hasRefreshToken: session.hasRefreshToken,
    refreshAccessToken: session.refresh,
    logout: session.end,
  }
}
